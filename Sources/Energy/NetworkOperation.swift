/// Which circuit realises the synapse matrix.
public enum SynapseTopology: String, Sendable, Codable {
  /// A delay chain for every synapse: N^2 chains.
  case chain
  /// A tapped delay chain for every oscillator, its taps feeding a crossbar of weights.
  case tapped
}

/// What stays the same during a run, as the energy terms read it.
public struct NetworkOperation: Sendable {
  /// N.
  public var oscillatorCount: Int
  /// Volts.
  public var supplyVoltage: Double
  /// Of the oscillators, hertz.
  public var frequency: Double
  public var topology: SynapseTopology
  /// Delay levels a period: the taps of a tapped chain. nil for continuous delays, which only a
  /// chain a synapse can give.
  public var levels: Int?
  /// The synapses as realised.
  public var synapses: SynapseTally
  /// Mean bias current of the oscillators over that of their view.
  public var biasRatio: Double

  public init(
    oscillatorCount: Int, supplyVoltage: Double, frequency: Double, topology: SynapseTopology,
    levels: Int?, synapses: SynapseTally, biasRatio: Double = 1
  ) {
    self.oscillatorCount = oscillatorCount
    self.supplyVoltage = supplyVoltage
    self.frequency = frequency
    self.topology = topology
    self.levels = levels
    self.synapses = synapses
    self.biasRatio = biasRatio
  }
}

/// What changes during a run: one sample of it.
public struct Drive: Equatable, Sendable {
  /// Seconds.
  public var time: Double
  /// Mean of |c|^2 over the oscillators (1 is full scale of the envelope equation).
  public var meanPower: Double
  /// Sum over the oscillators of the squared and of the absolute feedback amplitude, each in units
  /// of the design feedback current.
  public var squaredFeedback: Double
  public var absoluteFeedback: Double
  /// The design feedback current's amplitude, amperes.
  public var feedbackCurrent: Double

  public init(
    time: Double, meanPower: Double, squaredFeedback: Double, absoluteFeedback: Double,
    feedbackCurrent: Double
  ) {
    self.time = time
    self.meanPower = meanPower
    self.squaredFeedback = squaredFeedback
    self.absoluteFeedback = absoluteFeedback
    self.feedbackCurrent = feedbackCurrent
  }
}
