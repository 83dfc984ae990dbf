import Schematic

/// `.ic v(a)=1 v(b)=2` and `.nodeset`, also inside subcircuits.
enum NodeVoltagesDecoder: CardDecoder {
  static let names = [".ic", ".nodeset"]
  static let allowedInSubcircuits = true

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var entries: [NodeVoltagesCard.Entry] = []
    repeat {
      let entry = try entry(&cursor, context)
      guard !entries.contains(where: { $0.node == entry.node }) else {
        throw Fault("given-twice", "this node has a voltage already", at: entry.origin)
      }
      entries.append(entry)
    } while !cursor.atEnd
    let card = NodeVoltagesCard(entries: entries, origin: context.origin)
    return context.kind == ".ic" ? .initialConditions(card) : .nodeset(card)
  }

  private static func entry(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> NodeVoltagesCard.Entry {
    let function = try cursor.word("v(node)=voltage")
    guard function.text == "v" else {
      throw Fault(
        "expected-word", "expected v(node)=voltage", at: function.origin,
        label: "found '\(function.text)'")
    }
    try cursor.expect("(")
    let name = try cursor.word("the name of a node")
    try cursor.expect(")")
    let node = try context.existingNode(name)
    guard node != 0 else {
      throw Fault("ground-voltage", "ground is always at 0 V", at: name.origin)
    }
    // Xyce writes `.ic v(a) 1` too
    _ = cursor.take("=")
    let voltage = try context.required(&cursor, "voltage of '\(name.text)'")
    return NodeVoltagesCard.Entry(node: node, voltage: voltage, origin: name.origin)
  }
}
