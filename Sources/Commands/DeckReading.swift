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
}
