import Schematic

/// `oscine run DECK`
enum RunCommand: Command {
  static let description = CommandDescription(
    name: "run",
    summary: "run everything a deck asks for",
    details: [
      "Carries out the memory cards as 'oscine recall' does. A card that no engine simulates yet is"
        + " refused by name with its place, and nothing is run then."
    ],
    arguments: [CommonArgument.deck],
    options: [
      CommonOption.parameter, CommonOption.output, CommonOption.seed, CommonOption.jobs,
      CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine run netlists/recall.cir -o results/recall",
        summary: "Runs the deck and leaves its results in a directory.")
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let circuit = try context.readDeck()
    let refusals = refusals(circuit.cards)
    guard refusals.isEmpty else { throw Faults(refusals) }
    let asked = circuit.cards.contains { if case .recall = $0 { true } else { false } }
    guard asked else {
      throw Fault(
        "nothing-to-run", "the deck '\(context.argument)' asks for no analysis",
        help: "add a .recall card, or read the deck with 'oscine check'")
    }
    return try CommandList.command(named: "recall").run(context)
  }

  /// A fault for each card that nothing here can carry out.
  static func refusals(_ cards: [Card]) -> [Fault] {
    cards.compactMap { card in
      card.unsimulated.map { origin in
        Fault(
          "not-simulated", "no engine simulates '.\(card.name)' yet", at: origin,
          help: "'oscine recall' runs the memory cards alone")
      }
    }
  }
}
