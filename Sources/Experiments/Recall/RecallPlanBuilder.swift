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

/// The memory cards that a recall needs, each once.
struct MemoryCards {
  var patterns: PatternsCard
  var train: TrainCard?
  var recall: RecallCard
  var views: ViewsCard
  var synapse: SynapseArray

  init(_ circuit: Circuit) throws(Faults) {
    var faults: [Fault] = []
    var patterns: [PatternsCard] = []
    var train: [TrainCard] = []
    var recall: [RecallCard] = []
    var views: [ViewsCard] = []
    for card in circuit.cards {
      switch card {
      case .patterns(let card): patterns.append(card)
      case .train(let card): train.append(card)
      case .recall(let card): recall.append(card)
      case .views(let card): views.append(card)
      default: continue
      }
    }
    func only<Card>(_ cards: [Card], _ name: String, _ origin: (Card) -> Origin) -> Card? {
      if cards.isEmpty {
        faults.append(
          Fault("no-\(name)-card", "recall needs a .\(name) card, and the deck has none"))
      }
      for extra in cards.dropFirst() {
        faults.append(
          Fault(
            "repeated-card", "a second .\(name) card", at: origin(extra), label: "one is enough"))
      }
      return cards.first
    }
    let onePatterns = only(patterns, "patterns") { $0.origin }
    let oneRecall = only(recall, "recall") { $0.origin }
    let oneViews = only(views, "views") { $0.origin }
    if train.count > 1 {
      faults.append(Fault("repeated-card", "a second .train card", at: train[1].origin))
    }
    let synapses = circuit.synapses
    if synapses.isEmpty {
      faults.append(Fault("no-synapses", "recall needs a YSYNAPSE array, and the deck has none"))
    }
    for extra in synapses.dropFirst() {
      faults.append(
        Fault(
          "several-synapse-arrays", "this fidelity simulates one synapse array", at: extra.origin))
    }
    guard faults.isEmpty, let onePatterns, let oneRecall, let oneViews,
      let synapse = synapses.first
    else { throw Faults(faults) }
    if oneRecall.stopTime <= 0 || !oneRecall.stopTime.isFinite {
      throw Faults([
        Fault("bad-stop-time", "tstop must be positive", at: oneRecall.stopTimeOrigin)
      ])
    }
    self.patterns = onePatterns
    self.train = train.first
    self.recall = oneRecall
    self.views = oneViews
    self.synapse = synapse
  }
}

/// Options of the deck that a recall reads.
struct RunOptions {
  var fidelity = NetworkFidelity.envelope
  var seed: UInt64 = 1
  var relativeTolerance = 1e-6

  init(_ circuit: Circuit) throws(Faults) {
    var faults: [Fault] = []
    if let option = circuit.options["fidelity"], case .text(let name) = option.value {
      if let fidelity = NetworkFidelity(rawValue: name.lowercased()) {
        self.fidelity = fidelity
      } else if name.lowercased() == "circuit" {
        faults.append(
          Fault(
            "unsimulated-fidelity", "no engine simulates a memory at circuit fidelity yet",
            at: option.origin, help: "use fidelity=envelope or fidelity=phase"))
      } else {
        faults.append(
          Fault(
            "unknown-fidelity", "no fidelity '\(name)'", at: option.origin,
            help: "envelope or phase"))
      }
    }
    if let option = circuit.options["seed"], case .number(let value) = option.value {
      if value >= 0, value < 0x1p53, value == value.rounded() {
        seed = UInt64(value)
      } else {
        faults.append(
          Fault("bad-seed", "a seed is a whole number from 0 to 2^53", at: option.origin))
      }
    }
    if let option = circuit.options["reltol"], case .number(let value) = option.value {
      if value > 0, value < 0.1 {
        relativeTolerance = value
      } else {
        faults.append(
          Fault("bad-tolerance", "reltol must lie between 0 and 0.1", at: option.origin))
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
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
