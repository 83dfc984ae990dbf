import Schematic

/// When a card is read.
enum CardPhase: Sendable {
  /// Before any expression: `.options` and `.temp`, which change their meaning. Only numbers and
  /// expressions without parameters can stand there.
  case beforeParameters
  /// After all elements: nodes and instances are known.
  case afterElements
}

/// Reads one kind of card.
///
/// A new card is one file with one such type and one line in `CardDecoders.all`.
protocol CardDecoder: SendableMetatype {
  /// The names decks use, lower case with the point: [".measure", ".meas"].
  static var names: [String] { get }
  static var phase: CardPhase { get }
  /// Whether it may stand inside `.subckt`; it is then decoded once an instance.
  static var allowedInSubcircuits: Bool { get }
  /// Reads the card; the cursor stands behind its name. Whatever is left unread is refused
  /// afterwards, so a decoder need not check that.
  /// - Returns: the card; nil where the decoder has stored what it read through the context
  ///   (options, temperature), or has reported all it found wrong.
  /// - Throws: the first mistake; further ones can be reported through the context before.
  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Card?
}

extension CardDecoder {
  static var phase: CardPhase { .afterElements }
  static var allowedInSubcircuits: Bool { false }
}

/// Every card that is not structure (`.param`, `.subckt`, `.if`, ... are read by `BlockBuilder`).
enum CardDecoders {
  static let all: [any CardDecoder.Type] = [
    PatternsDecoder.self, RecallDecoder.self, SweepDecoder.self, TrainDecoder.self,
    ViewsDecoder.self, OptionsDecoder.self,
    OperatingPointDecoder.self, DCDecoder.self, ACDecoder.self, TransientDecoder.self,
    StepDecoder.self, DataDecoder.self, EndDataDecoder.self, TemperatureDecoder.self,
    MeasureDecoder.self, PrintDecoder.self, SaveDecoder.self, FourierDecoder.self,
    NodeVoltagesDecoder.self, NoiseDecoder.self, PreprocessDecoder.self,
    PeriodicSteadyStateDecoder.self,
  ]

  static let byName: [String: any CardDecoder.Type] = {
    var table: [String: any CardDecoder.Type] = [:]
    for decoder in all {
      for name in decoder.names { table[name] = decoder }
    }
    return table
  }()
}
