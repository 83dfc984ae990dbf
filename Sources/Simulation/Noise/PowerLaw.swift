import Numerics

/// Integration of what is a straight line on logarithmic axes.
enum PowerLaw {
  /// The integral from f1 to f2 of the power of f through (f1, s1) and (f2, s2); where there is
  /// none, of the straight line.
  static func integral(_ f1: Double, _ s1: Double, _ f2: Double, _ s2: Double) -> Double {
    guard f1 > 0, f2 > 0, s1 > 0, s2 > 0, f1 != f2 else { return (s1 + s2) / 2 * (f2 - f1) }
    let logarithm = naturalLogarithm(f2 / f1)
    // with s = s1 (f / f1)^a the integral is s1 f1 (r^(a + 1) - 1) / (a + 1), r = f2 / f1
    let exponent = naturalLogarithm(s2 / s1) / logarithm + 1
    let growth = exponent * logarithm
    if abs(growth) < 1e-5 { return s1 * f1 * logarithm * (1 + growth / 2) }
    return s1 * f1 * (exponential(growth) - 1) / exponent
  }
}
