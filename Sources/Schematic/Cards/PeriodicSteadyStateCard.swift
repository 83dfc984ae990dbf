/// `.pss v(out) fund=1meg tstab=10u harms=10`: the periodic steady state.
public struct PeriodicSteadyStateCard: Sendable, Hashable {
  /// Where an oscillator is watched, indices into `Circuit.nodeNames`; nil lets the program choose.
  public var node: Int32?
  public var reference: Int32 = 0
  /// Hertz: a guess for an oscillator, the exact value for a driven circuit.
  public var frequency: Double?
  /// Seconds of transient analysis before the search; nil until the circuit looks settled.
  public var stabilisationTime: Double?
  public var harmonicCount = 10
  /// Equal intervals that waveforms are written at; nil for the points of the solution.
  public var pointCount: Int?
  /// Of the period and the waveforms, relative.
  public var tolerance = 1e-6
  /// `UIC`: starts from the initial conditions without an operating point.
  public var skipsOperatingPoint = false
  /// Hertz beside the carrier at which phase noise is told; nil lets the program choose.
  public var offsets: SweepAxis.Points?
  public var origin: Origin

  public init(origin: Origin) { self.origin = origin }

  /// Whether the circuit is driven with a given period; otherwise it oscillates by itself.
  public var isDriven: Bool { node == nil && frequency != nil }
}
