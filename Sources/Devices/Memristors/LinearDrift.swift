import Numerics
import Schematic

/// dx/dt = mu ron / d^2 * i * f(x), R = ron x + roff (1 - x), 0 <= x <= 1.
enum LinearDrift {
  static let parameters = [
    Parameter("ron", unit: "ohm", default: 100, range: .positive, "Resistance at x = 1."),
    Parameter("roff", unit: "ohm", default: 16e3, range: .positive, "Resistance at x = 0."),
    Parameter(
      "d", unit: "m", default: 1e-8, range: .positive, "Thickness of the film."),
    Parameter(
      "mu", aliases: ["uv", "mu_v"], unit: "m^2/V/s", default: 1e-14, range: .positive,
      "Mobility of the dopants."),
    Parameter(
      "xo", aliases: ["x0", "xinit"], unit: "1", default: 0.5, range: .fraction,
      "State at the start, of instances that give none."),
    Parameter(
      "wt", aliases: ["window"], unit: "1", default: 1, range: 0...3,
      "Window f(x): 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis."),
    Parameter(
      "p", unit: "1", default: 1, range: .positive, "Exponent of the window."),
    Parameter(
      "j", unit: "1", default: 1, range: .positive, "Height of Prodromakis' window."),
  ]

  static func add(_ values: DeviceValues, to bank: LinearDriftBank, _ layout: EquationLayout) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let thickness = model("d")
    let equations = LinearDriftEquations(
      multiplicity: values.number("m"), temperature: values.temperature,
      on: model("ron"), off: model("roff"),
      mobility: model("mu") * model("ron") / (thickness * thickness),
      initial: values.initialState ?? model("xo"),
      window: StateWindow(rawValue: Int(model("wt"))) ?? .none, exponent: model("p"),
      height: model("j"))
    bank.append(equations, of: values, layout)
  }
}

struct LinearDriftEquations: MemristiveEquations {
  let multiplicity: Double
  let temperature: Double
  let on: Double
  let off: Double
  /// mu ron / d^2: the state's speed without a window, 1/(A s).
  let mobility: Double
  let initial: Double
  let window: StateWindow
  let exponent: Double
  let height: Double
  /// How far the resistance follows a state outside its bounds.
  private let reach: Double

  init(
    multiplicity: Double, temperature: Double, on: Double, off: Double, mobility: Double,
    initial: Double, window: StateWindow, exponent: Double, height: Double
  ) {
    self.multiplicity = multiplicity
    self.temperature = temperature
    self.on = on
    self.off = off
    self.mobility = mobility
    self.initial = initial
    self.window = window
    self.exponent = exponent
    self.height = height
    reach = min(StateBounds.width, 0.05 * min(on, off) / max(abs(off - on), .leastNormalMagnitude))
  }

  func start(_ voltage: Double) -> Double { initial }

  @inline(__always)
  private func resistance<Scalar: RealScalar>(_ state: Scalar) -> Scalar {
    Scalar(off) - (off - on) * StateBounds.bounded(state, reach: reach)
  }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    voltage / resistance(state)
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    // the window of the nearest state inside: never negative
    let inside = state.value > 1 ? Scalar(1) : state.value < 0 ? Scalar(0) : state
    let window = window.value(
      inside, current: current.value, exponent: exponent, height: height)
    return StateBounds.restrained(mobility * current * window, state)
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double { resistance(state) }
}

final class LinearDriftBank: LocalBank {
  let store = LocalStore<LinearDriftEquations>()
}
