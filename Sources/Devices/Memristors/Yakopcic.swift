import Numerics
import Schematic

/// i = a x sinh(b v); dx/dt = eta g(v) f(x), with thresholds vp and vn. Decks give vn above zero.
enum Yakopcic {
  static let parameters =
    [
      Parameter("a1", unit: "A", default: 1, "Current amplitude for v >= 0."),
      Parameter("a2", unit: "A", default: 1, "Current amplitude for v < 0."),
      Parameter("b", unit: "1/V", default: 1, "Curvature of the current."),
      Parameter("vp", unit: "V", default: 0.01, "Threshold for v > 0."),
      Parameter("vn", unit: "V", default: -0.01, "Threshold for v < 0, written above zero."),
      Parameter("ap", unit: "1/s", default: 1, "Speed of the state for v > vp."),
      Parameter("an", unit: "1/s", default: 1, "Speed of the state for v < -vn."),
      Parameter("xp", unit: "1", default: 1, range: .fraction, "State above which a rise slows."),
      Parameter("xn", unit: "1", default: 1, range: .fraction, "State below which a fall slows."),
      Parameter(
        "alphap", unit: "1", default: 1, range: .nonnegative, "Rate of that slowing, rise."),
      Parameter(
        "alphan", unit: "1", default: 1, range: .nonnegative, "Rate of that slowing, fall."),
      Parameter("eta", unit: "1", default: 1, range: -1...1, "Direction of the state's motion."),
      Parameter(
        "xscaling", unit: "1", default: 1, range: .positive,
        "Taken for decks of Xyce, where it has no effect either."),
    ] + TelegraphNoise.resistance + TelegraphNoise.state

  static func add(
    _ values: DeviceValues, _ input: BankInput, to bank: YakopcicBank, _ layout: EquationLayout
  ) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let equations = YakopcicEquations(
      multiplicity: values.number("m"), temperature: values.temperature,
      amplitudes: (model("a1"), model("a2")), curvature: model("b"),
      thresholds: (model("vp"), model("vn")), speeds: (model("ap"), model("an")),
      edges: (model("xp"), model("xn")), rates: (model("alphap"), model("alphan")),
      direction: model("eta"), initial: values.initialState ?? 0)
    let k = bank.store.instances.count
    bank.append(equations, of: values, layout)
    bank.telegraphs += Telegraph.ofResistance(values, k, input, parameters)
    bank.telegraphs += Telegraph.ofGrowth(values, k, input, parameters)
  }
}

/// Pairs are (for v >= 0, for v < 0).
struct YakopcicEquations: TelegraphEquations {
  let multiplicity: Double
  let temperature: Double
  let amplitudes: (Double, Double)
  let curvature: Double
  let thresholds: (Double, Double)
  let speeds: (Double, Double)
  let edges: (Double, Double)
  let rates: (Double, Double)
  let direction: Double
  let initial: Double
  var resistanceFactor = 1.0
  var growthFactor = 1.0

  func start(_ voltage: Double) -> Double { initial }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    let amplitude = (voltage.value >= 0 ? amplitudes.0 : amplitudes.1) / resistanceFactor
    return amplitude * state * (curvature * voltage).hyperbolicSine
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    let v = voltage.value
    let free: Scalar
    if v > thresholds.0 {
      free = speeds.0 * (voltage.exponential - Scalar(exponential(thresholds.0)))
    } else if v < -thresholds.1 {
      free = -speeds.1 * ((-voltage).exponential - Scalar(exponential(thresholds.1)))
    } else {
      return Scalar(0)
    }
    return direction * free * motion(state, rises: direction * v > 0)
  }

  /// f(x): 1 far from the bound that the state moves to, then falling to 0 at it.
  @inline(__always)
  private func motion<Scalar: RealScalar>(_ state: Scalar, rises: Bool) -> Scalar {
    if rises {
      guard state.value > edges.0 else { return Scalar(1) }
      // at xp = 1 the quotient is without meaning: the state stops
      guard edges.0 != 1 else { return Scalar(0) }
      let weight = (1 / (1 - edges.0)) * (Scalar(1) - state)
      return weight * ((-rates.0 * growthFactor) * (state - Scalar(edges.0))).exponential
    }
    guard state.value <= 1 - edges.1 else { return Scalar(1) }
    guard edges.1 != 1 else { return Scalar(0) }
    let weight = (1 / (1 - edges.1)) * state
    return weight * ((rates.1 * growthFactor) * (state - Scalar(1 - edges.1))).exponential
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double { 1 / slope(voltage, state) }
}

final class YakopcicBank: TelegraphBank {
  let store = LocalStore<YakopcicEquations>()
  var telegraphs: [Telegraph] = []
}
