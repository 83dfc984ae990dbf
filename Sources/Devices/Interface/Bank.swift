// The device interface. All instances of one model live in one bank: one dynamic call a bank, a
// concrete loop inside. Most devices are `LocalEquations` in a `LocalBank` (a handful of unknowns,
// the same equations for each instance) and write neither loops nor derivatives; those whose number
// of unknowns varies from instance to instance (polynomials, behavioural sources) implement `Bank`.

public import Numerics

/// The instances of one device and model: their equations, and what may be asked about them.
///
/// Made by `Device.banks`, which asks the layout for unknowns; then once each, in this order:
/// `connect`, `declareEntries`, `bind`; then evaluated as often as needed.
public protocol Bank: AnyObject {
  /// Indices into `Circuit.instances`, in the bank's own order; below, `k` counts in it.
  var instances: [Int32] { get }
  /// Whether the matrices depend on `rateFactor` and the analysis alone, not on values or time.
  var isLinear: Bool { get }

  /// Looks up what belongs to other devices: the controlling currents of F, H, W and B, the
  /// inductors of K.
  func connect(_ layout: EquationLayout) throws
  /// Declares which entries the matrices have, `layout.declare(row:column:)` each, and which rows
  /// have charges.
  func declareEntries(_ layout: EquationLayout)
  /// Takes the entries' places, `slots[layout.firstEntry...]`, in the order declared.
  func bind(_ slots: [Int32])

  /// Adds f and q.
  func evaluate(_ evaluation: Evaluation)
  /// Adds df/dx + rateFactor df/dx' and dq/dx.
  func linearise(_ evaluation: Evaluation)

  /// The currents that flow from the terminals of instance `k` into it, charges included, amperes.
  func terminalCurrents(
    _ k: Int, _ evaluation: Evaluation, into currents: UnsafeMutablePointer<Double>)
  /// The small-signal current into `terminal` of instance `k` as a linear form of the unknowns.
  func terminalAdmittance(
    _ k: Int, _ terminal: Int, _ evaluation: Evaluation
  ) -> [AdmittanceTerm]
  /// Power turned into heat, watts; negative never. Sources dissipate none.
  func dissipation(_ k: Int, _ evaluation: Evaluation) -> Double
  /// Energy held, joules, zero where the device's state is at rest.
  func storedEnergy(_ k: Int, _ evaluation: Evaluation) -> Double
  /// Whether the energy held is known by its history alone, as that of a transmission line: it is
  /// `storedEnergy` at the start of the analysis, which is steady, and then grows by the time
  /// integral of the power absorbed less `dissipation`.
  var storesAbsorbedPower: Bool { get }
  /// Whether the device feeds the circuit: what it delivers counts as supplied, not as negative
  /// dissipation.
  var isSource: Bool { get }
  /// What the energy ledger has to integrate over time for every instance; the vector forms below
  /// are asked for these alone, and write one number an instance without allocating.
  var energyFlows: EnergyFlows { get }
  /// The power that each instance absorbs at its terminals, watts.
  func absorbedPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>)
  /// `dissipation` of each instance.
  func dissipations(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>)
  /// The power that goes into stores whose energy is no function of the unknowns, watts; where the
  /// bank `storesAbsorbedPower`, all that is absorbed and not dissipated.
  func driftPowers(_ evaluation: Evaluation, into powers: UnsafeMutablePointer<Double>)
  /// `storedEnergy` of each instance.
  func storedEnergies(_ evaluation: Evaluation, into energies: UnsafeMutablePointer<Double>)
  /// A quantity that `N()` or `@name[quantity]` may ask for: "r" of a memristor, "gm"; nil where
  /// the device has none of that name.
  func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double?

  /// Functions of time and unknowns that change sign where the equations change their form: a
  /// switch closing, a comparison in a behavioural expression.
  var eventCount: Int { get }
  func events(_ evaluation: Evaluation, into values: UnsafeMutablePointer<Double>)
  /// Tells, before `settle`, that one of `events` has just passed through zero, upwards or
  /// downwards: at the instant found it may be zero to the last bit, of which no sign can be told.
  func crossed(event: Int, isRising: Bool)
  /// Chooses the discrete state that belongs to these values; true where it changed, so that the
  /// integration has to start anew. Between two calls the state is held, whatever the unknowns do.
  func settle(_ evaluation: Evaluation) -> Bool
  /// Chooses the discrete state of the first instant ("on", "off"), before any solution.
  func resetDiscreteState()
  /// The next time after `time` at which a source has a corner; infinity where none follows.
  func nextBreakpoint(after time: Double) -> Double

  /// Right-hand side of small-signal analysis: complex amplitudes by row, the negative of what f
  /// would have.
  func excitation(_ add: (_ row: Int32, _ amplitude: Complex) -> Void)
  /// How many sources of noise all instances have together, those without any density included.
  var noiseCount: Int { get }
  /// Writes all `noiseCount` sources with their densities at these values, always in the same
  /// order, without allocating: small-signal noise asks once, noise in time at every evaluation.
  func noise(_ evaluation: Evaluation, into sources: UnsafeMutablePointer<NoiseSource>)

  /// Sets a number that the equations read afresh each time ("dc" of a source); false where the
  /// device has to be built anew for it.
  func set(_ parameter: String, of k: Int, to value: Double) -> Bool
}

/// One term of a linear form of unknowns: (conductance + j omega capacitance) x.
public struct AdmittanceTerm: Sendable {
  public var unknown: Int32
  public var conductance: Double
  public var capacitance: Double

  public init(unknown: Int32, conductance: Double, capacitance: Double) {
    self.unknown = unknown
    self.conductance = conductance
    self.capacitance = capacitance
  }
}

/// What most devices have none of.
extension Bank {
  public var isLinear: Bool { false }
  public var isSource: Bool { false }
  public var storesAbsorbedPower: Bool { false }
  public func connect(_ layout: EquationLayout) throws {}
  public func storedEnergy(_ k: Int, _ evaluation: Evaluation) -> Double { 0 }
  public func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double? {
    nil
  }
  public var eventCount: Int { 0 }
  public func events(
    _ evaluation: Evaluation, into values: UnsafeMutablePointer<Double>
  ) {}
  public func crossed(event: Int, isRising: Bool) {}
  public func settle(_ evaluation: Evaluation) -> Bool { false }
  public func resetDiscreteState() {}
  public func nextBreakpoint(after time: Double) -> Double { .infinity }
  public func excitation(_ add: (_ row: Int32, _ amplitude: Complex) -> Void) {}
  public var noiseCount: Int { 0 }
  public func noise(_ evaluation: Evaluation, into sources: UnsafeMutablePointer<NoiseSource>) {}
  public func set(_ parameter: String, of k: Int, to value: Double) -> Bool { false }
}
