import Schematic

/// M = k sqrt(L1 L2) between every pair of the named inductors.
enum MutualInductance: Device {
  static let description = DeviceDescription(
    letter: "K", name: "mutual inductance",
    summary: "Magnetic coupling between two or more inductors, named instead of nodes.",
    terminals: [],
    instanceParameters: [
      Parameter(
        "k", aliases: ["coupling", "value"], unit: "1", range: -1...1, required: true,
        "Coupling coefficient; the sign follows the inductors' first terminals."),
      Parameter(
        "inductors", unit: "", kind: .text, required: true,
        "Names of the coupled inductors, separated by blanks."),
    ],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")
}
