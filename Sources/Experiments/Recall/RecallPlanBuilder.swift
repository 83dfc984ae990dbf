import AssociativeMemory
import Energy
import Integration
import Networks
import Numerics
public import Schematic

extension RecallPlan {
  /// Resolves the memory cards of an elaborated deck.
  ///
  /// - Parameters:
  ///   - seed: overrides `.options seed`.
  ///   - fidelity: overrides `.options fidelity`.
  ///   - sample: number of the draw of the synapses' imperfections.
  ///   - inputs: keeps images, views and weights for further plans of the same deck.
  ///   - maker: makes the circuit of a memory at circuit fidelity.
  /// - Throws: `Faults` with every fault that could be found.
  public init(
    _ circuit: Circuit, seed: UInt64? = nil, fidelity: NetworkFidelity? = nil, sample: Int = 0,
    inputs: RecallInputs = RecallInputs(), maker: MemoryCircuit.Maker? = nil
  ) throws(Faults) {
    let cards = try MemoryCards(circuit)
    var options = try RunOptions(circuit)
    if let fidelity { options.fidelity = fidelity }
    let seed = seed ?? options.seed
    var faults = FaultCollector()
    let (width, height) = (cards.patterns.width, cards.patterns.height)
    guard width * height == cards.synapse.from.count else {
      throw Faults([
        Fault(
          "wrong-network-size",
          "images of \(width) x \(height) pixels need \(width * height) oscillators, the array"
            + " '\(cards.synapse.name)' couples \(cards.synapse.from.count)",
          at: cards.patterns.origin)
      ])
    }
    try RecallLimits.check(cards, fidelity: options.fidelity, sharedBy: inputs.ranks)
    let library = faults.collect { () throws(Faults) in try inputs.library(cards.views) }
    let patterns = faults.collect { () throws(Faults) in
      try inputs.patterns(cards.patterns, seed: seed)
    }
    guard let library, let patterns else { throw faults.all }
    let probes = faults.collect { () throws(Faults) in
      try PatternLoader.probes(cards.recall, for: patterns)
    }
    let weights = faults.collect { () throws(Faults) in
      try inputs.weights(cards, patterns: patterns, seed: seed)
    }
    guard let probes, let weights else { throw faults.all }
    let temperature = circuit.temperature + 273.15
    let network = try NetworkPlan(
      circuit, cards: cards, library: library, weights: weights, patterns: patterns,
      fidelity: options.fidelity, takesResponse: options.takesResponse,
      thermal: cards.recall.thermal, temperature: temperature, seed: seed, sample: sample)
    let recall = cards.recall
    let samples = recall.samples ?? 401
    do throws(Fault) {
      try RecallLimits.check(recall, samples: samples, patterns: patterns.count, network: network)
      try RecallLimits.check(recall, samples: samples, network: network)
    } catch {
      throw Faults([error])
    }
    title = circuit.title
    self.patterns = patterns
    phasors = patterns.phasors
    self.probes = probes
    trialsPerPattern = recall.trials
    stopTime = recall.stopTime
    targetError = recall.targetError
    thermal = recall.thermal
    self.temperature = temperature
    self.seed = seed
    tolerances = Tolerances(relative: options.relativeTolerance, absolute: 1e-9)
    stepMaximum = recall.stepMaximum
    self.network = network
    card = recall
    warnings = []
    times = Self.recordingTimes(until: recall.stopTime, samples: samples)
    // Recall is fast at first and then slow: each snapshot at twice the time of the one before.
    snapshotIndices = [64, 32, 16, 8, 4].map { max(1, (samples - 1) / $0) }
      .reduce(into: [0]) { if $1 > $0.last! { $0.append($1) } }
    if options.fidelity == .circuit {
      memory = try Self.memory(network, cards, temperature: temperature, maker)
    }
    warnings += network.kappa * stopTime < 5 ? [shortRun] : []
  }

  private static func memory(
    _ network: NetworkPlan, _ cards: MemoryCards, temperature: Double, _ maker: MemoryCircuit.Maker?
  ) throws(Faults) -> CircuitMemory {
    do {
      guard let maker else { preconditionFailure("circuit fidelity needs a maker of circuits") }
      guard network.count <= CircuitMemory.oscillatorLimit else {
        throw Fault(
          "memory-too-large",
          "\(network.count) oscillators have \(network.synapses.count) synapses; at circuit"
            + " fidelity at most \(CircuitMemory.oscillatorLimit) oscillators are simulated",
          at: cards.synapse.origin, help: "fidelity=envelope runs networks of any size")
      }
      return try CircuitMemory(
        try maker(network.synapses, network.operation.frequency), cards.synapse,
        frequency: network.operation.frequency, temperature: temperature,
        supplyVoltage: network.operation.supplyVoltage)
    } catch let faults as Faults {
      throw faults
    } catch let fault as Fault {
      throw Faults([fault])
    } catch {
      throw Faults([Fault("cell-not-measurable", "\(error)", at: cards.synapse.origin)])
    }
  }

  /// Evenly from 0 on. The last is the stop time to the bit: a solver that may not go beyond it
  /// must reach it.
  static func recordingTimes(until stop: Double, samples: Int) -> [Double] {
    (0..<samples).map { stop * (Double($0) / Double(samples - 1)) }
  }

  /// The probe may not have had the time to relax.
  private var shortRun: Fault {
    Fault(
      "short-run",
      "tstop is only \((network.kappa * stopTime * 100).rounded() / 100) relaxation times"
        + " of the coupling", at: card.stopTimeOrigin,
      help: "recall takes about 5 to 20 of them: raise tstop or the feedback",
      severity: .warning)
  }
}

/// Gathers the faults of steps that do not depend on each other.
struct FaultCollector {
  private(set) var all = Faults([])

  mutating func collect<Value>(_ step: () throws(Faults) -> Value) -> Value? {
    do {
      return try step()
    } catch {
      all.list += error.list
      return nil
    }
  }
}
