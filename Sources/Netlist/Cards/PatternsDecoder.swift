import Schematic

/// `.patterns images="images/*.png" size=16x12 encode=half`
enum PatternsDecoder: CardDecoder {
  static let names = [".patterns"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card? {
    var source: (value: PatternsCard.Source, origin: Origin)?
    var size: (width: Int, height: Int)?
    var encoding = PatternsCard.Encoding.half
    while !cursor.atEnd {
      let key = try cursor.key("images=, size= or encode=")
      switch key.text {
      case "images": source = try self.source(&cursor, context)
      case "size": size = try self.size(&cursor)
      case "encode": encoding = try cursor.choice("encode")
      default:
        throw cursor.unknownKey(key, among: ["images", "size", "encode"])
      }
    }
    guard let source else {
      throw Fault(
        "missing-argument", ".patterns needs images=", at: context.origin)
    }
    guard let size else {
      throw Fault("missing-argument", ".patterns needs size=", at: context.origin)
    }
    return .patterns(
      PatternsCard(
        source: source.value, width: size.width, height: size.height, encoding: encoding,
        origin: context.origin, sourceOrigin: source.origin))
  }

  /// `"images/*.png"`, `"phases.npy"` or `random(12)`.
  private static func source(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> (value: PatternsCard.Source, origin: Origin) {
    var ahead = cursor
    if let word = ahead.word(), word.text == "random", ahead.take("(") {
      cursor = ahead
      let count = try context.integer(&cursor, of: "random", in: 1...1_000_000)
      try cursor.expect(")")
      return (.random(count), cursor.origin(from: Int(word.origin.offset)))
    }
    let file = try cursor.quoted("PNG files, a .npy file of phases, or random(12)")
    let paths = try context.files(file)
    let isPhases = file.text.lowercased().hasSuffix(".npy")
    return (isPhases ? .phases(paths[0]) : .images(paths), file.origin)
  }

  /// "16x12".
  private static func size(
    _ cursor: inout Cursor
  ) throws(Fault) -> (width: Int, height: Int) {
    let word = try cursor.word("a size such as 16x12")
    let parts = word.text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1],
      (1...100_000).contains(width), (1...100_000).contains(height)
    else {
      throw Fault("malformed-size", "expected a size such as 16x12", at: word.origin)
    }
    return (width, height)
  }
}
