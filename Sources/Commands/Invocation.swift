import Netlist

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
