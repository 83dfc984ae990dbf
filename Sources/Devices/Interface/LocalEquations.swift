public import Numerics

/// The equations of one instance of a model with a fixed, small number of unknowns: terminals
/// first, then its own. Written once over any scalar; the matrices follow by dual numbers.
///
/// Constants that depend on parameters and temperature are computed when the value is made.
public protocol LocalEquations: Sendable {
  /// As many lanes as unknowns, or more.
  associatedtype Partials: SIMD & Sendable where Partials.Scalar == Double
  static var terminalCount: Int { get }
  /// Terminals and own unknowns together.
  static var unknownCount: Int { get }
  /// Whether `evaluate` adds charges.
  static var hasCharges: Bool { get }
  /// Whether the matrices depend on `rateFactor` and the analysis alone.
  static var isLinear: Bool { get }
  /// Whether equation `row` may depend on unknown `column`; sparser is faster.
  static func couples(_ row: Int, _ column: Int) -> Bool
  /// The terminal that an own node becomes where the resistance between them is zero; nil for other
  /// unknowns.
  static func terminal(behind own: Int) -> Int?
  /// What the instance delivers counts as supplied.
  static var isSource: Bool { get }

  /// Adds f and q of 0 = f(x, x', t) + d/dt q(x), row by row.
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>)

  /// Whether the instance can turn power into heat; where not, `dissipation` is zero.
  static var dissipates: Bool { get }
  /// Whether some energy it holds is no function of its unknowns: `driftPower` flows into it.
  static var drifts: Bool { get }

  /// Power turned into heat, watts. Where it is not given, all that is absorbed and not stored by
  /// charges or rates: the power with the rates at zero.
  func dissipation(_ frame: LocalFrame<Double>) -> Double
  /// Energy held, joules.
  func storedEnergy(_ frame: LocalFrame<Double>) -> Double
  /// Power into stores that `storedEnergy` leaves out, because what they hold depends on the way;
  /// watts.
  func driftPower(_ frame: LocalFrame<Double>) -> Double
  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double?
  /// How many sources of noise `noise` appends or skips.
  static var noiseCount: Int { get }
  /// Appends the sources of noise with their densities at these values.
  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList)
}

extension LocalEquations {
  public static var hasCharges: Bool { false }
  public static var isLinear: Bool { false }
  public static var isSource: Bool { false }
  public static func terminal(behind own: Int) -> Int? { nil }
  public static func couples(_ row: Int, _ column: Int) -> Bool { true }
  public static var dissipates: Bool { !isSource }
  public static var drifts: Bool { false }
  public func storedEnergy(_ frame: LocalFrame<Double>) -> Double { 0 }
  public func driftPower(_ frame: LocalFrame<Double>) -> Double { 0 }

  public func dissipation(_ frame: LocalFrame<Double>) -> Double {
    let n = Self.unknownCount
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * n) { scratch in
      scratch.initialize(repeating: 0)
      let zeros = scratch.baseAddress.unsafelyUnwrapped
      let still = LocalFrame<Double>(
        values: frame.values, rates: zeros, currents: zeros + n, charges: zeros + 2 * n,
        moment: frame.moment)
      evaluate(still)
      return (0..<Self.terminalCount).reduce(0) { $0 + frame[$1] * still.current($1) }
    }
  }
  public func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? { nil }
  public static var noiseCount: Int { 0 }
  public func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {}
}
