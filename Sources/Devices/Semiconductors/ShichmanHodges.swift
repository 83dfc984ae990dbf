import Schematic

/// Parameters of the level 1 MOS model, with SPICE's names and defaults.
enum ShichmanHodges {
  static let parameters = channel + process + diffusion + gate + noise

  private static let channel = [
    Parameter("vto", aliases: ["vt0"], unit: "V", default: 0, "Threshold voltage at zero bias."),
    Parameter(
      "kp", unit: "A/V^2", default: 2e-5, range: .nonnegative, "Transconductance coefficient."),
    Parameter(
      "gamma", unit: "V^0.5", default: 0, range: .nonnegative, "Bulk threshold coefficient."),
    Parameter("phi", unit: "V", default: 0.6, range: .positive, "Surface potential."),
    Parameter(
      "lambda", unit: "1/V", default: 0, range: .nonnegative, "Channel-length modulation."),
    Parameter("l", unit: "m", default: 1e-4, range: .positive, "Length of instances without l."),
    Parameter("w", unit: "m", default: 1e-4, range: .positive, "Width of instances without w."),
    Parameter("ld", unit: "m", default: 0, "Lateral diffusion, at each end of the channel."),
    Parameter("rd", unit: "ohm", default: 0, range: .nonnegative, "Drain resistance."),
    Parameter("rs", unit: "ohm", default: 0, range: .nonnegative, "Source resistance."),
    Parameter("rsh", unit: "ohm", default: 0, range: .nonnegative, "Sheet resistance of the ends."),
    Common.temperatureNominal,
  ]

  private static let process = [
    Parameter(
      "tox", unit: "m", range: .positive,
      "Thickness of the gate oxide; without it kp is not derived and Meyer's capacitances vanish."),
    Parameter(
      "nsub", unit: "1/cm^3", default: 0, range: .nonnegative,
      "Doping of the substrate; gives gamma and phi when these are absent."),
    Parameter("nss", unit: "1/cm^2", default: 0, "Density of surface states."),
    Parameter(
      "tpg", unit: "1", default: 1, range: -1...1,
      "Gate material: 1 opposite to the substrate, -1 like it, 0 aluminium."),
    Parameter("uo", aliases: ["u0"], unit: "cm^2/V/s", default: 600, range: .positive, "Mobility."),
  ]

  private static let diffusion = [
    Parameter(
      "is", unit: "A", default: 1e-14, range: .nonnegative, "Saturation current of the junctions."),
    Parameter(
      "js", unit: "A/m^2", default: 0, range: .nonnegative, "Saturation current per area."),
    Parameter(
      "cbd", unit: "F", default: 0, range: .nonnegative, "Bulk-drain capacitance at zero bias."),
    Parameter(
      "cbs", unit: "F", default: 0, range: .nonnegative, "Bulk-source capacitance at zero bias."),
    Parameter(
      "cj", unit: "F/m^2", default: 0, range: .nonnegative, "Junction capacitance per area."),
    Parameter(
      "cjsw", unit: "F/m", default: 0, range: .nonnegative, "Junction capacitance per length."),
    Parameter("mj", unit: "1", default: 0.5, range: 0...0.99, "Grading coefficient."),
    Parameter(
      "mjsw", unit: "1", default: 0.5, range: 0...0.99, "Grading coefficient of the side wall."),
    Parameter("pb", unit: "V", default: 0.8, range: .positive, "Junction potential."),
    Parameter(
      "fc", unit: "1", default: 0.5, range: 0...0.99,
      "Fraction of pb above which the depletion charge is continued linearly."),
  ]

  private static let gate = [
    Parameter(
      "cgso", unit: "F/m", default: 0, range: .nonnegative, "Gate-source overlap per width."),
    Parameter(
      "cgdo", unit: "F/m", default: 0, range: .nonnegative, "Gate-drain overlap per width."),
    Parameter(
      "cgbo", unit: "F/m", default: 0, range: .nonnegative, "Gate-bulk overlap per length."),
    Parameter(
      "capmod", unit: "1", default: 0, range: 0...1,
      "Intrinsic gate capacitance: 0 Meyer's, 1 constant, two thirds of it to the source."),
  ]

  private static let noise = [
    Parameter("kf", unit: "1", default: 0, range: .nonnegative, "Flicker noise coefficient."),
    Parameter("af", unit: "1", default: 1, range: .nonnegative, "Flicker noise exponent."),
  ]
}
