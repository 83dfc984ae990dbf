import Devices
import Schematic

/// Unknowns and equations by the names their deck gives them.
extension CircuitEquations {
  /// "node x1.out", "current of v1", "x of ymemristor!m1"; `unknown` counts ground as 0.
  func name(of unknown: Int) -> String {
    if unknown < layout.nodeCount { return "node \(circuit.nodeNames[unknown])" }
    let own = layout.unknowns[unknown]
    return "\(own.label) of \(circuit.instances[Int(own.instance)].name)"
  }

  /// What counts as small for each unknown, ground removed, in its own unit.
  func absoluteTolerances(_ options: SolverOptions) -> [Double] {
    layout.unknowns.dropFirst().map { unknown in
      switch unknown.kind {
      case .voltage: options.voltageTolerance * options.stepErrorFactor
      case .current, .inductorCurrent: options.currentTolerance
      case .state(let scale), .auxiliary(let scale): scale
      }
    }
  }

  /// Which unknowns' local errors choose the step, ground removed.
  var testedUnknowns: [Bool] {
    layout.unknowns.dropFirst().map { unknown in
      switch unknown.kind {
      case .voltage, .inductorCurrent, .state: true
      case .current, .auxiliary: false
      }
    }
  }
}
