import Schematic

/// A current J(t) from n+ through the source to n-.
enum CurrentSource: Device {
  static let description = DeviceDescription(
    letter: "I", name: "current source",
    summary: "An independent current source; positive current flows from n+ through it to n-.",
    terminals: ["n+", "n-"],
    instanceParameters: Waveforms.parameters(unit: "A"),
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")
}
