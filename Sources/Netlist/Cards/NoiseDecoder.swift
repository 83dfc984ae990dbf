import Schematic

/// `.noise v(out[,ref]) source dec|oct|lin points start stop [interval]`.
enum NoiseDecoder: CardDecoder {
  static let names = [".noise"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let function = try cursor.word("v(node)")
    guard function.text == "v" else {
      throw Fault(
        "expected-word", "expected v(node) or v(node, reference)", at: function.origin,
        label: "found '\(function.text)'")
    }
    try cursor.expect("(")
    let output = try context.existingNode(try cursor.word("the node of the output"))
    var reference: Int32 = 0
    if cursor.take(",") || cursor.isWordNext {
      reference = try context.existingNode(try cursor.word("the node of reference"))
    }
    try cursor.expect(")")
    let source = try cursor.word("the source that the input noise is referred to")
    let letter = source.text.split(separator: ".").last?.first
    guard context.isInstance(source.text), letter == "v" || letter == "i" else {
      throw Fault(
        "unknown-instance", "no voltage or current source is named '\(source.text)'",
        at: source.origin)
    }
    let (points, table) = try ACDecoder.frequencies(&cursor, context)
    var card = NoiseCard(
      output: output, reference: reference, source: source.text, frequencies: points, data: table,
      origin: context.origin)
    if !cursor.atEnd {
      card.interval = try context.integer(&cursor, of: "interval", in: 0...Int(Int32.max))
    }
    return .noise(card)
  }
}
