/// A command line, parsed and checked against its command's table.
struct Invocation: Equatable, Sendable {
  var arguments: [String] = []
  /// Values by long option name, in the order they were given; a flag has one empty value.
  var values: [String: [String]] = [:]

  func flag(_ option: String) -> Bool { values[option] != nil }

  /// The last value given, as the last one wins.
  func text(_ option: String) -> String? { values[option]?.last }

  func texts(_ option: String) -> [String] { values[option] ?? [] }

  /// - Precondition: the table declares the option as an integer.
  func integer(_ option: String) -> Int? {
    text(option).map { text in
      guard let value = Int(text) else { preconditionFailure("--\(option) is no integer") }
      return value
    }
  }

  /// - Precondition: the table declares the option as a number.
  func number(_ option: String) -> Double? {
    text(option).map { text in
      guard let value = EngineeringNumber.value(text) else {
        preconditionFailure("--\(option) is no number")
      }
      return value
    }
  }

  /// Columns and rows of `16x12`.
  /// - Precondition: the table declares the option as a size.
  func size(_ option: String) -> (width: Int, height: Int)? {
    text(option).map { text in
      guard let size = ImageSize.value(text) else { preconditionFailure("--\(option) is no size") }
      return size
    }
  }

  /// The `-p name=value` pairs, names in lower case.
  var parameters: [(name: String, value: String)] {
    texts("param").map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (parts[0].lowercased(), String(parts[1]))
    }
  }
}

/// Numbers with SPICE's suffixes, as decks write them: `2u`, `1.5meg`, `10kOhm`.
enum EngineeringNumber {
  private static let exponents: [(text: String, exponent: Int)] = [
    ("meg", 6), ("t", 12), ("g", 9), ("x", 6), ("k", 3), ("m", -3), ("u", -6), ("n", -9),
    ("p", -12), ("f", -15), ("a", -18),
  ]

  /// The number, or nil where `text` is none or is not finite.
  static func value(_ text: String) -> Double? {
    let lower = text.lowercased()
    if let plain = Double(lower) { return plain.isFinite ? plain : nil }
    // The unit begins at the first letter that is not the exponent of a number.
    for end in lower.indices.reversed() {
      guard let head = Double(lower[..<end]) else { continue }
      let tail = lower[end...]
      guard tail.allSatisfy(\.isLetter), head.isFinite else { return nil }
      return scaled(head, String(lower[..<end]), by: String(tail))
    }
    return nil
  }

  private static func scaled(_ head: Double, _ digits: String, by tail: String) -> Double? {
    if tail.hasPrefix("mil") { return head * 25.4e-6 }
    let exponent = exponents.first { tail.hasPrefix($0.text) }?.exponent ?? 0
    // Read as one decimal, so that 2.5u is the number nearest to 2.5e-6.
    let value =
      digits.contains("e")
      ? head * (Double("1e\(exponent)") ?? 1) : Double("\(digits)e\(exponent)") ?? head
    return value.isFinite ? value : nil
  }
}

/// `16x12`: columns and rows of an image.
enum ImageSize {
  static let largest = 4096

  /// Both at least 1 and at most `largest`, or nil.
  static func value(_ text: String) -> (width: Int, height: Int)? {
    let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      (1...largest).contains(width), (1...largest).contains(height)
    else { return nil }
    return (width, height)
  }
}
