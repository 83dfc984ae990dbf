import Schematic

/// i = is (exp(v / (n Vt)) - 1), with depletion and diffusion charge and reverse breakdown.
enum Diode: Device {
  static let description = DeviceDescription(
    letter: "D", name: "diode", summary: "A junction diode.",
    terminals: ["anode", "cathode"],
    instanceParameters: [
      Parameter("area", unit: "1", default: 1, range: .positive, "Factor on the junction's area."),
      Parameter("pj", unit: "1", default: 0, range: .nonnegative, "Factor on its perimeter."),
      Parameter("ic", unit: "V", "Voltage at the start of a transient analysis."),
      Parameter(
        "off", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether the operating point starts with the junction off."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ],
    models: [
      DeviceDescription.Model(
        type: "d", summary: "Junction diode of SPICE.", parameters: parameters)
    ],
    modelRequired: true,
    source:
      "P. Antognetti and G. Massobrio, Semiconductor Device Modeling with SPICE, "
      + "McGraw-Hill (1993)",
    notes: notes)

  static let parameters = current + charge + temperature

  private static let current = [
    Parameter(
      "level", unit: "1", default: 1, range: 1...2,
      "Equations of ikf and breakdown: 1 as in ngspice, 2 as in PSPICE and Xyce."
    ),
    Parameter(
      "is", aliases: ["js"], unit: "A", default: 1e-14, range: .nonnegative,
      "Saturation current."),
    Parameter(
      "jsw", unit: "A", default: 0, range: .nonnegative, "Saturation current of the side wall."),
    Parameter("n", unit: "1", default: 1, range: .positive, "Emission coefficient."),
    Parameter(
      "ns", unit: "1", range: .positive, "Emission coefficient for jsw; n when absent."),
    Parameter(
      "isr", unit: "A", default: 0, range: .nonnegative, "Recombination saturation current."),
    Parameter("nr", unit: "1", default: 2, range: .positive, "Emission coefficient for isr."),
    Parameter(
      "ikf", unit: "A", range: .nonnegative, "High-injection knee current; infinite when absent."),
    Parameter("rs", unit: "ohm", default: 0, range: .nonnegative, "Series resistance."),
    Parameter(
      "bv", unit: "V", range: .nonnegative, "Reverse breakdown voltage; infinite when absent."),
    Parameter("ibv", unit: "A", default: 1e-3, range: .nonnegative, "Current at breakdown."),
    Parameter("nbv", unit: "1", default: 1, range: .positive, "Breakdown ideality factor."),
    Parameter(
      "ibvl", unit: "A", default: 0, range: .nonnegative, "Low-level breakdown knee current."),
    Parameter("nbvl", unit: "1", default: 1, range: .positive, "Ideality factor for ibvl."),
    Parameter("kf", unit: "1", default: 0, range: .nonnegative, "Flicker noise coefficient."),
    Parameter("af", unit: "1", default: 1, range: .nonnegative, "Flicker noise exponent."),
  ]

  private static let charge = [
    Parameter(
      "cjo", aliases: ["cj0", "cj"], unit: "F", default: 0, range: .nonnegative,
      "Depletion capacitance at zero bias."),
    Parameter(
      "vj", aliases: ["pb"], unit: "V", default: 1, range: .positive, "Junction potential."),
    Parameter(
      "m", aliases: ["mj"], unit: "1", default: 0.5, range: 0...0.99, "Grading coefficient."),
    Parameter(
      "fc", unit: "1", default: 0.5, range: 0...0.99,
      "Fraction of vj above which the depletion charge is continued linearly."),
    Parameter("tt", unit: "s", default: 0, range: .nonnegative, "Transit time."),
    Parameter(
      "cjsw", unit: "F", default: 0, range: .nonnegative, "Side-wall capacitance at zero bias."),
    Parameter(
      "fcs", unit: "1", default: 0.5, range: 0...0.99, "The same as fc for the side wall."),
    Parameter(
      "php", unit: "V", default: 1, range: .positive, "Junction potential of the side wall."),
    Parameter(
      "mjsw", unit: "1", default: 0.33, range: 0...0.99, "Grading coefficient of the side wall."),
  ]

  private static let temperature = [
    Parameter("eg", unit: "eV", default: 1.11, range: .positive, "Band gap."),
    Parameter("xti", unit: "1", default: 3, "Temperature exponent of the saturation current."),
    Parameter("trs1", aliases: ["trs"], unit: "1/K", default: 0, "Linear coefficient of rs."),
    Parameter("trs2", unit: "1/K^2", default: 0, "Quadratic coefficient of rs."),
    Parameter("tbv1", unit: "1/K", default: 0, "Linear coefficient of bv."),
    Parameter("tbv2", unit: "1/K^2", default: 0, "Quadratic coefficient of bv."),
    Parameter("tikf", unit: "1/K", default: 0, "Linear coefficient of ikf."),
    Common.temperatureNominal,
  ]
}
