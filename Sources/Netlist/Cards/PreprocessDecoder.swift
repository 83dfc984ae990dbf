import Schematic

/// `.preprocess replaceground true`; what else Xyce prepares is refused, or need not be done.
enum PreprocessDecoder: CardDecoder {
  static let names = [".preprocess"]
  static let phase = CardPhase.beforeParameters

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    let word = try cursor.word("replaceground")
    switch word.text {
    case "replaceground": context.elaborator.replacesGround = try cursor.flag(word.text)
    case "removeunused":
      cursor.position = cursor.end
      context.report(
        Fault(
          "foreign-card", "'removeunused' of other simulators has no effect here",
          at: word.origin, severity: .warning))
    default:
      throw Fault(
        "unsupported-card", "'.preprocess \(word.text)' is not done here", at: word.origin,
        help: "write the elements it would add into the deck")
    }
    return nil
  }
}
