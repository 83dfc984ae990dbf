public import Numerics

/// A system of differential and algebraic equations in charge-oriented form,
/// 0 = f(x, x', t) + d/dt q(x), one equation an unknown.
///
/// An object, so that a solver makes one dynamic call for each evaluation; the loops inside are the
/// system's own. A value that is not finite asks the solver for a smaller step; a thrown error ends
/// it and reaches its caller unchanged. No pointer may be kept beyond the call.
public protocol ImplicitSystem: AnyObject {
  /// The number n of unknowns x, and of equations (rows).
  var unknownCount: Int { get }

  /// The rows that hold a charge q, increasing; the charges are numbered in this order.
  var chargeRows: [Int] { get }

  /// The places of df/dx, df/dx' and dq/dx together; rows are equations, columns are unknowns.
  var pattern: SparsePattern { get }

  /// Writes f(x, x', t) into `residual` (n numbers) and q(x) into `charges` (one for each of
  /// `chargeRows`); `x` and `rates` (x') hold n numbers each.
  func evaluate(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    residual: UnsafeMutablePointer<Double>, charges: UnsafeMutablePointer<Double>
  ) throws

  /// Adds df/dx + rateFactor df/dx' to `values` and dq/dx to `chargeValues`.
  ///
  /// Both hold `pattern.entryCount + 1` numbers, zero at the call; the last is never read. Entries
  /// of `chargeValues` outside the charge rows are not read either. `rateFactor` is in 1/s.
  func jacobian(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>, rateFactor: Double,
    values: UnsafeMutablePointer<Double>, chargeValues: UnsafeMutablePointer<Double>
  ) throws

  /// Whether the Jacobian at this moment depends neither on values nor on time nor on the rate
  /// factor: Newton's first correction is then exact.
  var hasConstantJacobian: Bool { get }

  /// How many functions' zeros are events.
  var eventCount: Int { get }

  /// Writes the event functions into `values` (`eventCount` numbers).
  func events(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    into values: UnsafeMutablePointer<Double>
  ) throws

  /// How many integrals over time are kept beside the solution.
  var quadratureCount: Int { get }

  /// Writes the integrands into `values` (`quadratureCount` numbers); `chargeRates` is dq/dt, one
  /// for each of `chargeRows`.
  func quadratures(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>, into values: UnsafeMutablePointer<Double>
  ) throws

  /// Called at every accepted step, after the state is known and before `step` returns; histories
  /// of delayed signals are fed here. Not called at the start or by a restart.
  func accepted(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) throws
}

extension ImplicitSystem {
  public var hasConstantJacobian: Bool { false }
  public var eventCount: Int { 0 }

  public func events(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    into values: UnsafeMutablePointer<Double>
  ) throws {}

  public var quadratureCount: Int { 0 }

  public func quadratures(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>, into values: UnsafeMutablePointer<Double>
  ) throws {}

  public func accepted(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) throws {}
}
