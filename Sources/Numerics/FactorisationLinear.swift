// Linear systems by LU factorisation with partial pivoting. The corresponding C functions are
// LAPACKE_dgesv and LAPACKE_zgesv.

import CLAPACK

/// The solution X of `matrix * X = right`, column by column.
/// - Throws: `FactorisationFailure.singular` or `.notFinite`.
public func solve(
  _ matrix: RealMatrix, _ right: RealMatrix
) throws(FactorisationFailure) -> RealMatrix {
  precondition(matrix.rows == matrix.columns, "a square matrix is needed")
  precondition(right.rows == matrix.rows, "right-hand side and matrix differ in size")
  try requireFinite(matrix)
  try requireFinite(right)
  var factors = matrix.elements
  var solution = right
  let n = Int32(matrix.rows)
  var pivots = [Int32](repeating: 0, count: matrix.rows)
  let code = LAPACKE_dgesv(
    LAPACK_COL_MAJOR, n, Int32(right.columns), &factors, max(n, 1), &pivots,
    &solution.elements, max(n, 1))
  if code > 0 { throw .singular(pivot: Int(code) - 1) }
  try check(code, "dgesv")
  return solution
}

/// The solution X of `matrix * X = right`, column by column.
/// - Throws: `FactorisationFailure.singular` or `.notFinite`.
public func solve(
  _ matrix: ComplexMatrix, _ right: ComplexMatrix
) throws(FactorisationFailure) -> ComplexMatrix {
  precondition(matrix.rows == matrix.columns, "a square matrix is needed")
  precondition(right.rows == matrix.rows, "right-hand side and matrix differ in size")
  try requireFinite(matrix)
  try requireFinite(right)
  var factors = matrix.elements
  var solution = right
  let n = Int32(matrix.rows)
  var pivots = [Int32](repeating: 0, count: matrix.rows)
  let code = withLapackElements(&factors) { a in
    withLapackElements(&solution.elements) { b in
      LAPACKE_zgesv(
        LAPACK_COL_MAJOR, n, Int32(right.columns), a, max(n, 1), &pivots, b, max(n, 1))
    }
  }
  if code > 0 { throw .singular(pivot: Int(code) - 1) }
  try check(code, "zgesv")
  return solution
}
