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

extension BehaviouralSource {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    var maker = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      let scale = values.temperatureFactor
      if let voltage = values.instance.parameters["v"]?.expression {
        try maker.add(values, .voltage, voltage, scale: scale)
      } else if let current = values.instance.parameters["i"]?.expression {
        try maker.add(values, .current, current, scale: scale)
      }
    }
    return maker.banks(isSource: true)
  }
}
