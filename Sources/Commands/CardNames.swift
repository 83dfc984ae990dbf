import Schematic

extension Card {
  /// As decks write it, without the dot: "recall".
  var name: String {
    switch self {
    case .patterns: "patterns"
    case .train: "train"
    case .recall: "recall"
    case .views: "views"
    case .sweep: "sweep"
    case .operatingPoint: "op"
    case .dc: "dc"
    case .ac: "ac"
    case .tran: "tran"
    case .noise: "noise"
    case .pss: "pss"
    case .step: "step"
    case .data: "data"
    case .measure: "measure"
    case .print: "print"
    case .fourier: "four"
    case .initialConditions: "ic"
    case .nodeset: "nodeset"
    }
  }

  /// Where a card stands that asks for something no engine does yet; nil for the others.
  var unsimulated: Origin? {
    switch self {
    case .patterns, .train, .recall, .views, .data, .initialConditions, .nodeset: nil
    case .sweep(let card): card.origin
    case .operatingPoint(let card): card.origin
    case .dc(let card): card.origin
    case .ac(let card): card.origin
    case .tran(let card): card.origin
    case .noise(let card): card.origin
    case .pss(let card): card.origin
    case .step(let card): card.origin
    case .measure(let card): card.origin
    case .print(let card): card.origin
    case .fourier(let card): card.origin
    }
  }
}
