// Rank-revealing QR factorisation with column pivoting, A P = Q R.
//
// Goals, in order: a rank that does not depend on the scale of the matrix; an orthonormal basis of
// the column space good to rounding (Householder); naming the columns that add nothing.
//
// Source: P. Businger, G. H. Golub, Numer. Math. 7 (1965) 269; LAPACK's zgeqp3 (BLAS 3 form,
// G. Quintana-Orti, X. Sun, C. H. Bischof, SIAM J. Sci. Comput. 19 (1998) 1486) and zungqr.

import CLAPACK

/// `A P = Q R` of an m x n matrix, cut at its numerical rank r.
public struct PivotedQR: Sendable {
  /// Orthonormal basis of the column space, m x r.
  public let basis: ComplexMatrix
  /// Upper trapezoidal factor, min(m, n) x n.
  public let triangle: ComplexMatrix
  /// Original index of the column at each pivoted place.
  public let pivots: [Int]
  /// Number of diagonal entries of R above `tolerance` times the first.
  public let rank: Int

  /// - Parameter tolerance: relative size of a diagonal entry of R below which the column counts as
  ///   a combination of those before it.
  /// - Throws: `FactorisationFailure.notFinite`.
  public init(_ matrix: ComplexMatrix, tolerance: Double) throws(FactorisationFailure) {
    try requireFinite(matrix)
    let (m, n) = (matrix.rows, matrix.columns)
    let k = min(m, n)
    precondition(k > 0, "nothing to factorise")
    var factors = matrix.elements
    var places = [Int32](repeating: 0, count: n)
    var reflectors = [Complex](repeating: .zero, count: k)
    let code = withLapackElements(&factors) { a in
      withLapackElements(&reflectors) { tau in
        LAPACKE_zgeqp3(
          LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(m), &places, tau)
      }
    }
    try check(code, "zgeqp3")
    var triangle = ComplexMatrix(rows: k, columns: n)
    for j in 0..<n {
      for i in 0...min(j, k - 1) { triangle[i, j] = factors[i + j * m] }
    }
    let first = triangle[0, 0].modulus
    var rank = 0
    while rank < k, triangle[rank, rank].modulus > tolerance * first, first > 0 { rank += 1 }
    var basis = Array(factors[0..<(m * rank)])
    if rank > 0 {
      let code = withLapackElements(&basis) { q in
        withLapackElements(&reflectors) { tau in
          LAPACKE_zungqr(
            LAPACK_COL_MAJOR, Int32(m), Int32(rank), Int32(rank), q,
            Int32(m), tau)
        }
      }
      try check(code, "zungqr")
    }
    self.basis = ComplexMatrix(rows: m, columns: rank, elements: basis)
    self.triangle = triangle
    self.pivots = places.map { Int($0) - 1 }
    self.rank = rank
  }

  /// The coefficients that make the column at pivoted place `place` (at or after the rank) from the
  /// first `rank` pivoted columns, by back substitution.
  public func combination(at place: Int) -> [Complex] {
    precondition(place >= rank && place < triangle.columns, "the column is independent")
    var coefficients = [Complex](repeating: .zero, count: rank)
    for i in stride(from: rank - 1, through: 0, by: -1) {
      var sum = triangle[i, place]
      for j in (i + 1)..<max(rank, i + 1) { sum -= triangle[i, j] * coefficients[j] }
      coefficients[i] = sum / triangle[i, i]
    }
    return coefficients
  }
}
