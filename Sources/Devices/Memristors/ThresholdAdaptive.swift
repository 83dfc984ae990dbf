import Numerics
import Schematic

/// TEAM: dx/dt = k (i / i_threshold - 1)^alpha f(x), with thresholds and windows for either sign.
/// Names and defaults are Xyce's; its default ion is positive although the equations need it below
/// zero, so decks give it.
enum ThresholdAdaptive {
  static let parameters =
    [
      Parameter("ron", unit: "ohm", default: 50, range: .positive, "Resistance at x = xon."),
      Parameter("roff", unit: "ohm", default: 1000, range: .positive, "Resistance at x = xoff."),
      Parameter("xon", unit: "m", default: 0, "Position of the barrier when on."),
      Parameter("xoff", unit: "m", default: 3e-9, "Position of the barrier when off."),
      Parameter("kon", unit: "m/s", default: -8e-13, "Speed towards on; below zero."),
      Parameter("koff", unit: "m/s", default: 8e-13, "Speed towards off."),
      Parameter("alphaon", unit: "1", default: 3, range: .nonnegative, "Exponent towards on."),
      Parameter("alphaoff", unit: "1", default: 3, range: .nonnegative, "Exponent towards off."),
      Parameter("ion", unit: "A", default: 8.9e-6, "Current threshold towards on."),
      Parameter("ioff", unit: "A", default: 1.15e-4, "Current threshold towards off."),
      Parameter(
        "wt", unit: "1", default: 0, range: 0...4,
        "Window: 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis, 4 Kvatinsky."),
      Parameter(
        "wc", unit: "m", default: 1.07e-12, range: .positive, "Width of Kvatinsky's window."),
      Parameter("aon", unit: "m", default: 0, "Centre of Kvatinsky's window towards on."),
      Parameter("aoff", unit: "m", default: 3e-9, "Centre of Kvatinsky's window towards off."),
      Parameter("d", unit: "m", default: 1.15e-4, "Thickness in the windows 1 to 3."),
      Parameter("p", unit: "1", default: 1.15e-4, "Exponent of the windows 1 to 3."),
      Parameter("j", unit: "1", default: 1.15e-4, "Height of Prodromakis' window."),
      Parameter(
        "xscaling", unit: "1", default: 1, range: .positive,
        "Factor on the state in the equations; 1e9 counts it in nanometres."),
    ] + TelegraphNoise.resistance

  static func add(
    _ values: DeviceValues, _ input: BankInput, to bank: ThresholdAdaptiveBank,
    _ layout: EquationLayout
  ) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let scaling = model("xscaling")
    let (on, off) = (scaling * model("xon"), scaling * model("xoff"))
    let equations = ThresholdAdaptiveEquations(
      multiplicity: values.number("m"), temperature: values.temperature,
      resistances: (model("ron"), model("roff")), positions: (on, off),
      isExponential: values.flag("ivrelation"),
      speeds: (scaling * model("kon"), scaling * model("koff")),
      exponents: (model("alphaon"), model("alphaoff")), thresholds: (model("ion"), model("ioff")),
      window: Int(model("wt")), width: scaling * model("wc"),
      centres: (scaling * model("aon"), scaling * model("aoff")), thickness: model("d"),
      exponent: model("p"), height: model("j"))
    let scale = max(1e-6 * abs(off - on), .leastNormalMagnitude)
    let k = bank.store.instances.count
    bank.append(equations, of: values, scale: scale, layout)
    bank.telegraphs += Telegraph.ofResistance(values, k, input, parameters)
  }
}

/// The state is the barrier's position times xscaling; it starts at 0. Pairs are (on, off).
struct ThresholdAdaptiveEquations: TelegraphEquations {
  let multiplicity: Double
  let temperature: Double
  let resistances: (Double, Double)
  let positions: (Double, Double)
  let isExponential: Bool
  let speeds: (Double, Double)
  let exponents: (Double, Double)
  let thresholds: (Double, Double)
  let window: Int
  let width: Double
  let centres: (Double, Double)
  let thickness: Double
  let exponent: Double
  let height: Double
  var resistanceFactor = 1.0
  var growthFactor = 1.0

  func start(_ voltage: Double) -> Double { 0 }

  @inline(__always)
  private func resistance<Scalar: RealScalar>(_ state: Scalar) -> Scalar {
    let (on, off) = resistances
    let place = (1 / (positions.1 - positions.0)) * (state - Scalar(positions.0))
    if isExponential {
      return resistanceFactor * on * (naturalLogarithm(off / on) * place).exponential
    }
    return resistanceFactor * (Scalar(on) + (off - on) * place)
  }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    voltage / resistance(state)
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    // the order of the questions decides where a threshold has the wrong sign
    let i = current.value
    let free: Scalar
    if i >= thresholds.1 {
      free = speeds.1 * Self.power((1 / thresholds.1) * current - Scalar(1), exponents.1)
    } else if i <= thresholds.0 {
      free = speeds.0 * Self.power((1 / thresholds.0) * current - Scalar(1), exponents.0)
    } else {
      return Scalar(0)
    }
    return free * windowed(state, i)
  }

  @inline(__always)
  private func windowed<Scalar: RealScalar>(_ state: Scalar, _ current: Double) -> Scalar {
    switch window {
    case 1:
      return Scalar(1) - Self.power((2 / thickness) * state - Scalar(1), 2 * exponent)
    case 2:
      let base = (1 / thickness) * state - Scalar(current < 0 ? 0 : 1)
      return Scalar(1) - Self.power(base, 2 * exponent)
    case 3:
      let offset = state - Scalar(0.5)
      return height * (Scalar(1) - Self.power(offset * offset - Scalar(0.75), exponent))
    case 4:
      let distance =
        current >= 0
        ? (1 / width) * (state - Scalar(centres.1)) : (1 / width) * (Scalar(centres.0) - state)
      return (-Self.limited(distance).exponential).exponential
    default: return Scalar(1)
    }
  }

  /// exp(-exp(y)) is 0 beyond any y of 10; its inner exponential must not overflow.
  @inline(__always)
  private static func limited<Scalar: RealScalar>(_ y: Scalar) -> Scalar {
    y.value > 50 ? Scalar(50) : y
  }

  /// base^exponent; where it is not real, that of the base's magnitude.
  @inline(__always)
  private static func power<Scalar: RealScalar>(_ base: Scalar, _ exponent: Double) -> Scalar {
    if base.value == 0 && exponent < 1 { return Scalar(exponent == 0 ? 1 : 0) }
    let isReal = base.value > 0 || exponent == exponent.rounded()
    return (isReal ? base : base.magnitude).raised(to: exponent)
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double { resistance(state) }
}

final class ThresholdAdaptiveBank: TelegraphBank {
  let store = LocalStore<ThresholdAdaptiveEquations>()
  var telegraphs: [Telegraph] = []
}
