import Schematic

/// `.measure analysis name what...`
enum MeasureDecoder: CardDecoder {
  static let names = [".measure", ".meas"]

  private static let statistics: [String: MeasureCard.Statistic] = [
    "min": .minimum, "max": .maximum, "pp": .peakToPeak, "avg": .average,
    "rms": .rootMeanSquare, "integ": .integral, "integral": .integral, "freq": .frequency,
    "duty": .dutyCycle, "min_at": .minimumPlace, "max_at": .maximumPlace,
    "on_time": .onTime, "off_time": .offTime,
  ]
  private static let comparisons: [String: MeasureCard.Comparison] = [
    "err": .rootMeanSquare, "err1": .rootMeanSquare, "err2": .meanMagnitude, "err3": .logarithm,
  ]
  private static let kinds =
    ["trig", "find", "when", "deriv", "error", "param", "four"]
    + (statistics.keys + Array(comparisons.keys)).sorted()

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let word = try cursor.word("the analysis: tran, dc, ac, op or noise")
    let continuous = word.text.hasSuffix("_cont")
    let kindOfAnalysis = continuous ? String(word.text.dropLast(5)) : word.text
    guard let analysis = AnalysisKind(rawValue: kindOfAnalysis) else {
      throw PrintDecoder.unknownAnalysis(word)
    }
    let name = try cursor.word("the name of the measure")
    let what = try cursor.word("what to measure")
    var reader = MeasureReader(cursor: cursor, context: context, analysis: analysis)
    var card = MeasureCard(
      analysis: analysis, name: name.text, kind: try kind(what, &reader), origin: context.origin)
    card.isContinuous = continuous
    try reader.readAll()
    try reader.finish(&card)
    cursor = reader.cursor
    return context.replaced(card, at: name) ? nil : .measure(card)
  }

  private static func kind(
    _ what: Token, _ reader: inout MeasureReader
  ) throws(Fault) -> MeasureCard.Kind {
    if let statistic = statistics[what.text] {
      return .statistic(statistic, try reader.quantity())
    }
    if what.text == "err", reader.namesFile { return try reader.error(of: what) }
    if let comparison = comparisons[what.text] {
      return .difference(try reader.quantity(), try reader.quantity(), comparison)
    }
    switch what.text {
    case "trig":
      let first = try reader.crossing()
      let word = try reader.cursor.word("targ")
      guard word.text == "targ" else {
        throw Fault(
          "expected-word", "expected 'targ' and its crossing", at: word.origin,
          label: "found '\(word.text)'")
      }
      var second = try reader.crossing()
      // as in Xyce; elsewhere each has its own
      if reader.sharesDelay, second.delay == 0 { second.delay = first.delay }
      return .between(first, second)
    case "when": return .when(try reader.condition())
    case "find": return .find(try reader.quantity(), try reader.place(of: what))
    case "deriv", "derivative", "derivitave":
      return .derivative(try reader.quantity(), try reader.place(of: what))
    case "four": return try reader.harmonics(of: what)
    case "error": return try reader.error(of: what)
    case "param", "eqn", "equation", "expr":
      _ = reader.cursor.take("=")
      return .expression(try reader.combination())
    default:
      throw Fault(
        "unknown-measure", "there is no measure '\(what.text)'", at: what.origin,
        label: NearMiss.label(what.text, among: kinds),
        help: "there are \(kinds.joined(separator: ", "))")
    }
  }
}

extension DecodingContext {
  /// Whether some `.measure` of the deck has this name; they may stand in any order.
  func isMeasure(_ name: String) -> Bool {
    if let known = elaborator.measureNames { return known.contains(name) }
    var names: Set<String> = []
    for statement in scope.block.cards where MeasureDecoder.names.contains(statement.name.text) {
      var cursor = elaborator.cursor(statement)
      if cursor.word() != nil, let second = cursor.word() {
        names.insert(second.text)
        takeEquation(second.text, &cursor)
      }
    }
    elaborator.measureNames = names
    linkEquations()
    return names.contains(name)
  }

  /// The expression with `eqn` measures in it replaced by what they evaluate.
  func withEquations(_ expression: Expression) -> Expression {
    var expression = expression
    for index in expression.nodes.indices {
      guard case .name(let name) = expression.nodes[index] else { continue }
      let text = expression.names[Int(name)]
      guard scope.owner(of: text) == nil, isMeasure(text),
        elaborator.measureEquations.contains(text)
      else { continue }
      // a call of the function that `isMeasure` has made of the measure
      expression.names.append(Self.equationName(text))
      expression.arguments.append(Int32(expression.names.count - 1))
      expression.nodes[index] = .call(.user, first: Int32(expression.arguments.count - 1), count: 1)
    }
    return expression
  }

  /// Whether `name` is an `eqn` measure of circuit quantities and such measures alone, so that it
  /// has a value at every point.
  func isEquationOfQuantities(_ name: String, depth: Int = 0) -> Bool {
    guard depth < 32, elaborator.measureEquations.contains(name),
      let body = scope.block.functions[Self.equationName(name)]?.body
    else { return false }
    return body.names.allSatisfy {
      !isMeasure($0) || isEquationOfQuantities($0, depth: depth + 1)
    }
  }

  fileprivate static func equationName(_ measure: String) -> String { "measure " + measure }

  /// Makes a function without arguments of an `eqn` measure that has no window.
  private func takeEquation(_ name: String, _ cursor: inout Cursor) {
    guard let what = cursor.word(), ["param", "eqn", "equation", "expr"].contains(what.text)
    else { return }
    _ = cursor.take("=")
    guard let body = try? cursor.expression() else { return }
    while let key = cursor.key() {
      if ["from", "to", "td"].contains(key.text) { return }
      if (try? cursor.expression()) == nil { return }
    }
    elaborator.measureEquations.insert(name)
    scope.block.functions[Self.equationName(name)] = FunctionDeclaration(
      formals: [], body: body, origin: what.origin)
  }

  /// Equations that name other ones.
  private func linkEquations() {
    for name in elaborator.measureEquations {
      let key = Self.equationName(name)
      guard var function = scope.block.functions[key] else { continue }
      function.body = withEquations(function.body)
      scope.block.functions[key] = function
    }
  }

  /// Puts a measure in the place of one of the same name, if there is one, with a warning.
  func replaced(_ card: MeasureCard, at name: Token) -> Bool {
    guard let index = elaborator.measureCards[name.text] else {
      elaborator.measureCards[name.text] = elaborator.circuit.cards.count
      return false
    }
    report(
      Fault(
        "duplicate-measure", "'\(name.text)' is measured twice; this one counts",
        at: name.origin, severity: .warning))
    elaborator.circuit.cards[index] = .measure(card)
    return true
  }
}
