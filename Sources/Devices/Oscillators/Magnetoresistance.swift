import Numerics

/// The conductance of a magnetic tunnel junction at an angle whose cosine is m.p:
///
///     g = gp [(1 + m.p)/2 + (1 - m.p)/2 / (1 + TMR)],   TMR = tmr0 / (1 + (v/vh)^2)
struct Magnetoresistance: Sendable {
  /// Siemens, m parallel to p.
  let conductance: Double
  let ratio: Double
  /// Volts at which the ratio has fallen by half.
  let halfVoltage: Double

  /// From the parameters `gp`, `tmr0` and `vh`.
  init(_ number: (String) -> Double) {
    conductance = number("gp")
    ratio = number("tmr0")
    halfVoltage = number("vh")
  }

  /// Siemens.
  @inline(__always)
  func conductance<Scalar: RealScalar>(_ cosine: Scalar, _ voltage: Scalar) -> Scalar {
    let relative = (1 / halfVoltage) * voltage
    let ratio = Scalar(ratio) / (Scalar(1) + relative * relative)
    return (0.5 * conductance)
      * (Scalar(1) + cosine + (Scalar(1) - cosine) / (Scalar(1) + ratio))
  }

  /// d(g v)/dv at this angle, siemens; where it is negative it makes no noise, and is 0.
  func noisyConductance(_ cosine: Double, _ voltage: Double) -> Double {
    let v = Dual<SIMD2<Double>>(voltage, variable: 0)
    return max(0, (conductance(Dual(cosine), v) * v).partials[0])
  }
}
