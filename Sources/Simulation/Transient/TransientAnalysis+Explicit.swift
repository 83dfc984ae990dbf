import Devices
import Integration
import Schematic

/// Integration by explicit formulas, where a circuit allows it.
extension TransientAnalysis {
  /// - Throws: `Fault` "needs-implicit" for a circuit that it cannot be asked of.
  func explicitSolver() throws -> DormandPrince {
    if let obstacle = obstacle() { throw refusal(obstacle) }
    do {
      // capacitances are refused: those of Meyer depend on voltages, and rates' factors must not
      return try DormandPrince(
        equations, at: starter.time, x: starter.stateValues, tolerances: tolerances,
        mayBeState: (0..<equations.unknownCount).map { equations.isState($0 + 1) },
        stopTime: nextCorner(after: 0), stepMaximum: longestStep)
    } catch let failure as IntegrationFailure {
      throw explained(failure)
    } catch let problem as NotExplicit {
      switch problem.reason {
      case .noStates: throw refusal("nothing in it has a state")
      case .coupledRates:
        throw refusal("\(equations.name(of: problem.row + 1)) moves together with others")
      case .unwantedState:
        throw refusal("there is a capacitance at \(equations.name(of: problem.row + 1))")
      }
    }
  }

  /// What stands against it, a clause; nil for nothing that can be known beforehand.
  private func obstacle() -> String? {
    if equations.noise != nil { return "noise in time is on" }
    if !equations.delayed.isEmpty { return "there are delays" }
    if let row = equations.chargeRows.first {
      return "there are charges at \(equations.name(of: row + 1))"
    }
    if equations.eventCount > 0 { return "there are switches or comparisons" }
    return nil
  }

  private func refusal(_ obstacle: String) -> Fault {
    Fault(
      "needs-implicit", "this circuit cannot be integrated explicitly: \(obstacle)",
      at: equations.circuit.options["integrator"]?.origin ?? .none,
      help: "leave 'integrator=explicit' out; it is for oscillators without capacitors and delays")
  }
}

extension CircuitEquations {
  /// Whether a device's state or an inductor's current; `unknown` counts ground as 0.
  fileprivate func isState(_ unknown: Int) -> Bool {
    switch layout.unknowns[unknown].kind {
    case .state, .inductorCurrent: true
    case .voltage, .current, .auxiliary: false
    }
  }
}
