import Numerics
import Schematic

/// v = R i, with R a number, an expression, or a strip of a film of known sheet resistance.
enum Resistor: Device {
  static let description = DeviceDescription(
    letter: "R", name: "resistor",
    summary: "A resistor; its value may be an expression of circuit quantities.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "r", aliases: ["resistance", "value"], unit: "ohm", kind: .behavioural,
        "Resistance; computed from l and w of the model's film when absent."),
      Parameter("l", unit: "m", range: .positive, "Length of the strip."),
      Parameter(
        "w", unit: "m", range: .positive, "Width of the strip; the model's defw when absent."),
      Parameter(
        "ac", unit: "ohm", "Resistance in small-signal analyses; r when absent."),
      Parameter(
        "scale", unit: "1", default: 1, "Factor on the resistance."),
      Parameter(
        "noisy", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether thermal noise is generated."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "resistance; overrides the model's"),
    models: [film("r"), film("res")],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")

  private static func film(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Resistor of a film or diffusion.",
      parameters: [
        Parameter(
          "r", aliases: ["res", "defr"], unit: "ohm",
          "Resistance of instances that give neither value nor length."),
        Parameter("rsh", unit: "ohm", range: .nonnegative, "Sheet resistance."),
        Parameter("defw", unit: "m", default: 1e-5, range: .positive, "Width of a strip."),
        Parameter("defl", aliases: ["l"], unit: "m", range: .positive, "Length of a strip."),
        Parameter(
          "narrow", unit: "m", default: 0, "Narrowing by side etching: taken from the width."),
        Parameter("short", unit: "m", default: 0, "Shortening: taken from the length."),
        Parameter("kf", unit: "1", default: 0, range: .nonnegative, "Flicker noise coefficient."),
        Parameter("af", unit: "1", default: 1, range: .nonnegative, "Flicker noise exponent."),
        Common.temperatureNominal,
      ] + Common.temperatureCoefficients(of: "resistance")
        + [
          Parameter(
            "tce", unit: "%/K",
            "Exponential temperature coefficient; replaces tc1 and tc2 when given.")
        ])
  }
}

extension Resistor {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = ConductanceBank()
    for index in input.instances {
      let values = input.values(index)
      guard let resistance = values.written("r") else { continue }
      bank.store.append(
        instance: index, unknowns: values.instance.terminals,
        Conductance(conductance: values.number("m") / resistance))
    }
    return [bank]
  }
}

/// i = G v.
struct Conductance: LocalEquations {
  typealias Partials = SIMD2<Double>
  static let terminalCount = 2
  static let unknownCount = 2
  static let isLinear = true

  let conductance: Double

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, conductance * (frame[0] - frame[1]))
  }
}

final class ConductanceBank: LocalBank {
  var store = LocalStore<Conductance>()
}
