import Schematic

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
