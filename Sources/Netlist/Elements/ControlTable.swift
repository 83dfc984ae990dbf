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
      points.append(try context.number(&cursor, of: "table.points"))
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
    let origin = cursor.origin(from: start)
    parameters.set("table.points", .numbers(try inOrder(points, origin, context)), at: origin)
  }

  /// The points in order of their inputs, of which no two may be alike.
  private static func inOrder(
    _ points: [Double], _ origin: Origin, _ context: DecodingContext
  ) throws(Fault) -> [Double] {
    let pairs = stride(from: 0, to: points.count, by: 2).map { (points[$0], points[$0 + 1]) }
    let neighbours = zip(pairs, pairs.dropFirst())
    if !neighbours.contains(where: { $1.0 <= $0.0 }) { return points }
    let sorted = pairs.sorted { $0.0 < $1.0 }
    guard !zip(sorted, sorted.dropFirst()).contains(where: { $1.0 == $0.0 }) else {
      throw Fault(
        "points-not-increasing", "the inputs of TABLE must increase", at: origin,
        label: "two of them are alike")
    }
    context.report(
      Fault(
        "table-not-increasing", "the points of TABLE are put in order of their input", at: origin,
        severity: .warning))
    return sorted.flatMap { [$0.0, $0.1] }
  }
}
