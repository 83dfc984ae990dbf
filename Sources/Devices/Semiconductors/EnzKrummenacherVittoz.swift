import Schematic

/// Parameters of the EKV model: those of version 2.6 that govern the long-channel current, its
/// short-channel corrections and its charges; the number of the level is Xyce's.
enum EnzKrummenacherVittoz {
  static let parameters = channel + shortChannel + junctions

  private static let channel = [
    Parameter(
      "cox", unit: "F/m^2", default: 0.7e-3, range: .positive, "Oxide capacitance per area."),
    Parameter("xj", unit: "m", default: 1e-7, range: .positive, "Depth of the junctions."),
    Parameter("dw", unit: "m", default: 0, "Correction of the channel width."),
    Parameter("dl", unit: "m", default: 0, "Correction of the channel length."),
    Parameter("vto", aliases: ["vt0"], unit: "V", default: 0.5, "Threshold voltage."),
    Parameter("gamma", unit: "V^0.5", default: 1, range: .nonnegative, "Body effect."),
    Parameter("phi", unit: "V", default: 0.7, range: 0.1...2, "Bulk Fermi potential, twice."),
    Parameter("kp", unit: "A/V^2", default: 5e-5, range: .positive, "Transconductance."),
    Parameter(
      "e0", unit: "V/m", default: 1e12, range: .positive,
      "Vertical field at which the mobility has fallen by half."),
    Parameter("theta", unit: "1/V", default: 0, range: .nonnegative, "Mobility reduction."),
    Common.temperatureNominal,
  ]

  private static let shortChannel = [
    Parameter(
      "ucrit", unit: "V/m", default: 2e6, range: .positive, "Longitudinal critical field."),
    Parameter(
      "lambda", unit: "1", default: 0.5, range: .nonnegative, "Channel-length modulation."),
    Parameter("weta", unit: "1", default: 0.25, "Narrow-channel coefficient."),
    Parameter("leta", unit: "1", default: 0.1, "Short-channel coefficient."),
    Parameter("tcv", unit: "V/K", default: 1e-3, "Temperature coefficient of the threshold."),
    Parameter("bex", unit: "1", default: -1.5, "Temperature exponent of the mobility."),
  ]

  private static let junctions = [
    Parameter(
      "cgso", unit: "F/m", default: 0, range: .nonnegative, "Gate-source overlap per width."),
    Parameter(
      "cgdo", unit: "F/m", default: 0, range: .nonnegative, "Gate-drain overlap per width."),
    Parameter(
      "cgbo", unit: "F/m", default: 0, range: .nonnegative, "Gate-bulk overlap per length."),
    Parameter(
      "is", unit: "A", default: 1e-14, range: .nonnegative, "Saturation current of the junctions."),
    Parameter("js", unit: "A/m^2", default: 0, range: .nonnegative, "Saturation current per area."),
    Parameter(
      "cj", unit: "F/m^2", default: 0, range: .nonnegative, "Junction capacitance per area."),
    Parameter(
      "cjsw", unit: "F/m", default: 0, range: .nonnegative, "Junction capacitance per length."),
    Parameter("mj", unit: "1", default: 0.5, range: 0...0.99, "Grading coefficient."),
    Parameter(
      "mjsw", unit: "1", default: 0.5, range: 0...0.99, "Grading coefficient of the side wall."),
    Parameter("pb", unit: "V", default: 0.8, range: .positive, "Junction potential."),
    Parameter("rsh", unit: "ohm", default: 0, range: .nonnegative, "Sheet resistance of the ends."),
    Parameter("kf", unit: "1", default: 0, range: .nonnegative, "Flicker noise coefficient."),
    Parameter("af", unit: "1", default: 1, range: .nonnegative, "Flicker noise exponent."),
  ]
}
