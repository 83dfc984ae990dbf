// What one evaluation of all banks reads and writes. The memory belongs to the caller and is as
// long as the unknowns; index 0 is ground, whose value is 0 and whose equation nobody reads.

/// The vectors and matrices of one evaluation of the equations
///
///     0 = f(x, x', t) + d/dt q(x)
///
/// Banks add to `currents`, `charges` and the matrices; they set nothing.
public struct Evaluation {
  /// A rate factor at which capacitances and conductances of circuits are of one size: where
  /// df/dx' alone is wanted, it is ((matrix at this factor) - (matrix at 0)) / factor.
  public static let probingRate = 1e12

  public var moment: Moment
  /// x: volts, amperes or the state's own unit.
  public var values: UnsafePointer<Double>
  /// x', per second.
  public var rates: UnsafePointer<Double>
  /// f: at a node the sum of the currents that leave it into devices, amperes.
  public var currents: UnsafeMutablePointer<Double>
  /// q, of the rows whose devices declare charges.
  public var charges: UnsafeMutablePointer<Double>
  /// Entries of df/dx + rateFactor df/dx', by slot; only written by `Bank.linearise`.
  public var conductances: UnsafeMutablePointer<Double>
  /// Entries of dq/dx, by slot.
  public var capacitances: UnsafeMutablePointer<Double>
  /// dx'/dx of the integration formula, 1/s; 0 at an operating point.
  public var rateFactor: Double

  public init(
    moment: Moment, values: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    currents: UnsafeMutablePointer<Double>, charges: UnsafeMutablePointer<Double>,
    conductances: UnsafeMutablePointer<Double>, capacitances: UnsafeMutablePointer<Double>,
    rateFactor: Double
  ) {
    self.moment = moment
    self.values = values
    self.rates = rates
    self.currents = currents
    self.charges = charges
    self.conductances = conductances
    self.capacitances = capacitances
    self.rateFactor = rateFactor
  }
}
