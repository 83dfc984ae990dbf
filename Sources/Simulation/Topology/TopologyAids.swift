import Devices

/// What makes equations regular that the circuit's topology leaves singular.
extension CircuitEquations {
  /// Ohms in series with an inductor or a zero resistance in a loop of imposed voltages.
  private static let loopResistance = 1e-9
  /// Siemens, where gmin is set to nothing.
  private static let leastConductance = 1e-12

  private func groundedNodes(_ moment: Moment) -> [Int32] {
    moment.analysis == .operatingPoint
      ? topology.floatingAtRest + topology.floatingAlways : topology.floatingAlways
  }

  private func conductance(_ moment: Moment) -> Double {
    max(moment.junctionConductance, Self.leastConductance)
  }

  /// To the residual in the buffers.
  func addTopologyAids() {
    for node in groundedNodes(moment) {
      buffers.currents[Int(node)] += conductance(moment) * buffers.values[Int(node)]
    }
    for branch in loopBranches {
      buffers.currents[Int(branch)] -= Self.loopResistance * buffers.values[Int(branch)]
    }
  }

  /// To the matrix.
  func addTopologyAids(_ moment: Moment, to values: UnsafeMutablePointer<Double>) {
    for node in groundedNodes(moment) {
      values[Int(diagonal[Int(node)])] += conductance(moment)
    }
    for branch in loopBranches { values[Int(diagonal[Int(branch)])] -= Self.loopResistance }
  }
}
