import Numerics
import Schematic

/// The filament of a metal oxide cell, which a gap separates from the electrode (Stanford-PKU):
///
///     i = i0 exp(-gap / g0) sinh(v / v0)
///     d gap/dt = -vel0 exp(-ea / kT) sinh(gamma a0 q v / (l k T))
///     gamma = gamma0 - beta (gap / g1)^3,   T = T0 + rth v i
///
/// Sources: X. Guan, S. Yu, H.-S. P. Wong, "A SPICE compact model of metal oxide resistive
/// switching memory with variations", IEEE Electron Device Lett. 33 (2012) 1405; Z. Jiang et
/// al., "Verilog-A
/// compact model for oxide-based resistive random access memory", SISPAD 2014, 41.
enum FilamentGap {
  static let parameters = [
    Parameter("i0", unit: "A", default: 1e-3, range: .positive, "Current scale."),
    Parameter("g0", unit: "m", default: 2.5e-10, range: .positive, "Decay length of the current."),
    Parameter("v0", unit: "V", default: 0.25, range: .positive, "Voltage scale of the current."),
    Parameter(
      "vel0", aliases: ["nu0"], unit: "m/s", default: 10, range: .positive,
      "Speed scale of the gap."),
    Parameter(
      "ea", unit: "eV", default: 0.6, range: .nonnegative, "Activation energy of the ions."),
    Parameter("a0", unit: "m", default: 2.5e-10, range: .positive, "Distance of the ions' sites."),
    Parameter(
      "l", aliases: ["tox"], unit: "m", default: 1.2e-8, range: .positive, "Thickness of the oxide."
    ),
    Parameter(
      "gamma0", unit: "1", default: 16, range: .positive, "Enhancement of the local field."),
    Parameter("beta", unit: "1", default: 0.8, range: .nonnegative, "Its fall with the gap."),
    Parameter("g1", unit: "m", default: 1e-9, range: .positive, "Unit of the gap in that fall."),
    Parameter("rth", unit: "K/W", default: 2100, range: .nonnegative, "Thermal resistance."),
    Parameter("gapmin", aliases: ["gap_min"], unit: "m", default: 2e-10, "Smallest gap."),
    Parameter("gapmax", aliases: ["gap_max"], unit: "m", default: 1.7e-9, "Largest gap."),
    Parameter(
      "gapini", aliases: ["gap_ini"], unit: "m", default: 1.7e-9, "Gap at the start."),
  ]

  static func add(
    _ values: DeviceValues, to bank: FilamentGapBank, _ layout: EquationLayout
  ) throws(Fault) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let (least, most) = (model("gapmin"), model("gapmax"))
    guard most > least else {
      throw values.refusal(of: "gapmax", "the memristor's gapmax is not above its gapmin")
    }
    let start = (most - min(max(model("gapini"), least), most)) / (most - least)
    let volt = 1.602176634e-19 / 1.380649e-23
    let equations = FilamentGapEquations(
      multiplicity: values.number("m"), temperature: values.temperature, scale: model("i0"),
      decay: model("g0"), voltageScale: model("v0"), velocity: model("vel0"),
      activation: model("ea") * volt, lever: volt * model("a0") / model("l"),
      enhancement: model("gamma0"), fall: model("beta"), gapUnit: model("g1"),
      heating: model("rth"), least: least, most: most,
      initial: values.initialState ?? start)
    bank.append(equations, of: values, layout)
  }
}

/// The state is (gapmax - gap) / (gapmax - gapmin): 1 when on.
struct FilamentGapEquations: MemristiveEquations {
  let multiplicity: Double
  let temperature: Double
  /// Amperes.
  let scale: Double
  let decay: Double
  let voltageScale: Double
  let velocity: Double
  /// Kelvin.
  let activation: Double
  /// q a0 / (k l), in K/V.
  let lever: Double
  let enhancement: Double
  let fall: Double
  let gapUnit: Double
  /// Kelvin a watt.
  let heating: Double
  let least: Double
  let most: Double
  let initial: Double

  func start(_ voltage: Double) -> Double { initial }

  @inline(__always)
  private func gap<Scalar: RealScalar>(_ state: Scalar) -> Scalar {
    Scalar(most) - (most - least) * StateBounds.bounded(state, reach: StateBounds.width)
  }

  /// Beyond arguments that no cell survives the growth ends, lest a trial of Newton overflow.
  @inline(__always)
  private func growth<Scalar: RealScalar>(_ argument: Scalar) -> Scalar {
    (argument.value > 300 ? Scalar(300) : argument.value < -300 ? Scalar(-300) : argument)
      .hyperbolicSine
  }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    scale * ((-1 / decay) * gap(state)).exponential * growth((1 / voltageScale) * voltage)
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    let cold = Scalar(1) / (Scalar(temperature) + heating * voltage * current)
    let width = (1 / gapUnit) * gap(state)
    let field = (Scalar(enhancement) - fall * width * width * width) * voltage
    let rate = (-activation * cold).exponential * growth(lever * field * cold)
    return StateBounds.restrained((velocity / (most - least)) * rate, state)
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double {
    abs(voltage) < 1e-9 ? 1 / slope(0, state) : voltage / current(voltage, state)
  }
}

final class FilamentGapBank: LocalBank {
  let store = LocalStore<FilamentGapEquations>()
}
