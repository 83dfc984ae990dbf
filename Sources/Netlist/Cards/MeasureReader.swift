import Schematic

/// Reads the parts of a measure: quantities, crossings and the `name=value` arguments behind them.
struct MeasureReader {
  var cursor: Cursor
  let context: DecodingContext
  private var arguments: [String: (value: Double, origin: Origin)] = [:]
  /// Read but of no argument of its own: the norm and file of `error`.
  private var texts: [String: Token] = [:]
  private var levelExpression: Expression?

  private static let numeric = [
    "from", "to", "td", "val", "at", "on", "off", "minval", "default_val", "rise", "fall", "cross",
    "indepvarcol", "depvarcol", "rfc_level", "frac_max", "precision", "ymin", "ymax",
    "ignor", "ignore", "numfreq", "gridsize",
  ]
  private static let textual = ["file", "comp_function", "output", "print"]
  /// What optimisers read, and no measure here.
  private static let foreign: Set = ["goal", "weight", "binsiz", "failvalue"]

  private let analysis: AnalysisKind

  init(cursor: Cursor, context: DecodingContext, analysis: AnalysisKind) {
    self.cursor = cursor
    self.context = context
    self.analysis = analysis
  }

  /// Xyce lets a trigger's `td=` count for a target without one.
  var sharesDelay: Bool { context.elaborator.dialect == .xyce }

  /// `file=` stands somewhere in the statement.
  var namesFile: Bool {
    var ahead = cursor
    while !ahead.atEnd {
      if ahead.key()?.text == "file" { return true }
      if ahead.word() == nil { ahead.position += 1 }
    }
    return false
  }

  /// A measured quantity.
  mutating func quantity() throws(Fault) -> Expression {
    guard !cursor.atEnd else {
      throw Fault(
        "missing-value", "expected what to measure: v(node), i(element), {expression}",
        at: cursor.here, label: cursor.found)
    }
    let start = cursor.position
    let expression = context.withEquations(try cursor.expression())
    return try context.quantity(expression, at: cursor.origin(from: start))
  }

  /// The harmonics of `four`: at= the fundamental, numfreq= how many, the mean included, from
  /// gridsize= samples.
  mutating func harmonics(of what: Token) throws(Fault) -> MeasureCard.Kind {
    let value = try quantity()
    try readArguments()
    guard let frequency = take("at") else {
      throw Fault(
        "missing-argument", "'\(what.text)' needs at=, the fundamental's frequency",
        at: what.origin)
    }
    guard frequency.value > 0 else {
      throw Fault("out-of-range", "the frequency must be > 0", at: frequency.origin)
    }
    let count = try whole("numfreq", or: 10, in: 2...100_000)
    let samples = try whole("gridsize", or: 200, in: 2...1_000_000)
    return .harmonics(
      value, frequency: frequency.value, count: count - 1, samples: max(samples, 2 * (count - 1)))
  }

  private mutating func whole(
    _ name: String, or usual: Int, in range: ClosedRange<Int>
  ) throws(Fault) -> Int {
    guard let found = take(name) else { return usual }
    guard let whole = Int(exactly: found.value), range.contains(whole) else {
      throw Fault(
        "out-of-range",
        "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: found.origin)
    }
    return whole
  }

  /// An expression in which measures before this one can stand by their names.
  mutating func combination() throws(Fault) -> Expression {
    let start = cursor.position
    var expression = try cursor.expression()
    // within a window equations count where it ends, not where the result does
    if hasWindowAhead { expression = context.withEquations(expression) }
    expression = naming(expression) { _ in true }
    return try context.quantity(expression, at: cursor.origin(from: start))
  }

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

  /// Names of measures as the probes that stand for their results.
  private func naming(_ expression: Expression, where isWanted: (String) -> Bool) -> Expression {
    var expression = expression
    for index in expression.nodes.indices {
      guard case .name(let name) = expression.nodes[index],
        context.scope.owner(of: expression.names[Int(name)]) == nil,
        context.isMeasure(expression.names[Int(name)]), isWanted(expression.names[Int(name)])
      else { continue }
      let probe = Expression.Probe(
        function: "measure", names: [expression.names[Int(name)]],
        origin: expression.origins[index])
      expression.probes.append(probe)
      expression.nodes[index] = .probe(Int32(expression.probes.count - 1))
    }
    return expression
  }

  private var hasWindowAhead: Bool {
    var ahead = cursor
    while let key = ahead.key() {
      if ["from", "to", "td"].contains(key.text) { return true }
      if (try? ahead.expression()) == nil { return false }
    }
    return false
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

  /// The norm of the distance from a file.
  mutating func error(of what: Token) throws(Fault) -> MeasureCard.Kind {
    let value = try quantity()
    try readArguments()
    guard let file = texts["file"] else {
      throw Fault("missing-argument", "'\(what.text)' needs file=", at: what.origin)
    }
    let norms = ["l1norm", "l2norm", "infnorm"]
    let norm = texts["comp_function"]?.text.lowercased() ?? "l2norm"
    guard norms.contains(norm) else {
      throw Fault(
        "unknown-choice", "'comp_function' cannot be '\(norm)'",
        at: texts["comp_function"]?.origin ?? what.origin,
        label: NearMiss.label(norm, among: norms), help: "it can be l1norm, l2norm or infnorm")
    }
    let path = try context.files(file)[0]
    return .error(
      value, file: path, norm: norm, abscissa: try column("indepvarcol", or: 0),
      ordinate: try column("depvarcol", or: 1))
  }

  private mutating func column(_ name: String, or usual: Int) throws(Fault) -> Int {
    guard let found = take(name) else { return usual }
    guard let whole = Int(exactly: found.value), (0...1_000_000).contains(whole) else {
      throw Fault("out-of-range", "'\(name)' must be a column, from 0", at: found.origin)
    }
    return whole
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

  private func whole(
    _ count: (value: Double, origin: Origin), of edge: MeasureCard.Crossing.Edge
  ) throws(Fault) -> Int {
    guard let whole = Int(exactly: count.value), whole != 0, whole.magnitude < 1 << 31 else {
      throw Fault(
        "out-of-range", "'\(edge.rawValue)' counts from 1, or is 'last'", at: count.origin)
    }
    return whole
  }

  private mutating func take(_ name: String) -> (value: Double, origin: Origin)? {
    arguments.removeValue(forKey: name)
  }

  mutating func readAll() throws(Fault) { try readArguments() }

  private mutating func readArguments() throws(Fault) {
    while !cursor.atEnd {
      if cursor.take(",") { continue }
      guard let key = cursor.key() else { return }
      if Self.textual.contains(key.text) {
        texts[key.text] = try cursor.quoted("a value of '\(key.text)'")
        continue
      }
      guard Self.numeric.contains(key.text) || Self.foreign.contains(key.text) else {
        throw cursor.unknownKey(key, among: Self.numeric)
      }
      cursor.skipBlanks()
      let start = cursor.position
      if ["rise", "fall", "cross"].contains(key.text), let word = cursor.word(),
        word.text == "last"
      {
        arguments[key.text] = (-1, word.origin)
        continue
      }
      cursor.position = start
      if key.text == "val" {
        // a number, a quantity or measures: val=0.5, val=v(b), val='top/2'
        levelExpression = try level()
        continue
      }
      let value = try context.number(&cursor, of: key.text)
      if Self.foreign.contains(key.text) {
        context.report(
          Fault(
            "foreign-parameter", "'\(key.text)' of other simulators has no effect here",
            at: key.origin, severity: .warning))
      } else {
        arguments[key.text] = (value, cursor.origin(from: start))
      }
    }
  }

  /// The arguments that every measure can have; whatever is left has no meaning here.
  mutating func finish(_ card: inout MeasureCard) throws(Fault) {
    card.from = take("from")?.value
    let to = take("to")
    card.to = to?.value
    if analysis == .dc, let from = card.from, let to, to.value < from {
      // a sweep may fall
      (card.from, card.to) = (to.value, from)
    } else if let from = card.from, let to, to.value < from {
      // decks of other simulators mean to fail so
      context.report(
        Fault(
          "out-of-range", "'to' should not lie below 'from'; there is nothing to measure",
          at: to.origin, severity: .warning))
    }
    card.delay = take("td")?.value
    card.least = (take("ymin") ?? take("ignor") ?? take("ignore"))?.value
    card.greatest = take("ymax")?.value
    for edge in [MeasureCard.Crossing.Edge.rise, .fall, .cross] {
      guard case .statistic = card.kind, let count = take(edge.rawValue) else { continue }
      card.stretch = .init(
        edge: edge, count: try whole(count, of: edge), level: take("rfc_level")?.value)
    }
    if let level = take("rfc_level"), card.stretch == nil {
      context.report(ForeignParameters.warning("rfc_level", at: level.origin))
    }
    if let digits = take("precision") {
      guard let count = Int(exactly: digits.value), (0...1000).contains(count) else {
        throw Fault("out-of-range", "'precision' is a number of digits", at: digits.origin)
      }
      card.precision = count
    }
    readOutput(&card)
    if let print = texts["print"]?.text.lowercased() {
      card.isFiled = !["none", "stdout"].contains(print)
    }
    card.on = take("on")?.value
    card.off = take("off")?.value
    card.resolution = take("minval")?.value
    card.fallback = take("default_val")?.value
    if let key = arguments.keys.sorted().first, let left = arguments[key] {
      throw Fault(
        "unknown-argument", "'\(key)' has no meaning in this measure", at: left.origin)
    }
  }

  /// `output=time` of an extreme.
  private func readOutput(_ card: inout MeasureCard) {
    guard let output = texts["output"] else { return }
    switch output.text.lowercased() {
    case "value": return
    case "time", "sv", "freq", "frequency": card.givesPlace = true
    default:
      context.report(
        Fault(
          "unknown-choice", "'output' cannot be '\(output.text)'; the value is given",
          at: output.origin, help: "it can be value, or time, sv or freq", severity: .warning))
    }
  }
}
