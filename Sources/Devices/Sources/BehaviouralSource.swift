import Schematic

/// V = expression, or I = expression.
enum BehaviouralSource: Device {
  static let description = DeviceDescription(
    letter: "B", name: "behavioural source",
    summary: "A voltage or a current that is an expression of circuit quantities and time.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter("v", unit: "V", kind: .behavioural, "Voltage from n+ to n-."),
      Parameter(
        "i", unit: "A", kind: .behavioural, "Current from n+ through the source to n-."),
      Parameter(
        "smoothbsrc", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether discontinuities are rounded off."),
      Parameter(
        "rcconst", unit: "s", default: 1e-9, range: .positive,
        "Time constant of that rounding."),
      Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "output"),
    source: "Xyce Reference Guide, nonlinear dependent source (behavioural source)")
}
