// Eigenvalues of real matrices without symmetry. The corresponding C function is LAPACKE_dgeev.

import CLAPACK

/// The eigenvalues of a square matrix, in no order; complex ones in conjugate pairs.
/// - Throws: `FactorisationFailure.notFinite`, or `.notConverged` where the iteration fails.
public func eigenvalues(of matrix: RealMatrix) throws(FactorisationFailure) -> [Complex] {
  precondition(matrix.rows == matrix.columns, "a square matrix is needed")
  if matrix.rows == 0 { return [] }
  try requireFinite(matrix)
  var elements = matrix.elements
  let n = Int32(matrix.rows)
  var real = [Double](repeating: 0, count: matrix.rows)
  var imaginary = real
  // vectors that are not asked for
  var (left, right) = (0.0, 0.0)
  let code = LAPACKE_dgeev(
    LAPACK_COL_MAJOR, Int8(UInt8(ascii: "N")), Int8(UInt8(ascii: "N")), n, &elements, n, &real,
    &imaginary, &left, 1, &right, 1)
  try check(code, "dgeev")
  return zip(real, imaginary).map { Complex($0, $1) }
}
