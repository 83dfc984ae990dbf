import Numerics
import Schematic

/// i = x h(v); dx/dt = g(v) f(x), f read from two measured tables.
enum PiecewiseEmpirical {
  static let parameters = [
    Parameter("i1", unit: "A", default: 1, "Current amplitude of the rising exponential."),
    Parameter("i2", unit: "A", default: 1, "Current amplitude of the falling exponential."),
    Parameter(
      "v1", unit: "V", default: 1, range: .positive, "Voltage scale of the rising exponential."),
    Parameter(
      "v2", unit: "V", default: 1, range: .positive, "Voltage scale of the falling exponential."),
    Parameter("g0", unit: "S", default: 1, "Linear conductance."),
    Parameter("vp", unit: "V", default: 0.01, "Threshold for v > 0."),
    Parameter("vn", unit: "V", default: -0.01, "Threshold at and below which d2 counts."),
    Parameter("d1", unit: "1/V", default: 1, "Growth of the speed with v above vp."),
    Parameter(
      "d2", unit: "1/V", default: 1, "Growth of the speed with v, where v <= vn and v < vp."),
    Parameter("c1", unit: "1/s", default: 1, "Speed for v >= 0."),
    Parameter("c2", unit: "1/s", default: 1, "Speed for v < 0."),
    Parameter(
      "fxpdata", unit: "", kind: .text,
      "File of two columns, state and f+ (filep.dat when absent)."),
    Parameter(
      "fxmdata", unit: "", kind: .text,
      "File of two columns, state and f- (filem.dat when absent)."),
  ]

  static func add(
    _ values: DeviceValues, _ tables: inout MeasuredTables, to bank: PiecewiseEmpiricalBank,
    _ layout: EquationLayout
  ) throws(Fault) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    func table(_ name: String, usually file: String) throws(Fault) -> MeasuredTable {
      let written = values.model?.parameters[name]?.text
      let origin =
        values.model?.parameters.origin(of: name) ?? values.model?.origin
        ?? values.instance.origin
      return try tables.table(written ?? file, at: origin)
    }
    let equations = PiecewiseEmpiricalEquations(
      multiplicity: values.number("m"), temperature: values.temperature,
      amplitudes: (model("i1"), model("i2")), scales: (model("v1"), model("v2")),
      conductance: model("g0"), thresholds: (model("vp"), model("vn")),
      growths: (model("d1"), model("d2")), speeds: (model("c1"), model("c2")),
      rise: try table("fxpdata", usually: "filep.dat"),
      fall: try table("fxmdata", usually: "filem.dat"),
      initial: values.initialState)
    bank.append(equations, of: values, layout)
  }
}

/// Pairs are (positive side, negative side).
struct PiecewiseEmpiricalEquations: MemristiveEquations {
  let multiplicity: Double
  let temperature: Double
  let amplitudes: (Double, Double)
  let scales: (Double, Double)
  let conductance: Double
  let thresholds: (Double, Double)
  let growths: (Double, Double)
  let speeds: (Double, Double)
  let rise: MeasuredTable
  let fall: MeasuredTable
  let initial: Double?

  func start(_ voltage: Double) -> Double { initial ?? (voltage > 0 ? 1 : 0) }

  @inline(__always)
  func current<Scalar: RealScalar>(_ voltage: Scalar, _ state: Scalar) -> Scalar {
    let rising = amplitudes.0 * ((1 / scales.0) * voltage).exponential
    let falling = amplitudes.1 * ((-1 / scales.1) * voltage).exponential
    let offset = Scalar(amplitudes.0 - amplitudes.1)
    return state * (rising - falling + conductance * voltage - offset)
  }

  @inline(__always)
  func speed<Scalar: RealScalar>(
    _ voltage: Scalar, _ current: Scalar, _ state: Scalar
  ) -> Scalar {
    let v = voltage.value
    let growth: Scalar
    if v >= thresholds.0 {
      growth = (growths.0 * (voltage - Scalar(thresholds.0))).exponential - Scalar(1)
    } else if v <= thresholds.1 {
      growth = (growths.1 * (voltage - Scalar(thresholds.1))).exponential - Scalar(1)
    } else {
      return Scalar(0)
    }
    if v >= 0 {
      return state.value > rise.last ? Scalar(0) : speeds.0 * growth * rise.value(state)
    }
    return state.value < fall.first ? Scalar(0) : speeds.1 * growth * fall.value(state)
  }

  func resistance(_ voltage: Double, _ state: Double) -> Double { 1 / slope(voltage, state) }
}

final class PiecewiseEmpiricalBank: LocalBank {
  let store = LocalStore<PiecewiseEmpiricalEquations>()
}
