import Schematic

/// v = d(L i)/dt.
enum Inductor: Device {
  static let description = DeviceDescription(
    letter: "L", name: "inductor",
    summary: "An inductor; K elements couple inductors magnetically.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "l", aliases: ["inductance", "value"], unit: "H", kind: .behavioural,
        "Inductance; the model's when absent."),
      Parameter("ic", unit: "A", "Current at the start of a transient analysis."),
      Parameter(
        "nt", unit: "1", range: .nonnegative, "Number of turns, in place of the model's."),
      Parameter("scale", unit: "1", default: 1, "Factor on the inductance."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "inductance; overrides the model's"),
    models: [coil("l"), coil("ind")],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")

  private static func coil(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Coil, by its inductance or by its turns and shape.",
      parameters: [
        Parameter(
          "l", aliases: ["ind"], unit: "H", default: 1, "Inductance, or factor on the instance's."),
        Parameter("csect", unit: "m^2", default: 0, range: .nonnegative, "Cross section."),
        Parameter("dia", unit: "m", default: 0, range: .nonnegative, "Diameter."),
        Parameter("length", unit: "m", default: 0, range: .nonnegative, "Length of the coil."),
        Parameter("nt", unit: "1", default: 0, range: .nonnegative, "Number of turns."),
        Parameter("mu", unit: "1", default: 1, range: .positive, "Relative permeability."),
        Parameter(
          "il1", unit: "1/A", default: 0, "Linear current coefficient of the inductance."),
        Parameter(
          "il2", unit: "1/A^2", default: 0, "Quadratic current coefficient of the inductance."),
        Common.temperatureNominal,
      ] + Common.temperatureCoefficients(of: "inductance"))
  }
}
