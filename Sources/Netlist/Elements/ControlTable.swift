import Schematic

/// `TABLE {expression} = (x, y) (x, y) ...` of a controlled source.
enum ControlTable {
  static func read(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    try context.readValue(of: try context.described("table.input"), &cursor, into: &parameters)
    _ = cursor.take("=")
    cursor.skipBlanks()
    let start = cursor.position
    var points: [Double] = []
    // a bracket around all points: ((x, y) (x, y))
    var ahead = cursor
    let enclosed = ahead.take("(") && ahead.take("(") && cursor.take("(")
    while !cursor.atEnd {
      if enclosed, cursor.take(")") { break }
      let open = cursor.take("(")
      let place = cursor.position
      points.append(try context.number(&cursor, of: "table.points"))
      if points.count > 2, !(points[points.count - 1] > points[points.count - 3]) {
        throw Fault(
          "points-not-increasing", "the inputs of TABLE must increase",
          at: cursor.origin(from: place))
      }
      _ = cursor.take(",")
      if cursor.atEnd || cursor.byte == UInt8(ascii: ")") {
        throw Fault(
          "odd-points", "TABLE takes pairs of input and output", at: cursor.here,
          label: cursor.found)
      }
      points.append(try context.number(&cursor, of: "table.points"))
      if open { try cursor.expect(")") }
      _ = cursor.take(",")
    }
    guard !points.isEmpty else {
      throw Fault(
        "missing-value", "TABLE has no points", at: cursor.here, label: cursor.found)
    }
    parameters.set("table.points", .numbers(points), at: cursor.origin(from: start))
  }
}
