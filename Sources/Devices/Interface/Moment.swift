/// The circumstances in which equations are evaluated, the same for every device.
public struct Moment: Sendable {
  public enum Analysis: Sendable {
    /// The rates are zero and device states are held at their initial values.
    case operatingPoint
    /// The vanishing first step that makes given initial conditions consistent: the rates are
    /// (x - x0) / delta with x0 the circuit's initial values. A device with an initial value of its
    /// own (`ic=`) forms its rate with that one and `initialRate` = 1 / delta.
    case initial
    case transient
  }

  public var analysis: Analysis
  /// Seconds.
  public var time: Double
  /// 1 / delta of `.initial`, in 1/s; otherwise 0. At an operating point that imposes `ic=` it is
  /// positive too: how stiffly capacitors and inductors are held.
  public var initialRate: Double
  /// Independent sources are multiplied by it while source stepping.
  public var sourceFactor: Double
  /// Conductance across every junction, in siemens.
  public var junctionConductance: Double
  /// At an operating point: a transient begins there, so that sources take their waveform's value
  /// at its start and not `dc`.
  public var startsTransient = false
  /// At the very time of a jump in a source: whether the value before it counts, as it must at the
  /// end of a step that leads up to it, or that after it.
  public var takesLeftLimit = false
  /// Hertz, where the matrices are those of a small-signal analysis; nil elsewhere.
  public var frequency: Double?

  public init(
    analysis: Analysis = .transient, time: Double = 0, initialRate: Double = 0,
    sourceFactor: Double = 1, junctionConductance: Double = 1e-12
  ) {
    self.analysis = analysis
    self.time = time
    self.initialRate = initialRate
    self.sourceFactor = sourceFactor
    self.junctionConductance = junctionConductance
  }

  /// Whether device states stand at their initial values: the operating point's rule, and that of
  /// the first instant.
  public var holdsStates: Bool { analysis == .operatingPoint }
}
