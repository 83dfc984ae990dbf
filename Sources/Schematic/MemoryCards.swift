// The memory cards of a deck, checked and with their paths made absolute, as Experiments reads
// them.

/// `.patterns images="images/*.png" size=16x12 encode=half`
public struct PatternsCard: Sendable {
  public enum Source: Hashable, Sendable {
    /// PNG files, sorted by name, already expanded from the pattern; absolute paths.
    case images([String])
    /// A `.npy` of phases, float64, P x N or P x height x width; absolute path.
    case phases(String)
    /// So many random images, phases uniform over the encoding's range.
    case random(Int)
  }
  public enum Encoding: String, Sendable, CaseIterable { case half, full }

  public var source: Source
  public var width: Int
  public var height: Int
  public var encoding: Encoding
  public var origin: Origin
  /// Of the source argument's value.
  public var sourceOrigin: Origin

  public init(
    source: Source, width: Int, height: Int, encoding: Encoding, origin: Origin,
    sourceOrigin: Origin
  ) {
    self.source = source
    self.width = width
    self.height = height
    self.encoding = encoding
    self.origin = origin
    self.sourceOrigin = sourceOrigin
  }
}

/// `.train rule=pseudoinverse into=W`
public struct TrainCard: Sendable {
  /// Lower case: "pseudoinverse", "hebb", "storkey", "iterative".
  public var rule: String
  public var ruleOrigin: Origin
  /// Name of the synapse element the weights go to, lower case.
  public var into: String
  public var origin: Origin
  public var intoOrigin: Origin

  public init(
    rule: String, ruleOrigin: Origin, into: String, origin: Origin, intoOrigin: Origin
  ) {
    self.rule = rule
    self.ruleOrigin = ruleOrigin
    self.into = into
    self.origin = origin
    self.intoOrigin = intoOrigin
  }
}

/// `.recall probes=corrupt(0.25) trials=20 tstop=2u stop=error<0.05 thermal=on`
public struct RecallCard: Sendable {
  public enum Probes: Hashable, Sendable {
    /// This fraction of the pixels replaced by random phases.
    case corrupt(Double)
    /// Gaussian phase noise; standard deviation in units of the encoding range.
    case noise(Double)
    /// A rectangle of this fraction of the area set to mid-range.
    case occlude(Double)
    /// One probe image for every pattern; absolute path.
    case file(String)
  }

  public var probes: Probes
  public var probesOrigin: Origin
  /// Trials a pattern.
  public var trials: Int
  /// Seconds.
  public var stopTime: Double
  public var stopTimeOrigin: Origin
  /// Error below which a trial has succeeded; nil when the card has no `stop`.
  public var targetError: Double?
  public var thermal: Bool
  /// Fixed time step of the stochastic scheme in seconds; nil lets the program choose.
  public var stepMaximum: Double?
  /// Number of points at which error and energy are recorded; nil lets the program choose.
  public var samples: Int?
  /// Seconds: time constant of the low pass behind which phases are read; nil for none.
  public var readoutTime: Double?
  public var origin: Origin

  public init(
    probes: Probes, probesOrigin: Origin, trials: Int, stopTime: Double, stopTimeOrigin: Origin,
    targetError: Double?, thermal: Bool, stepMaximum: Double? = nil, samples: Int? = nil,
    readoutTime: Double? = nil, origin: Origin
  ) {
    self.probes = probes
    self.probesOrigin = probesOrigin
    self.trials = trials
    self.stopTime = stopTime
    self.stopTimeOrigin = stopTimeOrigin
    self.targetError = targetError
    self.thermal = thermal
    self.stepMaximum = stepMaximum
    self.samples = samples
    self.readoutTime = readoutTime
    self.origin = origin
  }
}

/// `.views file="cells.json"`
public struct ViewsCard: Sendable {
  /// Absolute.
  public var path: String
  public var origin: Origin

  public init(path: String, origin: Origin) {
    self.path = path
    self.origin = origin
  }
}

/// `.sweep spread log(1e-5, 1e-1, 13) trials=200`
public struct SweepCard: Sendable {
  /// How an axis' values were asked for, and with it what lies between two of them.
  public enum Spacing: String, Codable, Sendable, CaseIterable {
    case linear = "lin"
    case logarithmic = "log"
    /// Whole numbers, as evenly as they can be.
    case whole = "int"
    case list
  }

  public struct Axis: Sendable {
    public var target: SweepAxis.Target
    public var spacing: Spacing
    public var values: [Double]
    public var origin: Origin

    public init(target: SweepAxis.Target, spacing: Spacing, values: [Double], origin: Origin) {
      self.target = target
      self.spacing = spacing
      self.values = values
      self.origin = origin
    }
  }

  /// The first varies slowest.
  public var axes: [Axis]
  /// Replaces the trials of `.recall`; nil keeps them.
  public var trials: Int?
  public var origin: Origin

  public init(axes: [Axis], trials: Int?, origin: Origin) {
    self.axes = axes
    self.trials = trials
    self.origin = origin
  }
}

/// `YSYNAPSE W from=out[0:191] to=in[0:191] cell=delay_chain weights="w.npy" levels=64 ...`
public struct SynapseArray: Sendable {
  public enum Topology: String, Sendable, CaseIterable { case chain, tapped }

  /// Lower case, without the `ysynapse` prefix.
  public var name: String
  /// Node indices, in element order.
  public var from: [Int32]
  public var to: [Int32]
  /// Name of the subcircuit or model programmed for each weight, lower case.
  public var cell: String
  public var cellOrigin: Origin
  /// Name of the subcircuit that sums the synapses' currents into one oscillator, which circuit
  /// fidelity needs; lower case.
  public var line: String?
  /// Complex128 `.npy`, absolute path; nil when a `.train` card gives the weights.
  public var weightsFile: String?
  public var weightsOrigin: Origin
  public var topology: Topology
  /// Number of delay levels a period; nil for a continuous delay.
  public var levels: Int?
  /// Standard deviation of each synapse's phase error (rad) and relative gain error.
  public var phaseSigma: Double
  public var gainSigma: Double
  /// Fraction of synapses stuck at the lowest conductance, and of those carrying nothing.
  public var stuckOff: Double
  public var dead: Double
  /// Whether arg W is a delay, so that a detuned source sees a phase error (`delays=real`), or an
  /// ideal phase shifter (`delays=ideal`).
  public var realDelays: Bool
  /// Other parameters, passed to the cell or the line, whichever has them.
  public var parameters: [String: Double]
  public var origin: Origin

  public init(
    name: String, from: [Int32], to: [Int32], cell: String, cellOrigin: Origin,
    line: String? = nil, weightsFile: String?, weightsOrigin: Origin, topology: Topology,
    levels: Int?, phaseSigma: Double, gainSigma: Double, stuckOff: Double, dead: Double,
    realDelays: Bool, parameters: [String: Double], origin: Origin
  ) {
    self.name = name
    self.from = from
    self.to = to
    self.cell = cell
    self.cellOrigin = cellOrigin
    self.line = line
    self.weightsFile = weightsFile
    self.weightsOrigin = weightsOrigin
    self.topology = topology
    self.levels = levels
    self.phaseSigma = phaseSigma
    self.gainSigma = gainSigma
    self.stuckOff = stuckOff
    self.dead = dead
    self.realDelays = realDelays
    self.parameters = parameters
    self.origin = origin
  }
}
