import Schematic

/// The four linear controlled sources, each also as a polynomial, an expression or a table.
enum ControlledSources {
  static let voltageByVoltage = DeviceDescription(
    letter: "E", name: "voltage-controlled voltage source",
    summary: "A voltage that is a gain, polynomial, expression or table of node voltages.",
    terminals: ["n+", "n-"], optionalTerminals: ["nc+", "nc-"],
    instanceParameters: parameters(gainUnit: "1", output: "V"), source: source, notes: notes)

  static let currentByVoltage = DeviceDescription(
    letter: "G", name: "voltage-controlled current source",
    summary: "A current, from n+ through the source to n-, that is a function of node voltages.",
    terminals: ["n+", "n-"], optionalTerminals: ["nc+", "nc-"],
    instanceParameters: parameters(gainUnit: "S", output: "A") + [Common.multiplicity],
    source: source, notes: notes)

  static let currentByCurrent = DeviceDescription(
    letter: "F", name: "current-controlled current source",
    summary: "A current, from n+ through the source to n-, that follows voltage sources' currents.",
    terminals: ["n+", "n-"],
    instanceParameters: [control] + parameters(gainUnit: "1", output: "A")
      + [Common.multiplicity],
    source: source, notes: notes)

  static let voltageByCurrent = DeviceDescription(
    letter: "H", name: "current-controlled voltage source",
    summary: "A voltage that follows the currents of voltage sources.",
    terminals: ["n+", "n-"],
    instanceParameters: [control] + parameters(gainUnit: "ohm", output: "V"), source: source,
    notes: notes)

  private static let notes = """
    E and H define the voltage from n+ to n-, their current an unknown; the current of G and F flows
    from n+ through the source to n-. The value y is gain times control; or

        POLY(n)    p0 + p1 x1 + ... + pn xn + p x1^2 + p x1 x2 + ... + p xn^2 + p x1^3 + ...
        VALUE      an expression of v(), i(), time, temp, freq, as of a B source
        TABLE      straight lines between the points, the end values outside

    A single coefficient of POLY(1) is that of the linear term. Controlling currents are those of
    voltage sources, positive into their first terminal.

        E1 out 0 in 0 100
        G1 out 0 POLY(2) a 0 b 0 0 0 0 0 1m
        E2 out 0 TABLE {v(in)} = (-1, -5) (1, 5)
        F1 out 0 vsense 2
    """

  private static let source =
    "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)"

  private static let control = Parameter(
    "control", unit: "", kind: .text,
    "Voltage sources whose currents control, separated by blanks.")

  private static func parameters(gainUnit: String, output: String) -> [Parameter] {
    [
      Parameter("gain", unit: gainUnit, kind: .behavioural, "Output divided by control."),
      Parameter(
        "poly", unit: "", kind: .numbers,
        "Coefficients of POLY(n), from the constant upwards, in SPICE2's order."),
      Parameter(
        "value", aliases: ["vol", "cur"], unit: output, kind: .behavioural,
        "Output as an expression of circuit quantities, in place of gain and controls."),
      Parameter(
        "table.input", unit: "1", kind: .behavioural, "Expression looked up in TABLE."),
      Parameter(
        "table.points", unit: "", kind: .numbers,
        "Pairs (input, output) of TABLE, inputs increasing."),
    ]
  }
}

extension ControlledSources {
  static func banks(
    _ input: BankInput, _ layout: EquationLayout, _ form: BehaviouralElement.Form
  ) throws -> [any Bank] {
    var maker = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      let scale = form == .current ? values.number("m") : 1
      try maker.add(values, form, scale: scale) { builder, dynamic in
        let parameters = values.instance.parameters
        if let value = parameters["value"]?.expression {
          return try builder.expression(value, dynamic: dynamic)
        }
        if let points = parameters["table.points"]?.numbers,
          let input = parameters["table.input"]?.expression
        {
          let place = try builder.expression(input, dynamic: dynamic)
          return builder.apply(.table, [place] + points.map { builder.constant($0) })
        }
        let controls = controls(values, &builder)
        if let coefficients = parameters["poly"]?.numbers {
          return builder.polynomial(coefficients, controls)
        }
        guard let gain = parameters["gain"]?.expression, let control = controls.first else {
          throw Fault(
            "missing-value", "'\(values.instance.name)' has no gain", at: values.instance.origin)
        }
        return builder.apply(
          .multiply, try builder.expression(gain, dynamic: dynamic), control)
      }
    }
    return maker.banks(isSource: true)
  }

  /// The controlling quantities: currents of named sources, or voltages of the terminals behind the
  /// first two.
  private static func controls(
    _ values: DeviceValues, _ builder: inout TapeBuilder
  ) -> [TapeBuilder.Place] {
    if let names = values.instance.parameters["control"]?.text {
      return names.split(separator: " ").map { builder.input(.branch(String($0))) }
    }
    let nodes = values.instance.terminals
    return stride(from: 2, to: nodes.count - 1, by: 2).map {
      builder.voltage(nodes[$0], nodes[$0 + 1])
    }
  }
}

enum VoltageControlledVoltageSource: Device {
  static let description = ControlledSources.voltageByVoltage

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    try ControlledSources.banks(input, layout, .voltage)
  }
}

enum CurrentControlledCurrentSource: Device {
  static let description = ControlledSources.currentByCurrent

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    try ControlledSources.banks(input, layout, .current)
  }
}

enum VoltageControlledCurrentSource: Device {
  static let description = ControlledSources.currentByVoltage

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    try ControlledSources.banks(input, layout, .current)
  }
}

enum CurrentControlledVoltageSource: Device {
  static let description = ControlledSources.voltageByCurrent

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    try ControlledSources.banks(input, layout, .voltage)
  }
}
