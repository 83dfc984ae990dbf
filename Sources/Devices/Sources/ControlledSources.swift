import Schematic

/// The four linear controlled sources, each also as a polynomial, an expression or a table.
enum ControlledSources {
  static let voltageByVoltage = DeviceDescription(
    letter: "E", name: "voltage-controlled voltage source",
    summary: "A voltage that is a gain, polynomial, expression or table of node voltages.",
    terminals: ["n+", "n-"], optionalTerminals: ["nc+", "nc-"],
    instanceParameters: parameters(gainUnit: "1", output: "V"), source: source)

  static let currentByVoltage = DeviceDescription(
    letter: "G", name: "voltage-controlled current source",
    summary: "A current, from n+ through the source to n-, that is a function of node voltages.",
    terminals: ["n+", "n-"], optionalTerminals: ["nc+", "nc-"],
    instanceParameters: parameters(gainUnit: "S", output: "A") + [Common.multiplicity],
    source: source)

  static let currentByCurrent = DeviceDescription(
    letter: "F", name: "current-controlled current source",
    summary: "A current, from n+ through the source to n-, that follows voltage sources' currents.",
    terminals: ["n+", "n-"],
    instanceParameters: [control] + parameters(gainUnit: "1", output: "A")
      + [Common.multiplicity],
    source: source)

  static let voltageByCurrent = DeviceDescription(
    letter: "H", name: "current-controlled voltage source",
    summary: "A voltage that follows the currents of voltage sources.",
    terminals: ["n+", "n-"],
    instanceParameters: [control] + parameters(gainUnit: "ohm", output: "V"), source: source)

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

enum VoltageControlledVoltageSource: Device {
  static let description = ControlledSources.voltageByVoltage
}

enum CurrentControlledCurrentSource: Device {
  static let description = ControlledSources.currentByCurrent
}

enum VoltageControlledCurrentSource: Device {
  static let description = ControlledSources.currentByVoltage
}

enum CurrentControlledVoltageSource: Device {
  static let description = ControlledSources.voltageByCurrent
}
