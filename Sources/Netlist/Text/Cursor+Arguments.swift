import Schematic

extension Cursor {
  /// The name in `name=`, which must come here.
  mutating func key(_ what: String) throws(Fault) -> Token {
    if let key = key() { return key }
    skipBlanks()
    let start = position
    if word() == nil { position += 1 }
    throw Fault("expected-argument", "expected \(what)", at: origin(from: start))
  }

  func unknownKey(_ key: Token, among known: [String]) -> Fault {
    Fault(
      "unknown-argument", "there is no argument '\(key.text)' here", at: key.origin,
      label: NearMiss.label(key.text, among: known),
      help: "known are \(known.joined(separator: ", "))")
  }

  /// A word that must be a case of `Choice`: `encode=half`.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ argument: String
  ) throws(Fault) -> Choice where Choice.RawValue == String {
    let word = try word("a value of '\(argument)'")
    if let choice = Choice(rawValue: word.text) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    throw Fault(
      "unknown-choice", "'\(argument)' cannot be '\(word.text)'", at: word.origin,
      label: NearMiss.label(word.text, among: known),
      help: "it can be \(known.joined(separator: ", "))")
  }

  /// `on`, `off` and what decks write for them.
  mutating func flag(_ argument: String) throws(Fault) -> Bool {
    let word = try word("on or off")
    switch word.text {
    case "on", "yes", "true", "1": return true
    case "off", "no", "false", "0": return false
    default:
      throw Fault(
        "unknown-choice", "'\(argument)' is on or off, not '\(word.text)'", at: word.origin)
    }
  }
}
