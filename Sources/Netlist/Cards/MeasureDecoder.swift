import Schematic

/// `.measure analysis name what...`
enum MeasureDecoder: CardDecoder {
  static let names = [".measure", ".meas"]

  private static let statistics: [String: MeasureCard.Statistic] = [
    "min": .minimum, "max": .maximum, "pp": .peakToPeak, "avg": .average,
    "rms": .rootMeanSquare, "integ": .integral, "integral": .integral, "freq": .frequency,
    "duty": .dutyCycle,
  ]
  private static let kinds =
    ["trig", "find", "when", "deriv", "error", "param"] + statistics.keys.sorted()

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let word = try cursor.word("the analysis: tran, dc, ac, op or noise")
    guard let analysis = AnalysisKind(rawValue: word.text) else {
      throw PrintDecoder.unknownAnalysis(word)
    }
    let name = try cursor.word("the name of the measure")
    guard !context.measures.contains(name.text) else {
      throw Fault("duplicate-measure", "'\(name.text)' is measured already", at: name.origin)
    }
    let what = try cursor.word("what to measure")
    var reader = MeasureReader(cursor: cursor, context: context)
    var card = MeasureCard(
      analysis: analysis, name: name.text, kind: try kind(what, &reader), origin: context.origin)
    try reader.readAll()
    try reader.finish(&card)
    cursor = reader.cursor
    return .measure(card)
  }

  private static func kind(
    _ what: Token, _ reader: inout MeasureReader
  ) throws(Fault) -> MeasureCard.Kind {
    if let statistic = statistics[what.text] {
      return .statistic(statistic, try reader.quantity())
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
      return .between(first, try reader.crossing())
    case "when": return .when(try reader.condition())
    case "find": return .find(try reader.quantity(), try reader.place(of: what))
    case "deriv", "derivative":
      return .derivative(try reader.quantity(), try reader.place(of: what))
    case "error", "err": return try reader.error(of: what)
    case "param", "eqn", "equation":
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
  /// Names of the measures before this card.
  var measures: [String] {
    elaborator.circuit.cards.compactMap { card in
      if case .measure(let measure) = card { return measure.name }
      return nil
    }
  }
}
