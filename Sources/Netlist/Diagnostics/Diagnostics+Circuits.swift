extension Diagnostics {
  /// Of circuits as a whole, and of what is asked of their analyses.
  static let ofCircuits: [Entry] = [
    Entry("current-cut", "Nothing but current sources connects a part of the circuit to ground."),
    Entry("floating-node", "No path for direct current leads from a node to ground."),
    Entry("measure-cycle", "Measures are computed from each other in a circle."),
    Entry("needs-implicit", "The circuit cannot be integrated by explicit formulas."),
    Entry("no-unknowns", "The circuit has no node but ground and nothing to solve for."),
    Entry("single-connection", "A node is connected to one terminal only."),
    Entry("unknown-probe", "The analysis has no such quantity of a node or device."),
    Entry("voltage-loop", "Voltage sources, inductors or the like form a loop."),
  ]
}
