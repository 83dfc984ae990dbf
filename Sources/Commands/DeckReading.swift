import Experiments
import Netlist
import Schematic

/// A deck, read as far as it could be.
struct DeckReading {
  /// Nil where an error kept it from being elaborated.
  var circuit: Circuit?
  /// Errors and warnings, in the order of their places.
  var faults: [Fault]
  var renderer: any FaultRenderer

  var errors: [Fault] { faults.filter { $0.severity == .error } }
  var warnings: [Fault] { faults.filter { $0.severity == .warning } }
}

extension RunContext {
  /// The circuit of the deck that the first argument names, with `--param` and `--seed` applied.
  /// Warnings go to standard error, with `--quiet` too: they tell of what the result may not mean.
  /// - Throws: `UsageError` where there is no such file, `Faults` with every error of the deck.
  func readDeck() throws -> Circuit {
    let reading = try deckReading()
    for warning in reading.warnings { printer.complain(reading.renderer.text(warning)) }
    guard let circuit = reading.circuit, reading.errors.isEmpty else {
      throw Faults(reading.errors)
    }
    return circuit
  }

  /// The same for a memory that runs on views: inside its cells mistakes are looked for once a
  /// subcircuit, and nothing is opened a million times that no fidelity but `circuit` looks at.
  func readMemoryDeck() throws -> Circuit {
    let reading = try deckReading(cells: .oneOfEach)
    guard let circuit = reading.circuit, !circuit.isForCircuitFidelity else {
      return try readDeck()
    }
    for warning in reading.warnings { printer.complain(reading.renderer.text(warning)) }
    return circuit
  }
}

extension Circuit {
  fileprivate var isForCircuitFidelity: Bool {
    guard case .text(let name)? = options["fidelity"]?.value else { return false }
    return name.lowercased() == NetworkFidelity.circuit.rawValue
  }
}
