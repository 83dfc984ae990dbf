import Schematic

/// The waveforms of independent sources: `PULSE(0 1 0 1n 1n 5n 10n)`, with or without brackets.
enum Waveform {
  static let names = ["pulse", "sin", "exp", "pwl", "sffm", "am", "pat", "trnoise"]

  /// Other simulators' names.
  static func usual(_ word: Token) -> Token {
    word.text == "sine" ? Token(text: "sin", origin: word.origin) : word
  }

  /// The name of a waveform comes next: no value of `dc`, though `pwl(` could begin one.
  static func isNext(_ cursor: Cursor) -> Bool {
    var ahead = cursor
    return ahead.word().map { names.contains(usual($0).text) } ?? false
  }

  /// Reads a waveform whose name has been read.
  /// - Returns: false where `word` is no waveform and no bracket makes it look like one.
  static func read(
    _ written: Token, _ cursor: inout Cursor, _ context: DecodingContext,
    into parameters: inout ParameterList, opened: Bool = false
  ) throws(Fault) -> Bool {
    let word = usual(written)
    guard names.contains(word.text) else {
      guard cursor.take("("), !word.text.isNumberLike, Function.named[word.text] == nil else {
        return false
      }
      throw Fault(
        "unknown-waveform", "no waveform is named '\(word.text)'", at: word.origin,
        label: NearMiss.label(word.text, among: names),
        help: "there are: \(names.joined(separator: ", "))")
    }
    if parameters["waveform"] != nil {
      throw Fault("given-twice", "a source has one waveform only", at: word.origin)
    }
    parameters.set("waveform", .text(word.text), at: word.origin)
    if word.text == "pwl" {
      try PiecewiseLinear.read(&cursor, context, into: &parameters, opened: opened)
    } else {
      try readArguments(word, &cursor, context, into: &parameters, opened: opened)
    }
    return true
  }

  private static func readArguments(
    _ word: Token, _ cursor: inout Cursor, _ context: DecodingContext,
    into parameters: inout ParameterList, opened: Bool
  ) throws(Fault) {
    let described = (context.device?.instanceParameters ?? []).filter {
      $0.name.hasPrefix(word.text + ".")
    }
    let open = opened || cursor.take("(")
    var next = described.makeIterator()
    while try moreArguments(&cursor, bracketed: open, of: word) {
      let before = cursor.position
      if let key = cursor.key(),
        let named = described.first(where: {
          $0.name == "\(word.text).\(key.text)" || $0.aliases.contains(key.text)
        })
      {
        try context.readValue(of: named, &cursor, into: &parameters)
        continue
      }
      cursor.position = before
      guard let parameter = next.next() else {
        let start = cursor.position
        _ = try context.value(&cursor, of: word.text)
        throw Fault(
          "too-many-values", "\(word.text) takes \(described.count) values at most",
          at: cursor.origin(from: start),
          help: "in this order: \(order(described))")
      }
      try context.readValue(of: parameter, &cursor, into: &parameters)
      if parameter.name == "pat.data" { try checkBits(parameters) }
    }
    if context.hasReported { return }
    for parameter in described where parameter.required && parameters[parameter.name] == nil {
      context.report(
        Fault(
          "too-few-values", "\(word.text) needs '\(parameter.name)'", at: word.origin,
          help: "in this order: \(order(described))"))
      return
    }
  }

  private static func checkBits(_ parameters: ParameterList) throws(Fault) {
    guard let bits = parameters["pat.data"]?.text, let origin = parameters.origin(of: "pat.data")
    else { return }
    let digits = bits.utf8.dropFirst()
    guard bits.first == "b" || bits.first == "B", !digits.isEmpty,
      digits.allSatisfy({ $0 == 48 || $0 == 49 })
    else {
      throw Fault(
        "malformed-bits", "expected bits such as b0110", at: origin, label: "found '\(bits)'")
    }
  }

  private static func order(_ described: [DeviceDescription.Parameter]) -> String {
    described.map { String($0.name.drop { $0 != "." }.dropFirst()) }.joined(separator: " ")
  }

  /// Whether another argument comes; passes commas and the closing bracket.
  static func moreArguments(
    _ cursor: inout Cursor, bracketed: Bool, of word: Token
  ) throws(Fault) -> Bool {
    while cursor.take(",") {}
    guard !cursor.atEnd else {
      guard bracketed else { return false }
      throw Fault(
        "expected-mark", "the bracket of '\(word.text)(' is not closed", at: word.origin)
    }
    if bracketed { return !cursor.take(")") }
    if cursor.byte == UInt8(ascii: ")") {
      throw Fault("expected-mark", "this bracket was not opened", at: cursor.here)
    }
    let start = cursor.position
    defer { cursor.position = start }
    if cursor.key() != nil { return false }
    cursor.position = start
    guard let next = cursor.word() else { return true }
    return !["ac", "dc", "distof1", "distof2"].contains(next.text) && !names.contains(next.text)
  }
}
