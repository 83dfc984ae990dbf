import Schematic

/// The lossless line: each port is z0 in series with what left the other port td earlier.
enum TransmissionLine: Device {
  static let description = DeviceDescription(
    letter: "T", name: "transmission line",
    summary: "A lossless transmission line.",
    terminals: ["a+", "a-", "b+", "b-"],
    instanceParameters: [
      Parameter(
        "z0", aliases: ["zo"], unit: "ohm", range: .positive, required: true,
        "Characteristic impedance."),
      Parameter("td", unit: "s", range: .positive, "Delay; or f and nl give it."),
      Parameter("f", unit: "Hz", range: .positive, "Frequency at which nl is given."),
      Parameter(
        "nl", unit: "1", default: 0.25, range: .positive, "Length in wavelengths at f."),
      Parameter("ic.v1", unit: "V", "Voltage of port a at the start of a transient analysis."),
      Parameter("ic.i1", unit: "A", "Current of port a at the start of a transient analysis."),
      Parameter("ic.v2", unit: "V", "Voltage of port b at the start of a transient analysis."),
      Parameter("ic.i2", unit: "A", "Current of port b at the start of a transient analysis."),
    ],
    source: "F. H. Branin Jr., Proc. IEEE 55 (1967) 2012")
}
