import Foundation

/// A JSON value, made by hand so that what is not finite becomes null and keys come out sorted.
enum JSON: Encodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Null when it is not finite: JSON has no other word for "not reached".
  case number(Double)
  case text(String)
  case array([JSON])
  case object([String: JSON])

  /// Null for nil.
  static func optional(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
  static func optional(_ value: String?) -> JSON { value.map { .text($0) } ?? .null }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value):
      if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
    case .text(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }

  /// UTF-8, indented, keys sorted, with a newline at the end.
  var rendered: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("every JSON value can be encoded")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
