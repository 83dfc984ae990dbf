import Schematic

/// `.print tran [format=csv] [file="x.csv"] quantities...`
enum PrintDecoder: CardDecoder {
  static let names = [".print"]
  static let arguments = [
    "format", "file", "width", "precision", "delimiter", "timescalefactor", "filter",
    "outputsample",
  ]
  static let formats = [
    "std", "csv", "raw", "prn", "netcdf", "noindex", "gnuplot", "splot", "tecplot", "probe",
  ]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let word = try cursor.word("the analysis: tran, dc, ac, op, noise or pss")
    guard let analysis = AnalysisKind(rawValue: word.text) else {
      guard foreign.contains(word.text) else { throw unknownAnalysis(word) }
      context.report(
        Fault(
          "foreign-card", "nothing is printed of '\(word.text)', which other simulators have",
          at: word.origin, severity: .warning))
      cursor.position = cursor.end
      return nil
    }
    var card = PrintCard(analysis: analysis, outputs: [], origin: context.origin)
    try OutputList.read(&cursor, context, into: &card)
    return .print(card)
  }

  private static let foreign: Set = [
    "homotopy", "sens", "tranadjoint", "transadjoint", "ac_ic", "hb", "hb_fd", "hb_td", "hb_ic",
    "hb_startup", "mpde", "es", "pce", "sparameter", "disto",
  ]

  static func unknownAnalysis(_ word: Token) -> Fault {
    let known = AnalysisKind.allCases.map(\.rawValue)
    return Fault(
      "unknown-analysis", "'\(word.text)' is no analysis", at: word.origin,
      label: NearMiss.label(word.text, among: known),
      help: "name one of \(known.joined(separator: ", "))")
  }
}

/// `.save v(out) i(vdd)`, `.save all`
enum SaveDecoder: CardDecoder {
  static let names = [".save"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var card = PrintCard(analysis: nil, outputs: [], origin: context.origin)
    let start = cursor.position
    if cursor.word()?.text == "all" {
      card.everyVoltage = true
    } else {
      cursor.position = start
    }
    try OutputList.read(&cursor, context, into: &card)
    return .print(card)
  }
}

/// The quantities of a card, and its `name=value` arguments.
enum OutputList {
  static func read(
    _ cursor: inout Cursor, _ context: DecodingContext, into card: inout PrintCard
  ) throws(Fault) {
    while !cursor.atEnd {
      let start = cursor.position
      if let key = cursor.key() {
        try readArgument(key, &cursor, into: &card)
        continue
      }
      cursor.position = start
      if let kind = everything(&cursor) {
        if kind == "v" { card.everyVoltage = true } else { card.everyCurrent = true }
        continue
      }
      cursor.position = start
      _ = cursor.take(",")
      card.outputs += try OutputReader.outputs(&cursor, context)
    }
    guard !card.outputs.isEmpty || card.everyVoltage || card.everyCurrent else {
      throw Fault(
        "missing-value", "expected what to print: v(node), i(element), {expression}",
        at: cursor.here, label: cursor.found)
    }
  }

  /// `v(*)` or `i(*)`.
  private static func everything(_ cursor: inout Cursor) -> String? {
    guard let word = cursor.word() else { return nil }
    if ["all", "allv"].contains(word.text), cursor.byte != UInt8(ascii: "(") { return "v" }
    if word.text == "alli", cursor.byte != UInt8(ascii: "(") { return "i" }
    guard ["v", "i"].contains(word.text), cursor.take("("), cursor.word()?.text == "*",
      cursor.take(")")
    else { return nil }
    return word.text
  }

  private static func readArgument(
    _ key: Token, _ cursor: inout Cursor, into card: inout PrintCard
  ) throws(Fault) {
    guard card.analysis != nil else {
      throw Fault(
        "unknown-argument", ".save takes quantities only", at: key.origin,
        help: "formats and files are chosen with .print or on the command line")
    }
    guard PrintDecoder.arguments.contains(key.text) else {
      throw cursor.unknownKey(key, among: PrintDecoder.arguments)
    }
    let value = try cursor.quoted("a value of '\(key.text)'")
    if key.text == "format", !PrintDecoder.formats.contains(value.text.lowercased()) {
      throw Fault(
        "unknown-choice", "'format' cannot be '\(value.text)'", at: value.origin,
        label: NearMiss.label(value.text.lowercased(), among: PrintDecoder.formats),
        help: "it can be \(PrintDecoder.formats.joined(separator: ", "))")
    }
    card.arguments.set(key.text, .text(value.text), at: value.origin)
  }
}

/// `.four frequency quantities...`
enum FourierDecoder: CardDecoder {
  static let names = [".four"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    cursor.skipBlanks()
    let start = cursor.position
    let frequency = try context.required(&cursor, "frequency")
    guard frequency > 0 else {
      throw Fault(
        "out-of-range", "the frequency must be > 0", at: cursor.origin(from: start))
    }
    var outputs: [Output] = []
    while !cursor.atEnd { outputs += try OutputReader.outputs(&cursor, context) }
    guard !outputs.isEmpty else {
      throw Fault(
        "missing-value", "expected the quantities to transform", at: cursor.here,
        label: cursor.found)
    }
    return .fourier(
      FourierCard(frequency: frequency, quantities: outputs, origin: context.origin))
  }
}
