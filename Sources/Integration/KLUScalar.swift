// The real and the complex half of KLU under one name each.

import CSundials
public import Numerics

/// A number that KLU factors matrices of: `Double` and `Complex`, no others.
public protocol KLUScalar {}
extension Double: KLUScalar {}
extension Complex: KLUScalar {}

/// KLU's functions for real or complex numbers; arguments as in C, without what never changes.
struct KLUFunctions {
  typealias Numbers = UnsafeMutablePointer<Double>
  typealias Indices = UnsafeMutablePointer<Int32>
  typealias Symbolic = UnsafeMutablePointer<klu_symbolic>
  typealias Numeric = UnsafeMutablePointer<klu_numeric>
  typealias Common = UnsafeMutablePointer<klu_common>

  let isReal: Bool
  let starts: Indices
  let rows: Indices
  let common: Common

  func factor(_ values: Numbers, _ symbolic: Symbolic) -> Numeric? {
    isReal
      ? klu_factor(starts, rows, values, symbolic, common)
      : klu_z_factor(starts, rows, values, symbolic, common)
  }

  func refactor(_ values: Numbers, _ symbolic: Symbolic, _ numeric: Numeric) -> Bool {
    let done =
      isReal
      ? klu_refactor(starts, rows, values, symbolic, numeric, common)
      : klu_z_refactor(starts, rows, values, symbolic, numeric, common)
    return done != 0 && common.pointee.status == KLU_OK
  }

  /// The smallest pivot over the largest.
  func spread(_ symbolic: Symbolic, _ numeric: Numeric) -> Double {
    _ =
      isReal ? klu_rcond(symbolic, numeric, common) : klu_z_rcond(symbolic, numeric, common)
    return common.pointee.rcond
  }

  /// The reciprocal of the growth of the numbers during elimination.
  func growth(_ values: Numbers, _ symbolic: Symbolic, _ numeric: Numeric) -> Double {
    _ =
      isReal
      ? klu_rgrowth(starts, rows, values, symbolic, numeric, common)
      : klu_z_rgrowth(starts, rows, values, symbolic, numeric, common)
    return common.pointee.rgrowth
  }

  func solve(_ symbolic: Symbolic, _ numeric: Numeric, _ n: Int32, _ columns: Int32, _ b: Numbers) {
    _ =
      isReal
      ? klu_solve(symbolic, numeric, n, columns, b, common)
      : klu_z_solve(symbolic, numeric, n, columns, b, common)
  }

  func solveTransposed(
    _ symbolic: Symbolic, _ numeric: Numeric, _ n: Int32, _ columns: Int32, _ b: Numbers
  ) {
    _ =
      isReal
      ? klu_tsolve(symbolic, numeric, n, columns, b, common)
      : klu_z_tsolve(symbolic, numeric, n, columns, b, 0, common)
  }

  func free(_ numeric: inout Numeric?) {
    if numeric == nil { return }
    _ = isReal ? klu_free_numeric(&numeric, common) : klu_z_free_numeric(&numeric, common)
    numeric = nil
  }
}
