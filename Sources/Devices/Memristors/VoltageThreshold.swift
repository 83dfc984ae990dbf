import Numerics
import Schematic

/// dR/dt = beta v + (alpha - beta)/2 (|v + vt| - |v - vt|), rmin <= R <= rmax.
enum VoltageThreshold {
  static let parameters = [
    Parameter("rmin", unit: "ohm", default: 10, range: .positive, "Smallest resistance."),
    Parameter("rmax", unit: "ohm", default: 1e4, range: .positive, "Largest resistance."),
    Parameter(
      "rinit", unit: "ohm", default: 7e3, range: .positive, "Resistance at the start."),
    Parameter("alpha", unit: "ohm/V/s", default: 0, "Rate of change below the threshold."),
    Parameter("beta", unit: "ohm/V/s", default: 1, "Rate of change above the threshold."),
    Parameter("vt", unit: "V", default: 0, range: .nonnegative, "Threshold."),
  ]

  static func add(
    _ values: DeviceValues, to bank: VoltageThresholdBank, _ layout: EquationLayout
  ) throws(Fault) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let (least, most) = (model("rmin"), model("rmax"))
    guard most > least else {
      throw values.refusal(of: "rmax", "the memristor's rmax is not above its rmin")
    }
    let range = most - least
    let start = (min(max(model("rinit"), least), most) - least) / range
    let equations = VoltageThresholdEquations(
      multiplicity: values.number("m"), temperature: values.temperature, least: least,
      range: range, slow: model("alpha") / range, fast: model("beta") / range,
      threshold: model("vt"),
      initial: values.initialState ?? start,
      reach: min(StateBounds.width, 0.05 * least / range))
    bank.append(equations, of: values, layout)
  }
}

/// The state is (R - rmin) / (rmax - rmin).
struct VoltageThresholdEquations: MemristiveEquations {
  let multiplicity: Double
  let temperature: Double
  let least: Double
  let range: Double
  /// alpha and beta over the range, 1/(V s).
  let slow: Double
  let fast: Double
  let threshold: Double
  let initial: Double
  let reach: Double

  func start(_ voltage: Double) -> Double { initial }

  @inline(__always)
  private func resistance<Scalar: RealScalar>(_ state: Scalar) -> Scalar {
    Scalar(least) + range * StateBounds.bounded(state, reach: reach)
  }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    voltage / resistance(state)
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    let limit = Scalar(threshold)
    let clipped = 0.5 * ((voltage + limit).magnitude - (voltage - limit).magnitude)
    return StateBounds.restrained(fast * voltage + (slow - fast) * clipped, state)
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double { resistance(state) }
}

final class VoltageThresholdBank: LocalBank {
  let store = LocalStore<VoltageThresholdEquations>()
}
