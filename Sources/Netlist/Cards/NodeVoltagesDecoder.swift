import Schematic

/// `.ic v(a)=1 v(b)=2` and `.nodeset`, also inside subcircuits.
enum NodeVoltagesDecoder: CardDecoder {
  static let names = [".ic", ".nodeset", ".dcvolt", ".initcond"]
  static let allowedInSubcircuits = true

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var entries: [NodeVoltagesCard.Entry] = []
    repeat {
      if cursor.take(",") { continue }
      guard let entry = try entry(&cursor, context) else { continue }
      guard !entries.contains(where: { $0.node == entry.node }) else {
        throw Fault("given-twice", "this node has a voltage already", at: entry.origin)
      }
      entries.append(entry)
    } while !cursor.atEnd
    let card = NodeVoltagesCard(entries: entries, origin: context.origin)
    return context.kind == ".nodeset" ? .nodeset(card) : .initialConditions(card)
  }

  private static func entry(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> NodeVoltagesCard.Entry? {
    let function = try cursor.word("v(node)=voltage")
    var name = function
    if function.text == "v", cursor.take("(") {
      name = try cursor.word("the name of a node")
      try cursor.expect(")")
    } else {
      // Xyce writes the node alone, `.ic a 1`
      cursor.skipBlanks()
      guard cursor.atValue, cursor.byte != UInt8(ascii: "=") else {
        throw Fault(
          "expected-word", "expected v(node)=voltage", at: function.origin,
          label: "found '\(function.text)'")
      }
    }
    let node = try context.existingNode(name)
    // Xyce writes `.ic v(a) 1` too
    _ = cursor.take("=")
    let voltage = try context.required(&cursor, "voltage of '\(name.text)'")
    guard node != 0 else {
      if voltage == 0 { return nil }
      throw Fault("ground-voltage", "ground is always at 0 V", at: name.origin)
    }
    return NodeVoltagesCard.Entry(node: node, voltage: voltage, origin: name.origin)
  }
}
