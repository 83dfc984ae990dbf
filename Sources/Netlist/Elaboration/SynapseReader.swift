import Schematic

/// Reads `YSYNAPSE <name> from=out[0:191] to=in[0:191] cell=<name> [weights="w.npy"] ...`.
struct SynapseReader {
  static let keys = [
    "from", "to", "cell", "line", "weights", "topology", "levels", "phase_sigma", "gain_sigma",
    "stuck_off", "dead", "delays",
  ]

  let context: DecodingContext
  private var from: (nodes: [Int32], origin: Origin)?
  private var to: (nodes: [Int32], origin: Origin)?
  private var cell: Token?
  private var line: Token?
  private var weights: Token?
  private var topology = SynapseArray.Topology.chain
  private var levels: Int?
  private var numbers: [String: Double] = [:]
  private var realDelays = true
  private var parameters: [String: Double] = [:]

  private enum Delays: String, CaseIterable { case real, ideal }

  init(_ context: DecodingContext) { self.context = context }

  mutating func read(_ cursor: inout Cursor) throws(Fault) -> SynapseArray {
    var others: [Token] = []
    while !cursor.atEnd {
      let key = try cursor.key("from=, to=, cell= or another argument")
      if try !argument(key, &cursor) {
        parameters[key.text] = try context.number(&cursor, of: key.text)
        others.append(key)
      }
    }
    guard let from else { throw missing("from=") }
    guard let to else { throw missing("to=") }
    guard let cell else { throw missing("cell=") }
    try check(others, of: cell)
    return SynapseArray(
      name: context.scope.prefix + (context.name.split(separator: "!").last ?? ""),
      from: from.nodes,
      to: to.nodes, cell: cell.text, cellOrigin: cell.origin,
      line: line?.text, weightsFile: weights.map { context.path($0) },
      weightsOrigin: weights?.origin ?? .none,
      topology: topology, levels: levels, phaseSigma: numbers["phase_sigma"] ?? 0,
      gainSigma: numbers["gain_sigma"] ?? 0, stuckOff: numbers["stuck_off"] ?? 0,
      dead: numbers["dead"] ?? 0, realDelays: realDelays, parameters: parameters,
      origin: context.origin)
  }

  private func missing(_ argument: String) -> Fault {
    Fault("missing-argument", "a synapse matrix needs \(argument)", at: context.origin)
  }

  /// False when the argument is the cell's own.
  private mutating func argument(_ key: Token, _ cursor: inout Cursor) throws(Fault) -> Bool {
    switch key.text {
    case "from": from = try nodes(&cursor)
    case "to": to = try nodes(&cursor)
    case "cell": cell = try cursor.word("the name of a subcircuit or model")
    case "line": line = try cursor.word("the name of a subcircuit")
    case "weights":
      let file = try cursor.quoted("a .npy file")
      guard FileSystem.exists(context.path(file)) else {
        throw Fault(
          "no-such-file", "no file '\(file.text)'", at: file.origin,
          label: "looked for \(context.path(file))")
      }
      weights = file
    case "topology": topology = try cursor.choice("topology")
    case "levels": levels = try context.integer(&cursor, of: "levels", in: 1...1_000_000_000)
    case "phase_sigma", "gain_sigma":
      numbers[key.text] = try context.number(&cursor, of: key.text, in: 0...1e6)
    case "stuck_off", "dead":
      numbers[key.text] = try context.number(&cursor, of: key.text, in: 0...1)
    case "delays":
      let choice: Delays = try cursor.choice("delays")
      realDelays = choice == .real
    default: return false
    }
    return true
  }

  private func nodes(
    _ cursor: inout Cursor
  ) throws(Fault) -> (nodes: [Int32], origin: Origin) {
    let token = try cursor.word("nodes such as out[0:191]")
    return (try context.existingNodes(token), token.origin)
  }

  /// The cell exists, and what is left over is a parameter of it.
  private func check(_ others: [Token], of cell: Token) throws(Fault) {
    var known: [String]
    if let found = context.scope.subcircuit(cell.text) {
      known = found.declaration.parameters.map(\.name)
    } else if let found = context.scope.model(cell.text) {
      _ = try context.model(cell)
      known = found.declaration.parameters.map(\.name)
    } else {
      let candidates = context.scope.chain.flatMap {
        Array($0.block.subcircuits.keys) + $0.block.models.keys
      }
      throw Fault(
        "unknown-cell", "no subcircuit or model named '\(cell.text)'", at: cell.origin,
        label: NearMiss.label(cell.text, among: candidates))
    }
    if let line {
      guard let found = context.scope.subcircuit(line.text) else {
        throw Fault(
          "unknown-cell", "no subcircuit named '\(line.text)'", at: line.origin,
          label: NearMiss.label(
            line.text, among: context.scope.chain.flatMap { $0.block.subcircuits.keys }))
      }
      known += found.declaration.parameters.map(\.name)
    }
    for key in others where !known.contains(key.text) {
      throw Fault(
        "unknown-argument", "neither synapses nor cell '\(cell.text)' know '\(key.text)'",
        at: key.origin, label: NearMiss.label(key.text, among: SynapseReader.keys + known))
    }
    guard let from, let to, from.nodes.count != to.nodes.count else { return }
    throw Fault(
      "array-length", "\(from.nodes.count) sources, but \(to.nodes.count) destinations",
      at: to.origin)
  }
}
