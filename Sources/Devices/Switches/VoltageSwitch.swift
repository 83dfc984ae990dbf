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
        "Control as an expression, in place of the controlling nodes."),
      Parameter(
        "on", unit: "1", default: 0, range: .fraction, kind: .flag, "Whether it starts closed."),
      Parameter(
        "off", unit: "1", default: 0, range: .fraction, kind: .flag, "Whether it starts open."),
      Common.multiplicity,
    ],
    models: [
      DeviceDescription.Model(
        type: "sw", summary: "Switch with a threshold and hysteresis.",
        parameters: [
          Parameter("vt", unit: "V", default: 0, "Threshold voltage."),
          Parameter(
            "vh", unit: "V", default: 0,
            "Hysteresis: closes at vt + vh and opens at vt - vh; negative makes it smooth."),
          SwitchResistance.on, SwitchResistance.off,
        ]),
      DeviceDescription.Model(
        type: "vswitch", summary: "Switch that passes smoothly from voff to von.",
        parameters: [
          Parameter("von", unit: "V", default: 1, "Voltage at which it is closed."),
          Parameter("voff", unit: "V", default: 0, "Voltage at which it is open."),
          SwitchResistance.on, SwitchResistance.off,
        ]),
      DeviceDescription.Model(
        type: "switch", summary: "Switch controlled by an expression without unit.",
        parameters: [
          Parameter("on", unit: "1", default: 1, "Control at which it is closed."),
          Parameter("off", unit: "1", default: 0, "Control at which it is open."),
          SwitchResistance.on, SwitchResistance.off,
        ]),
    ] + CurrentSwitch.description.models,
    modelRequired: true,
    source: "Xyce Reference Guide (vswitch, switch) and ngspice User Manual (sw)",
    notes: SwitchResistance.notes)
}

/// The resistances that every switch has.
enum SwitchResistance {
  static let notes = """
    `sw` and `csw` with hysteresis h >= 0 close where the control exceeds threshold + h and open \
    where it falls below threshold - h; in between they keep their state, which is at first that \
    of `on` or `off` (open when neither is written). Both instants are found exactly. Negative h \
    makes the passage smooth, from threshold + h to threshold - h.

    The other models pass smoothly between the control `off` and the control `on`, whichever is \
    greater: with x = (2 c - (on + off)) / (on - off), held to -1...1,

        ln r = (ln ron + ln roff)/2 - (3 x - x^3)/4 ln(roff/ron)

    With `control={expression}` c is the expression, an unknown of its own; it may contain voltages,
    currents, `time` and whatever else a B source may.

    Noise: 4kT/r. All that is absorbed is dissipated.
    """

  static let on = Parameter(
    "ron", unit: "ohm", default: 1, range: .positive, "Resistance when closed.")
  static let off = Parameter(
    "roff", unit: "ohm", default: 1e6, range: .positive, "Resistance when open.")
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
