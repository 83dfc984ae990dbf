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
        "Voltage source whose current controls."),
      Parameter(
        "on", unit: "1", default: 0, range: .fraction, kind: .flag, "Whether it starts closed."),
      Parameter(
        "off", unit: "1", default: 0, range: .fraction, kind: .flag, "Whether it starts open."),
      Common.multiplicity,
    ],
    models: [
      DeviceDescription.Model(
        type: "csw", summary: "Switch with a threshold and hysteresis.",
        parameters: [
          Parameter("it", unit: "A", default: 0, "Threshold current."),
          Parameter(
            "ih", unit: "A", default: 0,
            "Hysteresis: closes at it + ih and opens at it - ih; negative makes it smooth."),
          SwitchResistance.on, SwitchResistance.off,
        ]),
      DeviceDescription.Model(
        type: "iswitch", summary: "Switch that passes smoothly from ioff to ion.",
        parameters: [
          Parameter("ion", unit: "A", default: 1e-3, "Current at which it is closed."),
          Parameter("ioff", unit: "A", default: 0, "Current at which it is open."),
          SwitchResistance.on, SwitchResistance.off,
        ]),
    ],
    modelRequired: true,
    source: "Xyce Reference Guide (iswitch) and ngspice User Manual (csw)",
    notes: SwitchResistance.notes)
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
