import Numerics
import Schematic

/// VTEAM: dw/dt = k (v / v_threshold - 1)^alpha f(x), with a threshold voltage for either sign.
///
/// Source: S. Kvatinsky, M. Ramadan, E. G. Friedman, A. Kolodny, "VTEAM: a general model for
/// voltage-controlled memristors", IEEE Trans. Circuits Syst. II 62 (2015) 786.
enum VoltageAdaptive {
  static let parameters = [
    Parameter("ron", unit: "ohm", default: 50, range: .positive, "Resistance at w = won."),
    Parameter("roff", unit: "ohm", default: 1000, range: .positive, "Resistance at w = woff."),
    Parameter("won", unit: "m", default: 0, "Position of the state variable when on."),
    Parameter("woff", unit: "m", default: 3e-9, "Position of the state variable when off."),
    Parameter("kon", unit: "m/s", default: -10, "Speed towards on; below zero."),
    Parameter("koff", unit: "m/s", default: 5e-4, "Speed towards off."),
    Parameter("alphaon", unit: "1", default: 3, range: .positive, "Exponent towards on."),
    Parameter("alphaoff", unit: "1", default: 1, range: .positive, "Exponent towards off."),
    Parameter("von", unit: "V", default: -0.2, "Threshold towards on; below zero."),
    Parameter("voff", unit: "V", default: 0.02, range: .positive, "Threshold towards off."),
    Parameter(
      "wt", unit: "1", default: 0, range: 0...3,
      "Window f(x): 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis."),
    Parameter("p", unit: "1", default: 1, range: .positive, "Exponent of the window."),
    Parameter("j", unit: "1", default: 1, range: .positive, "Height of Prodromakis' window."),
    Parameter(
      "xo", aliases: ["x0", "xinit"], unit: "1", default: 0, range: .fraction,
      "State at the start, of instances that give none."),
  ]

  static func add(
    _ values: DeviceValues, to bank: VoltageAdaptiveBank, _ layout: EquationLayout
  ) throws(Fault) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let length = model("woff") - model("won")
    guard length > 0 else {
      throw values.refusal(of: "woff", "the memristor's woff is not above its won")
    }
    guard model("von") < 0 else {
      throw values.refusal(of: "von", "the memristor's von must be below 0")
    }
    let equations = VoltageAdaptiveEquations(
      multiplicity: values.number("m"), temperature: values.temperature, on: model("ron"),
      off: model("roff"), isExponential: values.flag("ivrelation"),
      speeds: (model("kon") / length, model("koff") / length),
      exponents: (model("alphaon"), model("alphaoff")), thresholds: (model("von"), model("voff")),
      initial: values.initialState ?? model("xo"),
      window: StateWindow(rawValue: Int(model("wt"))) ?? .none, exponent: model("p"),
      height: model("j"))
    bank.append(equations, of: values, layout)
  }
}

/// The state is (w - won) / (woff - won). Pairs are (on, off).
struct VoltageAdaptiveEquations: MemristiveEquations {
  let multiplicity: Double
  let temperature: Double
  let on: Double
  let off: Double
  let isExponential: Bool
  /// 1/s.
  let speeds: (Double, Double)
  let exponents: (Double, Double)
  let thresholds: (Double, Double)
  let initial: Double
  let window: StateWindow
  let exponent: Double
  let height: Double

  func start(_ voltage: Double) -> Double { initial }

  @inline(__always)
  private func resistance<Scalar: RealScalar>(_ state: Scalar) -> Scalar {
    let reach = min(
      StateBounds.width, 0.05 * min(on, off) / max(abs(off - on), .leastNormalMagnitude))
    let place = StateBounds.bounded(state, reach: reach)
    if isExponential { return on * (naturalLogarithm(off / on) * place).exponential }
    return Scalar(on) + (off - on) * place
  }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    voltage / resistance(state)
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    let v = voltage.value
    let free: Scalar
    if v > thresholds.1 {
      free = speeds.1 * ((1 / thresholds.1) * voltage - Scalar(1)).raised(to: exponents.1)
    } else if v < thresholds.0 {
      free = speeds.0 * ((1 / thresholds.0) * voltage - Scalar(1)).raised(to: exponents.0)
    } else {
      return Scalar(0)
    }
    let inside = state.value > 1 ? Scalar(1) : state.value < 0 ? Scalar(0) : state
    let slowing = window.value(inside, current: v, exponent: exponent, height: height)
    return StateBounds.restrained(free * slowing, state)
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double { resistance(state) }
}

final class VoltageAdaptiveBank: LocalBank {
  let store = LocalStore<VoltageAdaptiveEquations>()
}
