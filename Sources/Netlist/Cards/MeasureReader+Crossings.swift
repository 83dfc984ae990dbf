import Schematic

/// Where a quantity is met: crossings, their levels and counts, places that are given.
extension MeasureReader {
  /// What a quantity meets: another quantity, or an expression of measures by their names, which is
  /// told when these are.
  mutating func level() throws(Fault) -> Expression {
    guard !cursor.atEnd else { return try quantity() }
    let start = cursor.position
    var expression = naming(try cursor.expression()) { !context.isEquationOfQuantities($0) }
    expression = context.withEquations(expression)
    let origin = cursor.origin(from: start)
    let level = try context.quantity(expression, at: origin)
    if level.namesMeasures, level.probes.contains(where: { $0.function != "measure" }) {
      throw Fault(
        "level-of-both", "a level is of measures or of circuit quantities, not of both", at: origin)
    }
    return level
  }

  /// `v(a) val=0.5 rise=1 td=1n`, `v(a)=0.5 rise=1`, `at=5n`: one end of trig ... targ.
  mutating func crossing() throws(Fault) -> MeasureCard.Crossing {
    let start = cursor.position
    if let key = cursor.key(), key.text == "at" {
      return MeasureCard.Crossing(at: try context.number(&cursor, of: "at"))
    }
    cursor.position = start
    let value = try quantity()
    if cursor.take("=") {
      return try edge(MeasureCard.Crossing(value: value, level: try level()))
    }
    // a level without its name: trig v(a) {0.1}
    let before = cursor.position
    let isNamed = cursor.atEnd || cursor.key() != nil || cursor.word()?.text == "targ"
    cursor.position = before
    if !isNamed { return try edge(MeasureCard.Crossing(value: value, level: try level())) }
    let origin = cursor.here
    try readArguments()
    if let fraction = take("frac_max") {
      var crossing = MeasureCard.Crossing(value: value)
      crossing.fraction = fraction.value
      return try edge(crossing)
    }
    guard let level = levelExpression else {
      throw Fault("missing-argument", "expected val= and the level to cross", at: origin)
    }
    levelExpression = nil
    return try edge(MeasureCard.Crossing(value: value, level: level))
  }

  /// `v(a)=v(b) rise=2`.
  mutating func condition() throws(Fault) -> MeasureCard.Crossing {
    let value = try quantity()
    guard cursor.take("=") else {
      throw Fault(
        "expected-mark", "expected '=' and the level to cross", at: cursor.here,
        label: cursor.found)
    }
    return try edge(MeasureCard.Crossing(value: value, level: try level()))
  }

  /// `at=5n` or `when v(a)=0.5`.
  mutating func place(of what: Token) throws(Fault) -> MeasureCard.Crossing {
    let mark = cursor.here
    if cursor.take("=") {
      // find v(a)=1 at=2: the level means nothing
      _ = try quantity()
      context.report(ForeignParameters.warning("=", at: mark))
    }
    try readArguments()
    if let at = take("at") {
      guard at.value >= 0 || analysis == .dc else {
        throw Fault("out-of-range", "'at' must be >= 0", at: at.origin)
      }
      return MeasureCard.Crossing(at: at.value)
    }
    let word = cursor.word()
    if word?.text == "at", cursor.atValue {
      // find v(a) at 2: Xyce does without the mark
      return MeasureCard.Crossing(at: try context.number(&cursor, of: "at"))
    }
    guard let word, word.text == "when" else {
      throw Fault(
        "missing-argument", "'\(what.text)' needs at= or when", at: what.origin)
    }
    return try condition()
  }

  private mutating func edge(
    _ crossing: MeasureCard.Crossing
  ) throws(Fault) -> MeasureCard.Crossing {
    var crossing = crossing
    try readArguments()
    for edge in [MeasureCard.Crossing.Edge.rise, .fall, .cross] {
      guard let count = take(edge.rawValue) else { continue }
      crossing.edge = edge
      crossing.count = try whole(count, of: edge)
    }
    crossing.delay = take("td")?.value ?? 0
    return crossing
  }

  func whole(
    _ count: (value: Double, origin: Origin), of edge: MeasureCard.Crossing.Edge
  ) throws(Fault) -> Int {
    guard let whole = Int(exactly: count.value), whole != 0, whole.magnitude < 1 << 31 else {
      throw Fault(
        "out-of-range", "'\(edge.rawValue)' counts from 1, or is 'last'", at: count.origin)
    }
    return whole
  }
}
