// Singular value decomposition by divide and conquer. The corresponding C function is
// LAPACKE_zgesdd (M. Gu, S. C. Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995) 79).

import CLAPACK

/// `A = U diag(s) V^H` of an m x n matrix, k = min(m, n).
public struct SingularValues: Sendable {
  /// m x k, orthonormal columns.
  public let left: ComplexMatrix
  /// Descending, k of them.
  public let values: [Double]
  /// V, n x k, orthonormal columns.
  public let right: ComplexMatrix

  /// - Throws: `FactorisationFailure`.
  public init(_ matrix: ComplexMatrix) throws(FactorisationFailure) {
    try requireFinite(matrix)
    let (m, n) = (matrix.rows, matrix.columns)
    let k = min(m, n)
    precondition(k > 0, "nothing to factorise")
    var work = matrix.elements
    var values = [Double](repeating: 0, count: k)
    var left = ComplexMatrix(rows: m, columns: k)
    var rightAdjoint = ComplexMatrix(rows: k, columns: n)
    let code = withLapackElements(&work) { a in
      withLapackElements(&left.elements) { u in
        withLapackElements(&rightAdjoint.elements) { v in
          LAPACKE_zgesdd(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "S")), Int32(m), Int32(n), a,
            Int32(m), &values, u, Int32(m), v, Int32(k))
        }
      }
    }
    try check(code, "zgesdd")
    self.left = left
    self.values = values
    self.right = rightAdjoint.adjoint
  }

  /// The best approximation of rank `rank` in the spectral and Frobenius norms (Eckart and Young).
  public func lowRank(_ rank: Int) -> LowRankMatrix {
    precondition(rank >= 0 && rank <= values.count, "rank out of range")
    let m = left.rows
    let n = right.rows
    var scaled = [Complex]()
    scaled.reserveCapacity(m * rank)
    for j in 0..<rank {
      for i in 0..<m { scaled.append(values[j] * left[i, j]) }
    }
    return LowRankMatrix(
      left: ComplexMatrix(rows: m, columns: rank, elements: scaled),
      right: ComplexMatrix(
        rows: n, columns: rank, elements: Array(right.elements[0..<(n * rank)])))
  }
}
