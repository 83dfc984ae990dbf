import Schematic

/// v(n+) - v(n-) = E(t); positive current flows into n+ and through the source to n-.
enum VoltageSource {
  static let description = DeviceDescription(
    letter: "V", name: "voltage source",
    summary: "An independent voltage source; its current is positive from n+ through it to n-.",
    terminals: ["n+", "n-"],
    instanceParameters: Waveforms.parameters(unit: "V"),
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")
}
