import Foundation
import Sweep

extension CampaignAxis {
  /// A value of the axis as people read it: "10 uA" where the unit is known, else as a deck writes
  /// it, "100u" or "0.8".
  func text(_ value: Double) -> String {
    switch unit {
    case nil: Quantity.suffixed(value)
    case Self.row: "\(Int(value))"
    case "degC": "\(Quantity.text(value)) °C"
    // people say 0.8 V
    case let unit? where (0.1..<1).contains(abs(value)): "\(Quantity.text(value)) \(unit)"
    case let unit?: Quantity.text(value, unit: unit)
    }
  }
}

extension CampaignAxis {
  /// The unit as a plot has it.
  var drawnUnit: String? { unit == "degC" ? "°C" : unit }
}

extension Quantity {
  private static let suffixes: [(factor: Double, text: String)] = [
    (1e12, "t"), (1e9, "g"), (1e6, "meg"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "u"),
    (1e-9, "n"), (1e-12, "p"), (1e-15, "f"),
  ]

  /// A number without a unit, with a suffix of the deck language where it is below 0.01 or from
  /// 10000 on: "100u", "0.8", "192".
  static func suffixed(_ value: Double, digits: Int = 4) -> String {
    let magnitude = abs(Double(text(value, digits: digits)) ?? value)
    guard value.isFinite, value != 0, magnitude < 0.01 || magnitude >= 1e4,
      let suffix = suffixes.first(where: { magnitude >= $0.factor * (1 - 1e-12) })
    else { return text(value, digits: digits) }
    return text(value / suffix.factor, digits: digits) + suffix.text
  }
}
