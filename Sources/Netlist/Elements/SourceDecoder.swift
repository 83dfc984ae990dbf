import Schematic

/// `Vname n+ n- [[dc] value] [ac [amplitude [phase]]] [waveform(...)]`, and `I` alike.
enum SourceDecoder: ElementDecoder {
  static let letters = ["V", "I"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    let terminals = [try context.terminal(&cursor), try context.terminal(&cursor)]
    var parameters = ParameterList()
    while !cursor.atEnd {
      let start = cursor.position
      if let key = cursor.key() {
        try readKey(key, &cursor, context, into: &parameters)
        continue
      }
      if let word = cursor.word() {
        switch word.text {
        case "dc" where Waveform.isNext(cursor): continue
        case "dc":
          try context.readValue(
            of: try context.described("dc"), named: word.origin, &cursor, into: &parameters)
          continue
        case "distof1", "distof2":
          context.report(ForeignParameters.warning(word.text, at: word.origin))
          while cursor.atValue { _ = try context.number(&cursor, of: word.text) }
          continue
        case "ac":
          try readSmallSignal(word, &cursor, context, into: &parameters)
          continue
        default:
          if try Waveform.read(word, &cursor, context, into: &parameters) { continue }
        }
      }
      cursor.position = start
      if try readEnclosed(&cursor, context, into: &parameters) { continue }
      try readBare(&cursor, context, into: &parameters)
    }
    return try context.finished(terminals, parameters)
  }

  /// `(PULSE 0 1 1n)`: the bracket before the name.
  private static func readEnclosed(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) -> Bool {
    var ahead = cursor
    if ahead.take("("), let word = ahead.word(), word.text == "ac" {
      try readSmallSignal(word, &ahead, context, into: &parameters)
      try ahead.expect(")")
      cursor = ahead
      return true
    }
    ahead = cursor
    guard ahead.take("("), Waveform.isNext(ahead), let word = ahead.word()
    else { return false }
    cursor = ahead
    return try Waveform.read(word, &cursor, context, into: &parameters, opened: true)
  }

  /// The dc value without its name, which stands before everything else.
  private static func readBare(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    cursor.skipBlanks()
    let start = cursor.position
    let others = parameters.entries.contains { $0.name != "dc" }
    guard others else {
      return try context.readValue(of: try context.described("dc"), &cursor, into: &parameters)
    }
    if cursor.word() == nil { cursor.position += 1 }
    throw Fault(
      "unexpected-text", "nothing more was expected here", at: cursor.origin(from: start),
      help: "a dc value stands before ac and the waveform, or is written dc=")
  }

  private static func readKey(
    _ key: Token, _ cursor: inout Cursor, _ context: DecodingContext,
    into parameters: inout ParameterList
  ) throws(Fault) {
    if key.text == "ac" {
      try readSmallSignal(key, &cursor, context, into: &parameters)
    } else if ["r", "td"].contains(key.text), parameters["waveform"]?.text == "pwl" {
      try PiecewiseLinear.readAfter(key, &cursor, context, into: &parameters)
    } else if ["r", "rb"].contains(key.text), parameters["waveform"]?.text == "pat" {
      try context.readValue(
        of: try context.described("pat.r"), named: key.origin, &cursor, into: &parameters)
    } else {
      try context.readParameter(key, &cursor, into: &parameters)
    }
  }

  /// `ac`, `ac 1`, `ac 1 90`.
  private static func readSmallSignal(
    _ word: Token, _ cursor: inout Cursor, _ context: DecodingContext,
    into parameters: inout ParameterList
  ) throws(Fault) {
    guard cursor.atValue else {
      parameters.set("ac.mag", .number(1), at: word.origin)
      return
    }
    try context.readValue(
      of: try context.described("ac.mag"), named: word.origin, &cursor, into: &parameters)
    _ = cursor.take(",")
    guard cursor.atValue else { return }
    try context.readValue(
      of: try context.described("ac.phase"), named: word.origin, &cursor, into: &parameters)
  }
}

extension Cursor {
  /// A number, a sign or a bracketed expression comes next: certainly a value.
  var atValue: Bool {
    mutating get {
      guard !atEnd else { return false }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "'"): return true
      case UInt8(ascii: "-"), UInt8(ascii: "+"): return true
      default: return atNumber
      }
    }
  }
}
