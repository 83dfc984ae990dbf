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
    source: "Xyce Reference Guide, nonlinear dependent source (behavioural source)",
    notes: notes)

  private static let notes = """
    `V=`: v(n+) - v(n-) = y, the current an unknown. `I=`: y flows from n+ through the source to n-.
    y may depend on v(), i() of any device, time, temp, freq, and on ddt() and sdt(), which have an
    unknown of their own; sdt starts from 0. Derivatives are exact.

    Comparisons, stp and sgn keep their truth during a step; where their operands cross, the change
    is located and the integration starts anew. One that keeps contradicting itself is left to its
    operands. Times with which `time` is compared are met exactly. A value that overflows or is not
    a number makes the step fail, never the program.

        B1 out 0 V={tanh(10*v(in))}
        B2 x 0 I={if(time < 1u, 0, v(x)^3/3 - v(x) - i(vs))}
    """
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
