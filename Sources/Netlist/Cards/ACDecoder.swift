import Schematic

/// `.ac dec|oct|lin points start stop`, `.ac list f1 f2 ...`, `.ac data=table`.
enum ACDecoder: CardDecoder {
  static let names = [".ac"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let (points, table) = try frequencies(&cursor, context)
    return .ac(ACCard(frequencies: points, data: table, origin: context.origin))
  }

  /// The frequencies, or the name of the table that holds them.
  static func frequencies(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> (SweepAxis.Points, String?) {
    let start = cursor.position
    if let key = cursor.key(), key.text == "data" {
      let table = try cursor.word("the name of a .data table")
      try context.requireTable(table)
      return (.rows, table.text)
    }
    cursor.position = start
    let spacing = try cursor.word("dec, oct, lin or list")
    guard ["dec", "oct", "lin", "list"].contains(spacing.text) else {
      throw Fault(
        "unknown-choice", "'\(context.kind)' goes by dec, oct, lin or list, not '\(spacing.text)'",
        at: spacing.origin,
        label: NearMiss.label(spacing.text, among: ["dec", "oct", "lin", "list"]))
    }
    let points = try points(&cursor, spacing, context)
    guard points.count <= SweepReader.limit else {
      throw Fault(
        "too-many-points", "this sweep has more than \(Int(SweepReader.limit)) points",
        at: context.origin)
    }
    return (points, nil)
  }

  private static func points(
    _ cursor: inout Cursor, _ spacing: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Points {
    if spacing.text == "list" {
      var values: [Double] = []
      while !cursor.atEnd { values.append(try frequency(&cursor, context)) }
      guard !values.isEmpty else {
        throw Fault(
          "missing-value", "expected the frequencies", at: cursor.here, label: cursor.found)
      }
      return .list(values)
    }
    guard !cursor.atEnd else {
      throw Fault(
        "missing-value", "expected the number of points", at: cursor.here, label: cursor.found)
    }
    let count = try context.integer(&cursor, of: "points", in: 1...10_000_000)
    cursor.skipBlanks()
    let place = cursor.position
    let start = try frequency(&cursor, context, orZero: spacing.text == "lin")
    let stop = try frequency(&cursor, context, orZero: spacing.text == "lin")
    guard stop >= start else {
      throw Fault(
        "sweep-direction", "the stop frequency lies below the start frequency",
        at: cursor.origin(from: place))
    }
    switch spacing.text {
    case "dec": return .decade(start: start, stop: stop, count: count)
    case "oct": return .octave(start: start, stop: stop, count: count)
    default:
      let step = count > 1 ? (stop - start) / Double(count - 1) : stop - start
      // one point, or a span of none, is the start alone
      let last = count > 1 ? stop : start
      return .linear(start: start, stop: last, step: step == 0 ? 1 : step)
    }
  }

  private static func frequency(
    _ cursor: inout Cursor, _ context: DecodingContext, orZero: Bool = false
  ) throws(Fault) -> Double {
    cursor.skipBlanks()
    let start = cursor.position
    let value = try context.required(&cursor, "frequency")
    guard value > 0 || orZero && value == 0 else {
      throw Fault(
        "out-of-range", "a frequency must be \(orZero ? ">= 0" : "> 0") here",
        at: cursor.origin(from: start))
    }
    return value
  }
}
