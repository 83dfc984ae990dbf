extension DeviceDescription.Parameter {
  /// The range as a user reads it: "> 0", ">= 0", "-1 to 1"; nil when any value will do.
  public var rangeText: String? {
    guard let range else { return nil }
    let low = range.lowerBound
    let high = range.upperBound
    let lowText = DeviceDescription.numberText(low)
    switch (low, high) {
    case (-Double.infinity, .infinity): return nil
    case (Double.leastNormalMagnitude, .infinity): return "> 0"
    case (Double.leastNormalMagnitude, _):
      return "> 0 and <= \(DeviceDescription.numberText(high))"
    case (_, .infinity): return ">= \(lowText)"
    case (-Double.infinity, _): return "<= \(DeviceDescription.numberText(high))"
    default: return "\(lowText) to \(DeviceDescription.numberText(high))"
    }
  }
}

extension DeviceDescription {
  /// A number as a user would write it: "27", "1e-14", "1.448e6", "0.25".
  public static func numberText(_ value: Double) -> String {
    let magnitude = abs(value)
    if value == 0 || !value.isFinite || (magnitude >= 1e-3 && magnitude < 1e6) {
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    // Swift writes the shortest digits that read back, but large numbers without an exponent.
    let text = "\(magnitude)"
    let parts = text.split(separator: "e")
    let point = parts[0].split(separator: ".")
    let whole = point[0] == "0" ? "" : String(point[0])
    let fraction = point.count > 1 ? String(point[1]) : ""
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = Array(all.dropFirst(leading))
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - leading - 1
    let mantissa = String(digits[0]) + (digits.count > 1 ? "." + String(digits[1...]) : "")
    return "\(value < 0 ? "-" : "")\(mantissa)e\(exponent)"
  }
}
