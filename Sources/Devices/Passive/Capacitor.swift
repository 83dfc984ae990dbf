import Numerics
import Schematic

/// i = d(C v)/dt, or i = dq/dt of a charge given as an expression.
enum Capacitor: Device {
  static let description = DeviceDescription(
    letter: "C", name: "capacitor",
    summary: "A capacitor; its value, or its charge, may be an expression of circuit quantities.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "c", aliases: ["capacitance", "cap", "value"], unit: "F", kind: .behavioural,
        "Capacitance; computed from l and w of the model's film when absent."),
      Parameter(
        "q", unit: "C", kind: .behavioural, "Charge as an expression; replaces the capacitance."),
      Parameter("l", unit: "m", range: .positive, "Length of the plate."),
      Parameter(
        "w", unit: "m", range: .positive, "Width of the plate; the model's defw when absent."),
      Parameter("ic", unit: "V", "Voltage at the start of a transient analysis."),
      Parameter("scale", unit: "1", default: 1, "Factor on the capacitance."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "capacitance; overrides the model's"),
    models: [film("c"), film("cap")],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")

  private static func film(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Capacitor between two layers.",
      parameters: [
        Parameter(
          "c", aliases: ["cap", "defc"], unit: "F",
          "Capacitance of instances that give neither value nor length."),
        Parameter("cj", unit: "F/m^2", default: 0, range: .nonnegative, "Capacitance per area."),
        Parameter(
          "cjsw", unit: "F/m", default: 0, range: .nonnegative,
          "Capacitance per length of the side wall."),
        Parameter("defw", unit: "m", default: 1e-6, range: .positive, "Width of a plate."),
        Parameter("defl", unit: "m", default: 0, range: .nonnegative, "Length of a plate."),
        Parameter(
          "narrow", unit: "m", default: 0, "Narrowing by side etching: taken from the width."),
        Parameter("short", unit: "m", default: 0, "Shortening: taken from the length."),
        Parameter(
          "vc1", unit: "1/V", default: 0, "Linear voltage coefficient of the capacitance."),
        Parameter(
          "vc2", unit: "1/V^2", default: 0, "Quadratic voltage coefficient of the capacitance."),
        Common.temperatureNominal,
      ] + Common.temperatureCoefficients(of: "capacitance"))
  }
}

extension Capacitor {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = CapacitanceBank()
    for index in input.instances {
      let values = input.values(index)
      guard let capacitance = values.written("c") else { continue }
      bank.store.append(
        instance: index, unknowns: values.instance.terminals,
        Capacitance(capacitance: values.number("m") * capacitance, initial: values.written("ic")))
    }
    return [bank]
  }
}

/// i = C dv/dt.
struct Capacitance: LocalEquations {
  typealias Partials = SIMD2<Double>
  static let terminalCount = 2
  static let unknownCount = 2
  static let isLinear = true

  let capacitance: Double
  let initial: Double?

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    if let initial, frame.moment.initialRate > 0 {
      let slope = frame.moment.initialRate * capacitance
      frame.flow(from: 0, to: 1, slope * (frame[0] - frame[1] - Scalar(initial)))
    } else {
      frame.flow(from: 0, to: 1, capacitance * (frame.rate(0) - frame.rate(1)))
    }
  }

  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let voltage = frame[0] - frame[1]
    return capacitance * voltage * voltage / 2
  }
}

final class CapacitanceBank: LocalBank {
  var store = LocalStore<Capacitance>()
}
