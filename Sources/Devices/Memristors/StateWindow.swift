import Numerics

/// Windows f(x) of the linear-drift model: how much slower the state moves near its bounds.
///
/// Sources: Y. N. Joglekar and S. J. Wolf (2009); Z. Biolek, D. Biolek and V. Biolkova (2009);
/// T. Prodromakis et al. (2011); full references on the memristor's page.
enum StateWindow: Int, Sendable {
  case none, joglekar, biolek, prodromakis

  /// - Parameters:
  ///   - state: 0...1, or slightly beyond.
  ///   - current: only its sign counts, and only for Biolek's window.
  @inline(__always)
  func value<Scalar: RealScalar>(
    _ state: Scalar, current: Double, exponent: Double, height: Double
  ) -> Scalar {
    switch self {
    case .none: return Scalar(1)
    case .joglekar:
      let y = 2 * state - Scalar(1)
      return Scalar(1) - Self.power(y * y, exponent)
    case .biolek:
      let y = current < 0 ? state - Scalar(1) : state
      return Scalar(1) - Self.power(y * y, exponent)
    case .prodromakis:
      let y = state - Scalar(0.5)
      return height * (Scalar(1) - Self.power(y * y + Scalar(0.75), exponent))
    }
  }

  /// base^exponent of a base that is not negative; where the slope at 0 is infinite, it is cut.
  @inline(__always)
  private static func power<Scalar: RealScalar>(_ base: Scalar, _ exponent: Double) -> Scalar {
    if exponent == 1 { return base }
    return base.value > 0 ? base.raised(to: exponent) : Scalar(0)
  }
}
