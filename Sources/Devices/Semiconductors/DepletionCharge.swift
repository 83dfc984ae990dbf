import Numerics

/// Charge of a depletion layer of capacitance c0 (1 - v/vj)^-m, continued above fc vj by the
/// tangent of the capacitance; zero at zero volts.
///
/// Source: P. Antognetti and G. Massobrio, Semiconductor Device Modeling with SPICE (1993).
struct DepletionCharge {
  /// Farads at zero volts.
  let capacitance: Double
  /// vj, volts.
  let potential: Double
  /// m.
  let grading: Double
  /// fc vj: where the tangent begins, volts.
  let edge: Double
  private let edgeCapacitance: Double
  /// dC/dv above the edge.
  private let edgeSlope: Double
  private let edgeCharge: Double

  static let none = DepletionCharge(capacitance: 0, potential: 1, grading: 0.5, fraction: 0.5)

  init(capacitance: Double, potential: Double, grading: Double, fraction: Double) {
    self.capacitance = capacitance
    self.potential = potential
    self.grading = grading
    edge = fraction * potential
    let u = 1 - fraction
    edgeCapacitance = capacitance * power(u, -grading)
    edgeSlope = capacitance * grading / potential * power(u, -1 - grading)
    edgeCharge = capacitance * potential / (1 - grading) * (1 - power(u, 1 - grading))
  }

  /// Coulombs.
  @inline(__always)
  func charge<Scalar: RealScalar>(_ v: Scalar) -> Scalar {
    if v.value >= edge {
      let w = v - Scalar(edge)
      return w * (Scalar(edgeCapacitance) + (0.5 * edgeSlope) * w) + Scalar(edgeCharge)
    }
    let u: Scalar = 1.0 - (1 / potential) * v
    let rest = grading == 0.5 ? u.squareRoot : u.raised(to: 1 - grading)
    return (capacitance * potential / (1 - grading)) * (1.0 - rest)
  }

  /// Farads.
  func differential(_ v: Double) -> Double {
    v >= edge
      ? edgeCapacitance + edgeSlope * (v - edge)
      : capacitance * power(1 - v / potential, -grading)
  }

  /// The integral of v dq from zero volts, joules.
  func energy(_ v: Double) -> Double {
    let below = min(v, edge)
    let u = 1 - below / potential
    let first = (1 - power(u, 1 - grading)) / (1 - grading)
    let second = (1 - power(u, 2 - grading)) / (2 - grading)
    let energy = capacitance * potential * potential * (first - second)
    guard v > edge else { return energy }
    let base = edgeCapacitance - edgeSlope * edge
    return energy + base * (v * v - edge * edge) / 2
      + edgeSlope * (v * v * v - edge * edge * edge) / 3
  }
}
