import Schematic

/// A number outside any deck, such as an option's, in the deck's own spelling: `2u`, `1.5meg`,
/// `10kOhm`.
public enum EngineeringNumber {
  /// The number, sign allowed; nil where `text` is no number or one too large.
  public static func value(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    guard bytes.count <= 1 << 16 else { return nil }
    let source = SourceFile(path: "", folder: "", bytes: bytes)
    let line = LogicalLine(file: 0, start: 0, end: Int32(bytes.count))
    var cursor = Cursor(line, in: source, dialect: .xyce, faults: FaultCollector())
    let negative = cursor.byte == UInt8(ascii: "-")
    if negative || cursor.byte == UInt8(ascii: "+") { cursor.position += 1 }
    guard cursor.atNumber, let value = try? cursor.number(), cursor.position == cursor.end else {
      return nil
    }
    return negative ? -value : value
  }
}
