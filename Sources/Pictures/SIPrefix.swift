/// A decimal multiple of a unit.
public struct SIPrefix: Equatable, Sendable {
  public let symbol: String
  public let factor: Double

  public static let none = SIPrefix(symbol: "", factor: 1)

  static let all = [
    SIPrefix(symbol: "a", factor: 1e-18), SIPrefix(symbol: "f", factor: 1e-15),
    SIPrefix(symbol: "p", factor: 1e-12), SIPrefix(symbol: "n", factor: 1e-9),
    SIPrefix(symbol: "µ", factor: 1e-6), SIPrefix(symbol: "m", factor: 1e-3), .none,
    SIPrefix(symbol: "k", factor: 1e3), SIPrefix(symbol: "M", factor: 1e6),
    SIPrefix(symbol: "G", factor: 1e9), SIPrefix(symbol: "T", factor: 1e12),
  ]

  /// Units that take a prefix; "%" or "rad" do not.
  static let prefixable: Set<String> = [
    "s", "Hz", "J", "W", "A", "V", "T", "F", "H", "m", "ohm", "Ω", "S", "C", "K",
    "V/√Hz", "A/√Hz",
  ]

  /// The prefix with which `magnitude` reads as a number from 1 up to 1000; none for zero, for what
  /// is not finite, and beyond the prefixes' range its end.
  public init(for magnitude: Double) {
    let size = abs(magnitude)
    guard size > 0, size.isFinite else {
      self = .none
      return
    }
    // A hair below a power of ten still counts as that power.
    self = Self.all.last { size * (1 + 1e-12) >= $0.factor } ?? Self.all[0]
  }

  private init(symbol: String, factor: Double) {
    self.symbol = symbol
    self.factor = factor
  }

  /// "20 ns": a quantity with the prefix that suits it, to `digits` significant digits.
  public static func text(_ value: Double, unit: String, digits: Int = 3) -> String {
    guard value.isFinite else { return "\(value) \(unit)" }
    var prefix = SIPrefix(for: value)
    var number = significant(value / prefix.factor, digits)
    if abs(number) >= 1000 {
      prefix = SIPrefix(for: number * prefix.factor)
      number = significant(value / prefix.factor, digits)
    }
    let text = number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    return "\(text) \(prefix.symbol)\(unit)"
  }

  private static func significant(_ value: Double, _ digits: Int) -> Double {
    guard value != 0 else { return 0 }
    var scale = 1.0
    while abs(value) * scale < 0.1 { scale *= 10 }
    var places = digits
    var size = abs(value) * scale
    while size >= 1 {
      size /= 10
      places -= 1
    }
    for _ in 0..<max(0, places) { scale *= 10 }
    for _ in 0..<max(0, -places) { scale /= 10 }
    return (value * scale).rounded() / scale
  }
}
