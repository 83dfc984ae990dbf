import Schematic

/// A resistance that passes from roff to ron as the control voltage, or an expression, rises.
enum VoltageSwitch: Device {
  static let description = DeviceDescription(
    letter: "S", name: "voltage-controlled switch",
    summary: "A switch controlled by a voltage, or by an expression of circuit quantities.",
    terminals: ["n+", "n-"], optionalTerminals: ["nc+", "nc-"],
    instanceParameters: [
      Parameter(
        "control", unit: "V", kind: .behavioural,
        "Control as an expression, in place of the controlling nodes.")
    ] + SwitchModels.instanceParameters,
    models: [
      SwitchModels.hysteresis("sw", "voltage", unit: "V", "vt", "vh"),
      SwitchModels.smooth("vswitch", "Voltage", unit: "V", ("von", 1), "voff"),
      DeviceDescription.Model(
        type: "switch", summary: "Switch controlled by an expression without unit.",
        parameters: [
          Parameter("on", unit: "1", default: 1, "Control at which it is closed."),
          Parameter("off", unit: "1", default: 0, "Control at which it is open."),
          SwitchModels.on, SwitchModels.off,
        ]),
    ] + CurrentSwitch.description.models,
    modelRequired: true,
    source: "Xyce Reference Guide (vswitch, switch) and ngspice User Manual (sw)",
    notes: SwitchModels.notes)
}

extension VoltageSwitch {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let banks = SwitchBanks(temperature: input.circuit.temperature + 273.15)
    var controls = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      let ends = values.instance.terminals
      var control = (ends.count > 2 ? ends[2] : 0, ends.count > 3 ? ends[3] : 0)
      if let written = values.instance.parameters["control"] {
        let expression = written.expression ?? Expression(number: written.number ?? 0)
        control = (try controls.signal(values, expression), 0)
      }
      let limits: (String, String) =
        switch values.model?.type {
        case "switch": ("on", "off")
        case "iswitch": ("ion", "ioff")
        default: ("von", "voff")
        }
      let isCurrent = values.model?.type == "csw"
      try banks.append(
        values, description, control: control, thresholds: isCurrent ? ("it", "ih") : ("vt", "vh"),
        ends: limits, hysteresisType: isCurrent ? "csw" : "sw")
    }
    // the switches come last: what is asked of an instance is asked of its last bank
    return controls.banks(isSource: false) + banks.all
  }
}
