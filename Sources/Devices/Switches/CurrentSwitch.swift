import Schematic

/// A resistance that passes from roff to ron as the current of a voltage source rises.
enum CurrentSwitch: Device {
  static let description = DeviceDescription(
    letter: "W", name: "current-controlled switch",
    summary: "A switch controlled by the current of a voltage source.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "control", unit: "", kind: .text, required: true,
        "Voltage source whose current controls.")
    ] + SwitchModels.instanceParameters,
    models: [
      SwitchModels.hysteresis("csw", "current", unit: "A", "it", "ih"),
      SwitchModels.smooth("iswitch", "Current", unit: "A", ("ion", 1e-3), "ioff"),
    ],
    modelRequired: true,
    source: "Xyce Reference Guide (iswitch) and ngspice User Manual (csw)",
    notes: SwitchModels.notes)
}

extension CurrentSwitch {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let banks = SwitchBanks(temperature: input.circuit.temperature + 273.15)
    for index in input.instances {
      let values = input.values(index)
      let source = ControllingSource(
        name: values.instance.parameters["control"]?.text?.lowercased() ?? "",
        origin: values.instance.origin)
      try banks.append(
        values, description, control: (0, 0), source: source, thresholds: ("it", "ih"),
        ends: ("ion", "ioff"), hysteresisType: "csw")
    }
    return banks.all
  }
}
