import Numerics

/// Static current of one junction, without series resistance:
///
///     v >= -3 n Vt    is (exp(v / (n Vt)) - 1)
///     below           -is (1 + (3 n Vt / (e v))^3), which joins it with the same slope
///     v < -bv         -is exp(-(bv + v) / (nbv Vt))
///
/// Source: SPICE3 and ngspice 39.
struct JunctionCurrent {
  /// Amperes, at the device's temperature.
  var saturation: Double
  /// n Vt, volts.
  var emission: Double
  /// Where the breakdown current takes over, volts; infinite for none.
  var breakdown = Double.infinity
  /// nbv Vt, volts.
  var breakdownEmission = 1.0

  @inline(__always)
  func current<Scalar: RealScalar>(_ v: Scalar) -> Scalar {
    if v.value >= -3 * emission {
      return saturation * ((1 / emission * v).exponentialContinued - 1.0)
    }
    if v.value >= -breakdown {
      let a = Scalar(3 * emission / 2.718_281_828_459_045) / v
      return -saturation * (1.0 + a * a * a)
    }
    let x = (-1 / breakdownEmission) * (v + Scalar(breakdown))
    return -saturation * x.exponentialContinued
  }

  /// The current's integral over the voltage from zero, watts.
  func integral(_ v: Double) -> Double {
    let edge = -3 * emission
    if v >= edge {
      let x = v / emission
      let forward =
        x > 200
        ? exponential(200) * (1 + (x - 200) + 0.5 * (x - 200) * (x - 200)) : exponential(x)
      return saturation * (emission * (forward - 1) - v)
    }
    let a = 3 * emission / 2.718_281_828_459_045
    let cube = a * a * a
    func reverse(_ v: Double) -> Double { -saturation * (v - cube / (2 * v * v)) }
    if v >= -breakdown { return integral(edge) + reverse(v) - reverse(edge) }
    let x = -(v + breakdown) / breakdownEmission
    let broken =
      x > 200 ? exponential(200) * (1 + (x - 200) + 0.5 * (x - 200) * (x - 200)) : exponential(x)
    return integral(-breakdown) + saturation * breakdownEmission * (broken - 1)
  }

  /// The breakdown voltage at which this junction's exponential meets the current `ibv` at `bv`.
  mutating func fitBreakdown(at voltage: Double, current: Double, thermalVoltage vt: Double) {
    breakdown = voltage
    guard saturation > 0, voltage > 0, current > saturation * voltage / vt else { return }
    breakdown = voltage - breakdownEmission * naturalLogarithm(1 + current / saturation)
    for _ in 0..<25 {
      let ratio = current / saturation + 1 - breakdown / vt
      breakdown = voltage - breakdownEmission * naturalLogarithm(ratio)
    }
  }
}
