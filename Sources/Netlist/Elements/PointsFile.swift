import Schematic

/// A file of two columns, abscissa and value, divided by blanks, commas or semicolons.
enum PointsFile {
  static let limit = 10_000_000

  /// x0, y0, x1, y1, ...; lines that begin with `#`, `*` or `;` say nothing.
  /// - Throws: where the file cannot be read, holds something else, or does not increase in x.
  static func read(_ path: String, named token: Token) throws(Fault) -> [Double] {
    let data: [UInt8]
    do throws(FileSystem.Failure) {
      data = try FileSystem.read(path)
    } catch {
      throw Fault(
        "no-such-file", "cannot read '\(token.text)'", at: token.origin, label: error.reason)
    }
    var numbers: [Double] = []
    var line = 0
    for text in data.split(separator: 10, omittingEmptySubsequences: false) {
      line += 1
      let words = text.split { $0 <= 32 || $0 == 44 || $0 == 59 }
      guard let first = words.first, ![35, 42].contains(first.first) else { continue }
      let pair = words.prefix(2).compactMap {
        EngineeringNumber.value(String(decoding: $0, as: UTF8.self))
      }
      guard pair.count == 2, pair.allSatisfy(\.isFinite) else {
        // a line of headings may come first
        if numbers.isEmpty, line == 1 { continue }
        throw Fault(
          "malformed-file", "line \(line) of '\(token.text)' is not a time and a value",
          at: token.origin)
      }
      if let last = numbers.dropLast().last, !(pair[0] > last) {
        throw Fault(
          "points-not-increasing", "the times of '\(token.text)' do not increase at line \(line)",
          at: token.origin)
      }
      numbers += pair
      guard numbers.count <= limit else {
        throw Fault("too-many-points", "'\(token.text)' has too many points", at: token.origin)
      }
    }
    guard !numbers.isEmpty else {
      throw Fault("malformed-file", "'\(token.text)' has no points", at: token.origin)
    }
    return numbers
  }
}
