// Eigenvalues and eigenvectors of symmetric and Hermitian matrices by divide and conquer. The
// corresponding C functions are LAPACKE_dsyevd and LAPACKE_zheevd; the lower triangle is read.

import CLAPACK

/// `A = V diag(values) V^T` of a real symmetric matrix.
public struct SymmetricEigen: Sendable {
  /// Ascending.
  public let values: [Double]
  /// Orthonormal eigenvectors in columns.
  public let vectors: RealMatrix

  /// - Throws: `FactorisationFailure`.
  public init(_ matrix: RealMatrix) throws(FactorisationFailure) {
    precondition(matrix.rows == matrix.columns, "a square matrix is needed")
    try requireFinite(matrix)
    let n = matrix.rows
    var vectors = matrix
    var values = [Double](repeating: 0, count: n)
    let code = LAPACKE_dsyevd(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(n),
      &vectors.elements, Int32(max(n, 1)), &values)
    try check(code, "dsyevd")
    self.values = values
    self.vectors = vectors
  }

  /// The Moore-Penrose inverse applied to `vector`: eigenvalues smaller in modulus than `tolerance`
  /// times the largest count as zero.
  public func pseudoInverse(
    times vector: [Double], tolerance: Double = 1e-10
  ) -> [Double] {
    let n = values.count
    precondition(vector.count == n, "vector and matrix differ in size")
    let threshold = tolerance * (values.map { abs($0) }.max() ?? 0)
    var result = [Double](repeating: 0, count: n)
    for k in 0..<n where abs(values[k]) > threshold {
      var projection = 0.0
      for i in 0..<n { projection += vectors[i, k] * vector[i] }
      let scaled = projection / values[k]
      for i in 0..<n { result[i] += scaled * vectors[i, k] }
    }
    return result
  }
}

/// `A = V diag(values) V^H` of a Hermitian matrix.
public struct HermitianEigen: Sendable {
  /// Ascending.
  public let values: [Double]
  /// Orthonormal eigenvectors in columns.
  public let vectors: ComplexMatrix

  /// - Throws: `FactorisationFailure`.
  public init(_ matrix: ComplexMatrix) throws(FactorisationFailure) {
    precondition(matrix.rows == matrix.columns, "a square matrix is needed")
    try requireFinite(matrix)
    let n = matrix.rows
    var vectors = matrix
    var values = [Double](repeating: 0, count: n)
    let code = withLapackElements(&vectors.elements) { a in
      LAPACKE_zheevd(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(n), a,
        Int32(max(n, 1)), &values)
    }
    try check(code, "zheevd")
    self.values = values
    self.vectors = vectors
  }
}
