import Devices
import Netlist
import Schematic
import Testing

@testable import Simulation

/// A deck read, its equations and its operating point.
struct DeckCase {
  /// The deck lacks the card that its test is about.
  struct Missing: Error {}

  let circuit: Circuit
  let options: SolverOptions
  let equations: CircuitEquations
  let operatingPoint: OperatingPoint

  init(_ text: String) throws {
    let reading = DeckReader.read(
      text: Array(("a deck\n" + text + "\n.end\n").utf8), path: "test.cir", devices: Catalogue.all)
    circuit = try #require(reading.circuit, "\(reading.faults)")
    options = SolverOptions(circuit.options)
    equations = try CircuitEquations(circuit)
    operatingPoint = try OperatingPoint(equations, options)
  }

  /// What the deck prints of an analysis.
  func printed(_ kind: AnalysisKind) -> [Expression] {
    circuit.cards.flatMap { card -> [Expression] in
      guard case .print(let print) = card, print.analysis == kind else { return [] }
      return print.outputs.map(\.value)
    }
  }

  func rest() throws -> [Double] { try operatingPoint.solve().x }
}
