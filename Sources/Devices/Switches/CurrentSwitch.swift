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
    source: "Xyce Reference Guide (iswitch) and ngspice User Manual (csw)")
}
