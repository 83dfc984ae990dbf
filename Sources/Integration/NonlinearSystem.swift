public import Numerics

/// A system of nonlinear equations f(x) = 0, one equation an unknown.
public protocol NonlinearSystem: AnyObject {
  /// The number n of unknowns, and of equations.
  var unknownCount: Int { get }

  /// The places of df/dx; rows are equations, columns are unknowns.
  var pattern: SparsePattern { get }

  /// Writes f(x) into `residual` (n numbers). A value that is not finite asks for a smaller step; a
  /// thrown error stops the solver and reaches its caller unchanged.
  func evaluate(
    _ x: UnsafePointer<Double>, residual: UnsafeMutablePointer<Double>
  ) throws

  /// Adds df/dx to `values` (`pattern.entryCount + 1` zeros, the last never read).
  func jacobian(_ x: UnsafePointer<Double>, values: UnsafeMutablePointer<Double>) throws
}

/// The resting states of an implicit system at one time: f(x, 0, t) = 0, the charges constant.
public final class RestingSystem: NonlinearSystem {
  public let system: any ImplicitSystem
  /// In seconds; may be changed between solutions.
  public var time: Double
  public let unknownCount: Int
  public let pattern: SparsePattern
  private let rates: UnsafeMutablePointer<Double>
  private let charges: UnsafeMutablePointer<Double>
  private let chargeValues: UnsafeMutablePointer<Double>

  public init(_ system: any ImplicitSystem, at time: Double) {
    self.system = system
    self.time = time
    unknownCount = system.unknownCount
    pattern = system.pattern
    rates = alignedZeros(unknownCount)
    charges = alignedZeros(system.chargeRows.count)
    chargeValues = alignedZeros(pattern.entryCount + 1)
  }

  deinit {
    rates.deallocate()
    charges.deallocate()
    chargeValues.deallocate()
  }

  public func evaluate(
    _ x: UnsafePointer<Double>, residual: UnsafeMutablePointer<Double>
  ) throws {
    try system.evaluate(at: time, x, rates: rates, residual: residual, charges: charges)
  }

  public func jacobian(
    _ x: UnsafePointer<Double>, values: UnsafeMutablePointer<Double>
  ) throws {
    chargeValues.update(repeating: 0, count: pattern.entryCount + 1)
    try system.jacobian(
      at: time, x, rates: rates, rateFactor: 0, values: values, chargeValues: chargeValues)
  }
}
