import Devices
import Experiments
import Netlist
import Schematic

/// A deck to be read again and again: the text as it was first read, with values, sample and
/// temperature of a run's own.
struct DeckText: Sendable {
  var path: String
  /// Of top-level parameters, and of calls' as `x1:w`.
  var overrides: [(name: String, value: String)] = []
  /// Nil takes the deck's.
  var seed: UInt64?
  /// Number of the draw of all random functions.
  var sample = 0
  /// Celsius; nil takes the deck's.
  var temperature: Double?
  /// What files held when they were first read, by absolute path.
  var texts: [String: [UInt8]] = [:]
  /// Parameters of elements and models, set in the circuit once it is read.
  var settings: [(target: SweepAxis.Target, value: Double)] = []

  /// - Parameters:
  ///   - more: statements behind the deck's, such as the synapses of a memory.
  ///   - cells: how much of what is inside subcircuits is read.
  func read(more: [String] = [], cells: CellDepth = .everything) -> DeckReader.Reading {
    var reading = DeckReader.read(
      path: path, overrides: overrides, seed: seed, sample: sample, temperature: temperature,
      cards: more.map { (text: $0, name: "memory") }, texts: texts, cells: cells,
      devices: Catalogue.all)
    reading.circuit = reading.circuit.map(adjusted)
    return reading
  }

  /// The circuit with the settings of what it has: where views stand for cells, or a cell stands
  /// alone, it lacks the rest.
  func adjusted(_ circuit: Circuit) -> Circuit {
    var circuit = circuit
    for (target, value) in settings where circuit.description(of: target) != nil {
      try? circuit.set(target, to: value)
    }
    return circuit
  }
}

extension RunContext {
  /// The deck that the first argument names, with `--param` and `--seed` applied.
  var deckText: DeckText {
    DeckText(path: argument, overrides: invocation.parameters, seed: seed.map(UInt64.init))
  }
}
