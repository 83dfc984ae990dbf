import Schematic

/// Reads one kind of element line.
///
/// A new element is one file with one such type and one line in `ElementDecoders.all`. Arrays need
/// nothing of it: for `R1[0:3] a[0:3] 0 1k` it is called four times, and `context.terminal` and
/// `{index}` give each call its own element.
protocol ElementDecoder: SendableMetatype {
  /// What the element's name begins with, upper case: ["R"], ["YSTO"]. For the Y elements this is
  /// the first word and the name is the second; `context.name` is right in both cases.
  static var letters: [String] { get }
  /// Reads the element; the cursor stands behind its name. Whatever is left unread is refused
  /// afterwards.
  /// - Returns: the instance, made by `context.instance(...)`; nil where the decoder has reported
  ///   all it found wrong.
  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance?
}

/// Every element but `X` and `YSYNAPSE`, which open subcircuits and networks.
enum ElementDecoders {
  static let all: [any ElementDecoder.Type] = [
    PassiveDecoder.self, MutualInductanceDecoder.self, SourceDecoder.self,
    ControlledSourceDecoder.self, BehaviouralDecoder.self, ModelledDecoder.self,
    SwitchDecoder.self, LineDecoder.self, CodeModelDecoder.self,
  ]

  static let byLetter: [String: any ElementDecoder.Type] = {
    var table: [String: any ElementDecoder.Type] = [:]
    for decoder in all {
      for letter in decoder.letters { table[letter] = decoder }
    }
    return table
  }()
}
