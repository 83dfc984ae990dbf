import Foundation
import Schematic

/// A text file of columns, separated by blanks, tabs or commas: csv, prn and Xyce's own results.
/// Lines that begin with no number (headings, comments, `End of ...`) are passed over.
enum ColumnFile {
  /// Two columns, counted from 0, row by row.
  /// - Throws: `Fault` "no-such-file", "unreadable-file", "malformed-file".
  static func read(
    _ path: String, _ first: Int, _ second: Int, for origin: Origin
  ) throws(Fault) -> [(x: Double, y: Double)] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Fault("no-such-file", "there is no file '\(path)'", at: origin)
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Fault("unreadable-file", "'\(path)' cannot be read as text", at: origin)
    }
    var rows: [(x: Double, y: Double)] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let fields = line.split { $0 == "," || $0 == ";" || $0.isWhitespace }
      guard let opening = fields.first, Double(opening) != nil else { continue }
      guard max(first, second) < fields.count, let x = Double(fields[first]),
        let y = Double(fields[second])
      else {
        throw Fault(
          "malformed-file",
          "line \(number + 1) of '\(path)' has no numbers in columns \(first) and \(second)",
          at: origin, help: "columns count from 0")
      }
      rows.append((x, y))
    }
    guard !rows.isEmpty else {
      throw Fault("malformed-file", "'\(path)' holds no rows of numbers", at: origin)
    }
    return rows
  }
}
