import Schematic

/// Reads the parts of a measure: quantities, crossings and the `name=value` arguments behind them.
struct MeasureReader {
  var cursor: Cursor
  let context: DecodingContext
  var arguments: [String: (value: Double, origin: Origin)] = [:]
  /// Read but of no argument of its own: the norm and file of `error`.
  private var texts: [String: Token] = [:]
  var levelExpression: Expression?

  private static let numeric = [
    "from", "to", "td", "val", "at", "on", "off", "minval", "default_val", "rise", "fall", "cross",
    "indepvarcol", "depvarcol", "rfc_level", "frac_max", "precision", "ymin", "ymax",
    "ignor", "ignore", "numfreq", "gridsize",
  ]
  private static let textual = ["file", "comp_function", "output", "print"]
  /// What optimisers read, and no measure here.
  private static let foreign: Set = ["goal", "weight", "binsiz", "failvalue"]

  let analysis: AnalysisKind

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

  /// Names of measures as the probes that stand for their results.
  func naming(_ expression: Expression, where isWanted: (String) -> Bool) -> Expression {
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

  mutating func take(_ name: String) -> (value: Double, origin: Origin)? {
    arguments.removeValue(forKey: name)
  }

  mutating func readAll() throws(Fault) { try readArguments() }

  mutating func readArguments() throws(Fault) {
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
