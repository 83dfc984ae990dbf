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
  /// - Throws: `Faults` with every fault that could be found.
  public init(_ circuit: Circuit, seed: UInt64? = nil) throws(Faults) {
    let cards = try MemoryCards(circuit)
    let options = try RunOptions(circuit)
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
    let library = faults.collect { () throws(Faults) in try ViewFile.read(cards.views) }
    let patterns = faults.collect { () throws(Faults) in
      try PatternLoader.load(cards.patterns, seed: seed)
    }
    guard let library, let patterns else { throw faults.all }
    let probes = faults.collect { () throws(Faults) in
      try PatternLoader.probes(cards.recall, for: patterns)
    }
    let weights = faults.collect { () throws(Faults) in
      try WeightSource.weights(cards, patterns: patterns)
    }
    guard let probes, let weights else { throw faults.all }
    let temperature = circuit.temperature + 273.15
    let network = try NetworkPlan(
      circuit, cards: cards, library: library, weights: weights, patterns: patterns,
      fidelity: options.fidelity, thermal: cards.recall.thermal, temperature: temperature,
      seed: seed)
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
    warnings += network.kappa * stopTime < 5 ? [shortRun] : []
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
