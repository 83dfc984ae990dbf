import Foundation

/// Numbers as people read them.
enum Quantity {
  private static let prefixes: [(exponent: Int, text: String)] = [
    (12, "T"), (9, "G"), (6, "M"), (3, "k"), (0, ""), (-3, "m"), (-6, "u"), (-9, "n"), (-12, "p"),
    (-15, "f"), (-18, "a"),
  ]

  /// So many significant digits, without an exponent where it is short.
  static func text(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "-" : value > 0 ? "inf" : "-inf" }
    return String(format: "%.\(digits)g", value)
  }

  /// With an engineering prefix: "4.3 us", "130 nJ"; "-" for what is not there.
  static func text(_ value: Double?, unit: String, digits: Int = 4) -> String {
    guard let value, value.isFinite else { return "-" }
    guard value != 0 else { return "0 \(unit)" }
    let magnitude = abs(Double(text(value, digits: digits)) ?? value)
    let prefix =
      prefixes.first { magnitude >= pow(10, Double($0.exponent)) } ?? prefixes[prefixes.count - 1]
    let scaled = text(value / pow(10, Double(prefix.exponent)), digits: digits)
    return "\(scaled) \(prefix.text)\(unit)"
  }

  /// "4.2 %".
  static func percent(_ value: Double?, digits: Int = 3) -> String {
    guard let value, value.isFinite else { return "-" }
    return "\(text(100 * value, digits: digits)) %"
  }
}
