import Schematic

/// Reads the swept axes of `.dc` and `.step`:
///
///     [lin] name start stop step        dec|oct name start stop points
///     name dec|oct points start stop    name list values...           data=table
enum SweepReader {
  /// More points than this would never be waited for.
  static let limit = 1e7
  private static let spacings = ["lin", "dec", "oct", "list"]

  static func axes(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> [SweepAxis] {
    var axes: [SweepAxis] = []
    var total = 1.0
    repeat {
      cursor.skipBlanks()
      let start = cursor.position
      let axis = try axis(&cursor, context)
      total *= max(1, axis.points.count)
      guard total <= limit else {
        throw Fault(
          "too-many-points", "this sweep has more than \(Int(limit)) points",
          at: cursor.origin(from: start))
      }
      axes.append(axis)
    } while !cursor.atEnd
    return axes
  }

  private static func axis(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis {
    let start = cursor.position
    if let key = cursor.key(), key.text == "data" {
      let table = try cursor.word("the name of a .data table")
      try context.requireTable(table)
      return SweepAxis(target: .data(table.text), points: .rows, origin: table.origin)
    }
    cursor.position = start
    var word = try cursor.word("what to sweep")
    var before: String?
    if spacings.contains(word.text), word.text != "list", !context.isInstance(word.text) {
      before = word.text
      word = try cursor.word("what to sweep")
    }
    if word.text == "param" { word = try cursor.word("the parameter to sweep") }
    let target = try SweepTarget.resolve(word, context)
    let points = try points(&cursor, spacing: before, of: word, context)
    if case .temperature = target {
      try context.checkTemperatures(points, at: cursor.origin(from: start))
    }
    return SweepAxis(target: target, points: points, origin: cursor.origin(from: start))
  }

  private static func points(
    _ cursor: inout Cursor, spacing before: String?, of name: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Points {
    let start = cursor.position
    if before == nil, let word = cursor.word(), spacings.contains(word.text) {
      switch word.text {
      case "list": return .list(try list(&cursor, context))
      case "lin": return try linear(&cursor, of: name, context)
      default: return try logarithmic(&cursor, word.text, countFirst: true, context)
      }
    }
    cursor.position = start
    switch before {
    case "dec", "oct": return try logarithmic(&cursor, before ?? "", countFirst: false, context)
    default: return try linear(&cursor, of: name, context)
    }
  }

  private static func list(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> [Double] {
    var values: [Double] = []
    while cursor.atValue {
      values.append(try context.number(&cursor, of: "list"))
      _ = cursor.take(",")
    }
    guard !values.isEmpty else {
      throw Fault(
        "missing-value", "expected the values of the list", at: cursor.here, label: cursor.found)
    }
    return values
  }

  private static func linear(
    _ cursor: inout Cursor, of name: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Points {
    let start = try context.required(&cursor, "start of the sweep of '\(name.text)'")
    let stop = try context.required(&cursor, "stop of the sweep of '\(name.text)'")
    cursor.skipBlanks()
    let place = cursor.position
    // a sweep of one point needs no step
    if cursor.atEnd, start == stop { return .list([start]) }
    let step = try context.required(&cursor, "step of the sweep of '\(name.text)'")
    let origin = cursor.origin(from: place)
    guard start == stop || step != 0 else {
      throw Fault("out-of-range", "the step of a sweep must not be 0", at: origin)
    }
    guard start == stop || (stop > start) == (step > 0) else {
      context.report(
        Fault(
          "sweep-direction", "this step leads away from the stop of the sweep", at: origin,
          help: "the start alone is taken; give the step the sign of stop - start",
          severity: .warning))
      return .list([start])
    }
    return .linear(start: start, stop: stop, step: step)
  }

  private static func logarithmic(
    _ cursor: inout Cursor, _ spacing: String, countFirst: Bool, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Points {
    var count = countFirst ? try self.count(&cursor, spacing, context) : 0
    cursor.skipBlanks()
    let place = cursor.position
    let start = try context.required(&cursor, "start of the sweep")
    let stop = try context.required(&cursor, "stop of the sweep")
    let origin = cursor.origin(from: place)
    if !countFirst { count = try self.count(&cursor, spacing, context) }
    guard start * stop > 0 else {
      throw Fault(
        "sweep-direction", "'\(spacing)' goes from a start that is not 0 to a larger stop",
        at: origin)
    }
    guard abs(stop) >= abs(start) else {
      context.report(
        Fault(
          "sweep-direction", "the stop of '\(spacing)' lies below its start", at: origin,
          help: "the start alone is taken", severity: .warning))
      return .list([start])
    }
    return spacing == "dec"
      ? .decade(start: start, stop: stop, count: count)
      : .octave(start: start, stop: stop, count: count)
  }

  private static func count(
    _ cursor: inout Cursor, _ spacing: String, _ context: DecodingContext
  ) throws(Fault) -> Int {
    guard !cursor.atEnd else {
      throw Fault(
        "missing-value", "expected the points a\(spacing == "dec" ? " decade" : "n octave")",
        at: cursor.here, label: cursor.found)
    }
    return try context.integer(&cursor, of: "points", in: 1...1_000_000)
  }
}

extension DecodingContext {
  /// A number that must come here.
  func required(_ cursor: inout Cursor, _ what: String) throws(Fault) -> Double {
    guard !cursor.atEnd else {
      throw Fault("missing-value", "expected the \(what)", at: cursor.here, label: cursor.found)
    }
    return try number(&cursor, of: what)
  }

  /// Refuses a `.data` table that no card gives.
  func requireTable(_ table: Token) throws(Fault) {
    let tables = scope.block.cards.filter { $0.name.text == ".data" }.compactMap { statement in
      var cursor = elaborator.cursor(statement)
      return cursor.word()?.text
    }
    guard !tables.contains(table.text) else { return }
    throw Fault(
      "unknown-table", "no .data table is named '\(table.text)'", at: table.origin,
      label: NearMiss.label(table.text, among: tables))
  }

  func checkTemperatures(_ points: SweepAxis.Points, at origin: Origin) throws(Fault) {
    let lowest: Double
    switch points {
    case .linear(let start, let stop, _), .decade(let start, let stop, _),
      .octave(let start, let stop, _):
      lowest = min(start, stop)
    case .list(let values): lowest = values.min() ?? 0
    case .rows: return
    }
    guard lowest > -273.15 else {
      throw Fault("out-of-range", "a temperature must be above -273.15 degrees", at: origin)
    }
  }
}
