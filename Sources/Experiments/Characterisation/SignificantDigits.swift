import Numerics

extension Double {
  /// To so many significant digits.
  func rounded(digits: Int) -> Double {
    guard isFinite, self != 0 else { return self }
    let exponent = digits - 1 - Int(orderOfMagnitude(self))
    // by a power that is exact where it can be
    let scale = scaleFactor(abs(exponent))
    return exponent >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale
  }
}

/// Of the first digit. Outside the extension, whose members of these names hide the functions.
private func orderOfMagnitude(_ value: Double) -> Double {
  decimalLogarithm(abs(value)).rounded(.down)
}

private func scaleFactor(_ exponent: Int) -> Double { power(10, Double(exponent)) }
