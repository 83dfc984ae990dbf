public import Schematic

/// What a deck asks the circuit engine for: its analyses, and what each prints and measures.
public struct AnalysisPlan {
  /// One analysis of the deck.
  public enum Analysis {
    case op(OperatingPointCard)
    case dc(DCCard)
    case ac(ACCard)
    case tran(TransientCard)
    case noise(NoiseCard)
    case pss(PeriodicSteadyStateCard)

    public var kind: AnalysisKind {
      switch self {
      case .op: .op
      case .dc: .dc
      case .ac: .ac
      case .tran: .tran
      case .noise: .noise
      case .pss: .pss
      }
    }

    public var origin: Origin {
      switch self {
      case .op(let card): card.origin
      case .dc(let card): card.origin
      case .ac(let card): card.origin
      case .tran(let card): card.origin
      case .noise(let card): card.origin
      case .pss(let card): card.origin
      }
    }
  }

  /// One of a kind, in the order of the deck; of several cards of one kind the last counts.
  public let analyses: [Analysis]

  public init(_ circuit: Circuit) {
    var found: [Analysis] = []
    for card in circuit.cards {
      let analysis: Analysis? =
        switch card {
        case .operatingPoint(let card): .op(card)
        case .dc(let card): .dc(card)
        case .ac(let card): .ac(card)
        case .tran(let card): .tran(card)
        case .noise(let card): .noise(card)
        case .pss(let card): .pss(card)
        default: nil
        }
      guard let analysis else { continue }
      found.removeAll { $0.kind == analysis.kind }
      found.append(analysis)
    }
    analyses = found
  }
}

extension Circuit {
  /// What the deck prints of an analysis, in the order of its cards: `.print` of its kind and
  /// `.save`; every node voltage and source current where the deck does not say.
  func outputs(of kind: AnalysisKind) -> [Output] {
    var cards: [PrintCard] = []
    for case .print(let card) in self.cards where card.analysis == kind || card.analysis == nil {
      cards.append(card)
    }
    let own = cards.filter { $0.analysis != nil }
    if !own.isEmpty { cards = own }
    if kind == .op, own.isEmpty {
      // Xyce's operating point is a sweep of one point
      let swept = self.cards.compactMap { card -> PrintCard? in
        if case .print(let card) = card, card.analysis == .dc { card } else { nil }
      }
      if !swept.isEmpty { cards = swept }
    }
    // cards that name files of their own ask for further copies
    let main = cards.filter { $0.arguments["file"] == nil }
    if !main.isEmpty { cards = main }
    var outputs: [Output] = []
    for card in cards {
      outputs += card.outputs
      if card.everyVoltage { outputs += everyVoltage(card.origin) }
      if card.everyCurrent { outputs += everyCurrent(card.origin) }
    }
    if cards.isEmpty {
      outputs =
        kind == .noise
        ? [output("onoise"), output("inoise")] : everyVoltage(.none) + everyCurrent(.none)
    }
    return outputs
  }

  private func output(_ function: String) -> Output {
    var expression = Expression()
    expression.append(probe: Expression.Probe(function: function, names: [], origin: .none))
    return Output(label: function, value: expression, origin: .none)
  }

  private func everyVoltage(_ origin: Origin) -> [Output] {
    nodeNames.indices.dropFirst().lazy
      .filter { !nodeNames[$0].hasPrefix(Circuit.hiddenPrefix) }
      .map { output("v", nodeNames[$0], nodes: [Int32($0)], origin) }
  }

  /// Currents of the devices that define a voltage.
  private func everyCurrent(_ origin: Origin) -> [Output] {
    instances.filter { ["V", "E", "H", "L"].contains($0.device) }.map { instance in
      output("i", instance.name, nodes: [], origin)
    }
  }

  private func output(
    _ function: String, _ name: String, nodes: [Int32], _ origin: Origin
  ) -> Output {
    var expression = Expression()
    expression.append(
      probe: Expression.Probe(function: function, names: [name], nodes: nodes, origin: origin))
    return Output(label: "\(function)(\(name))", value: expression, origin: origin)
  }

  var measures: [MeasureCard] {
    cards.compactMap { if case .measure(let card) = $0 { card } else { nil } }
  }

  var fourierCards: [FourierCard] {
    cards.compactMap { if case .fourier(let card) = $0 { card } else { nil } }
  }

  /// Voltages that `.ic` holds.
  var initialVoltages: [NodeVoltagesCard.Entry] {
    cards.flatMap { card -> [NodeVoltagesCard.Entry] in
      if case .initialConditions(let card) = card { card.entries } else { [] }
    }
  }

  /// Whether a capacitor or an inductor has an initial value, so that a transient analysis need not
  /// begin at rest.
  var givesInitialValues: Bool {
    instances.contains {
      ($0.device == "C" || $0.device == "L") && $0.parameters["ic"] != nil
    }
  }

  /// Voltages that `.nodeset` suggests.
  var suggestedVoltages: [NodeVoltagesCard.Entry] {
    cards.flatMap { card -> [NodeVoltagesCard.Entry] in
      if case .nodeset(let card) = card { card.entries } else { [] }
    }
  }
}
