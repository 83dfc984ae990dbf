import Schematic

/// `name[i:j]` or `name[i:j][k:l]`: a family of names, row-major.
struct ArrayName {
  /// No array is longer: what is written in ten bytes must not take gigabytes.
  static let limit = 4_000_000

  var base: String
  var ranges: [(first: Int, last: Int)]
  var count: Int

  /// Nil for a name without a range (`out[3]` is a plain name).
  init?(_ token: Token) throws(Fault) {
    if token.text.contains(":"), token.text.contains("[") != token.text.contains("]") {
      throw Fault(
        "malformed-array", "expected a range like [0:191] or [0:11][0:15]", at: token.origin)
    }
    guard token.text.utf8.last == UInt8(ascii: "]"),
      let open = token.text.firstIndex(of: "["), token.text[open...].contains(":")
    else { return nil }
    base = String(token.text[..<open])
    ranges = []
    count = 1
    for part in token.text[token.text.index(after: open)...].dropLast().split(
      separator: "][", omittingEmptySubsequences: false)
    {
      let bounds = part.split(separator: ":", omittingEmptySubsequences: false)
      guard bounds.count <= 2, ranges.count < 2,
        let first = Int(bounds[0]), let last = Int(bounds[bounds.count - 1]),
        (0...Int(Int32.max)).contains(first), (0...Int(Int32.max)).contains(last)
      else {
        throw Fault(
          "malformed-array", "expected a range like [0:191] or [0:11][0:15]", at: token.origin)
      }
      ranges.append((first, last))
      count *= abs(last - first) + 1
      guard count <= ArrayName.limit else {
        throw Fault(
          "array-too-large", "'\(token.text)' has more than \(ArrayName.limit) elements",
          at: token.origin)
      }
    }
  }

  /// The name of element `index`: "out[3]", "out[1][2]".
  func element(_ index: Int) -> String {
    func bound(_ range: (first: Int, last: Int), _ offset: Int) -> Int {
      range.last < range.first ? range.first - offset : range.first + offset
    }
    guard ranges.count == 2 else { return "\(base)[\(bound(ranges[0], index))]" }
    let columns = abs(ranges[1].last - ranges[1].first) + 1
    return "\(base)[\(bound(ranges[0], index / columns))][\(bound(ranges[1], index % columns))]"
  }
}
