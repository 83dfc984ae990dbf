import Schematic

/// `oscine check DECK`
enum CheckCommand: Command {
  static let description = CommandDescription(
    name: "check",
    summary: "read and elaborate a deck without running it",
    details: [
      "Tells everything that is wrong with the deck, each with file, line and column, and counts"
        + " what it is made of. Analyses that no engine simulates yet are accepted here."
    ],
    arguments: [CommonArgument.deck],
    options: [CommonOption.parameter, CommonOption.seed, CommonOption.quiet, CommonOption.json],
    examples: [
      .init(
        line: "oscine check netlists/recall.cir -p spread=1e-3",
        summary: "Checks the deck with another value of its parameter 'spread'.")
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let reading = try context.deckReading()
    for fault in reading.faults { context.printer.complain(reading.renderer.text(fault)) }
    let errors = reading.errors
    let summary = errors.isEmpty ? reading.circuit.map { CircuitSummary($0) } : nil
    if let summary { try context.printer.print(summary.text) }
    var object = summary?.json ?? [:]
    object["valid"] = .bool(errors.isEmpty)
    object["errors"] = .array(errors.map { json($0, reading.renderer) })
    object["warnings"] = .array(reading.warnings.map { json($0, reading.renderer) })
    try context.printer.print(.object(object))
    guard errors.isEmpty else {
      let rest = reading.warnings.isEmpty ? "" : ", \(counted(reading.warnings.count, "warning"))"
      context.printer.note("\(counted(errors.count, "error"))\(rest)")
      return .mistaken
    }
    return .done
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  private static func json(_ fault: Fault, _ renderer: any FaultRenderer) -> JSON {
    let place = renderer.place(fault)
    return .object([
      "file": .optional(place?.file), "line": place.map { .integer($0.line) } ?? .null,
      "column": place.map { .integer($0.column) } ?? .null,
      "identifier": .text(fault.identifier), "message": .text(fault.message),
      "label": .optional(fault.label), "help": .optional(fault.help),
      "instance": .optional(fault.instancePath),
    ])
  }
}
