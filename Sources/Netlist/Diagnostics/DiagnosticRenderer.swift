public import Schematic

/// Shows a fault in its deck: the place, the line, carets, and what leads there.
///
///     error[unknown-model]: no model named 'stoo'
///       --> netlists/recall.cir:14:22
///        |
///     14 | Ysto x1 a b model=stoo
///        |                   ^^^^ did you mean 'sto'?
public enum DiagnosticRenderer {
  /// Characters of the deck's line that are shown; longer lines are cut around the caret.
  static let width = 100

  /// Several lines, without a line end after the last.
  public static func render(_ fault: Fault, in sources: SourceMap) -> String {
    var lines = [
      "\(fault.severity.rawValue)[\(fault.identifier)]: \(shortened(printable(fault.message)))"
    ]
    var margin = " "
    if let file = sources.file(fault.origin), let place = sources.position(fault.origin) {
      margin = String(repeating: " ", count: String(place.line).utf8.count)
      lines.append("\(margin)--> \(file.path):\(place.line):\(place.column)")
      let excerpt = Excerpt(fault.origin, in: file)
      lines.append("\(margin) |")
      lines.append("\(place.line) | \(excerpt.text)".trimmingBlanks)
      let label = fault.label.map { " \(printable($0))" } ?? ""
      let blanks = String(repeating: " ", count: excerpt.column)
      let carets = String(repeating: "^", count: excerpt.carets)
      lines.append("\(margin) | \(blanks)\(carets)\(label)")
      lines.append(contentsOf: chain(file, sources).map { "\(margin) = \($0)" })
    } else if let label = fault.label {
      lines.append("\(margin) = \(printable(label))")
    }
    if let path = fault.instancePath { lines.append("\(margin) = in instance \(printable(path))") }
    if let help = fault.help { lines.append("\(margin) = help: \(printable(help))") }
    return lines.joined(separator: "\n")
  }

  /// Where the file was asked for, innermost first.
  private static func chain(_ file: SourceFile, _ sources: SourceMap) -> [String] {
    var result: [String] = []
    var origin = file.includedAt
    while let outer = sources.file(origin), let place = sources.position(origin) {
      result.append("included at \(outer.path):\(place.line)")
      origin = outer.includedAt
    }
    return result
  }

  /// A message without the middle of a name of thousands of letters.
  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > 240 else { return text }
    return "\(text.prefix(120))...\(text.suffix(40))"
  }

  /// Nothing of a deck may steer the terminal it is shown on.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control: result.append(scalar == "\t" ? " " : "\u{FFFD}")
      case .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var result = self
    while result.last == " " { result.removeLast() }
    return result
  }
}

/// The part of a line that is shown, and where the carets stand under it.
private struct Excerpt {
  var text: String
  /// Characters before the first caret.
  var column: Int
  var carets: Int

  init(_ origin: Origin, in file: SourceFile) {
    let bytes = file.bytes
    let offset = min(Int(origin.offset), bytes.count)
    // a line may be 100 MB long: look no further than what can be shown
    let reach = 4 * DiagnosticRenderer.width
    var start = offset
    while start > 0, offset - start < reach, bytes[start - 1] != 10 { start -= 1 }
    while start > 0, start < offset, bytes[start] & 0xC0 == 0x80 { start += 1 }
    var end = offset
    while end < bytes.count, end - offset < reach, bytes[end] != 10, bytes[end] != 13 { end += 1 }
    let before = Array(Excerpt.characters(bytes[start..<offset]))
    let after = Array(Excerpt.characters(bytes[offset..<end]))
    let spanEnd = min(end, offset + max(0, Int(origin.length)))
    let span = Excerpt.characters(bytes[offset..<max(offset, spanEnd)]).count

    let width = DiagnosticRenderer.width
    let room = max(width - min(before.count, width / 2), width / 2)
    let cutsLeft = before.count > width / 2 && before.count + after.count > width
    let keptBefore = cutsLeft ? Array(before.suffix(width / 2)) : before
    let keptAfter = Array(after.prefix(room))
    let left = cutsLeft || start > 0 && bytes[start - 1] != 10 ? "..." : ""
    let cutsRight = after.count > keptAfter.count || end < bytes.count && end - offset >= reach
    text = left + String(keptBefore) + String(keptAfter) + (cutsRight ? "..." : "")
    column = left.count + keptBefore.count
    carets = max(1, min(span, keptAfter.count))
  }

  /// One printable character for each of the line's, so that the carets stand below them.
  private static func characters(_ bytes: ArraySlice<UInt8>) -> [Character] {
    DiagnosticRenderer.printable(String(decoding: bytes, as: UTF8.self)).unicodeScalars.map {
      Character($0)
    }
  }
}
