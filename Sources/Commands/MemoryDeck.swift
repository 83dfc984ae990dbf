import Experiments
import Netlist
import Schematic

/// A deck whose memory is simulated at circuit fidelity: its synapses and summing lines are written
/// behind it, each a subcircuit call, and the whole is read again.
struct MemoryDeck {
  private let text: DeckText
  private let synapse: SynapseArray
  /// Given what shows the faults of a cell that is read alone.
  private let tell: (any FaultRenderer) -> Void

  /// - Parameter circuit: of the text.
  /// - Returns: nil where there is no synapse array; a recall needs one.
  init?(
    _ circuit: Circuit, _ text: DeckText, tell: @escaping (any FaultRenderer) -> Void = { _ in }
  ) {
    guard let synapse = circuit.synapses.first else { return nil }
    self.synapse = synapse
    self.text = text
    self.tell = tell
  }

  init?(_ circuit: Circuit, _ context: RunContext) {
    self.init(circuit, context.deckText) { context.faultRenderer = $0 }
  }

  /// - Throws: `Fault` where the deck does not say what circuits its memory is made of, `Faults` of
  ///   the deck so made.
  func make(_ synapses: [MemorySynapse], _ frequency: Double) throws -> MemoryCircuit {
    let plain = text.read()
    guard let circuit = plain.circuit else {
      throw Faults(plain.faults.filter { $0.severity == .error })
    }
    guard synapse.topology == .chain else {
      throw Fault(
        "topology-not-simulated", "circuit fidelity simulates a chain a synapse",
        at: synapse.origin, help: "topology=chain, or fidelity=envelope")
    }
    guard let line = synapse.line else {
      throw Fault(
        "no-summing-line", "'\(synapse.name)' does not say what sums its synapses' currents",
        at: synapse.origin, help: "line=summing_line, with its library included")
    }
    let outlines = Dictionary(
      plain.subcircuits.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    guard let chain = outlines[synapse.cell], let sum = outlines[line],
      let cell = circuit.cells.first(where: { $0.terminals.first == synapse.from.first }),
      let neuron = outlines[cell.definition]
    else {
      throw Fault(
        "cell-not-simulated", "cells of a memory are subcircuits of the deck's top level",
        at: synapse.cellOrigin)
    }
    guard let port = neuron.ports.firstIndex(of: "vdd") else {
      throw Fault(
        "no-supply", "cell '\(cell.definition)' has no port vdd", at: cell.origin)
    }
    let supply = cell.terminals[port]
    let names = circuit.nodeNames
    let metered = "memory_supply"
    var calls = ["\(MemoryCircuit.meter) \(names[Int(supply)]) \(metered) 0"]
    for (place, to) in synapse.to.enumerated() {
      calls.append(
        call(
          "\(MemoryCircuit.linePrefix)[\(place)]", sum,
          ["sum": sumNode(place), "out": names[Int(to)], "vdd": names[Int(supply)]],
          ["crosspoints": Double(synapse.from.count)]))
    }
    for one in synapses {
      calls.append(
        call(
          "\(MemoryCircuit.synapsePrefix)_\(one.to)_\(one.from)", chain,
          [
            "in": names[Int(synapse.from[one.from])], "out": sumNode(one.to), "vdd": metered,
          ], ["weight": one.weight, "phase": one.phase, "frequency": frequency]))
    }
    let whole = text.read(more: calls)
    guard let made = whole.circuit else {
      throw Faults(whole.faults.filter { $0.severity == .error })
    }
    return MemoryCircuit(
      circuit: made, oscillator: try CellLibrary.cell(neuron, cell, plain.sources, text, tell),
      supply: supply)
  }

  private func sumNode(_ place: Int) -> String { "memory_sum_\(place)" }

  /// A subcircuit call by the names of its ports, with the parameters that the subcircuit has;
  /// those of the array win.
  private func call(
    _ name: String, _ cell: SubcircuitOutline, _ nodes: [String: String],
    _ parameters: [String: Double]
  ) -> String {
    let values = parameters.merging(synapse.parameters) { _, own in own }
    let words =
      [name] + cell.ports.map { nodes[$0] ?? "0" } + [cell.name]
      + values.sorted { $0.key < $1.key }.filter { cell.parameters.contains($0.key) }
      .map { "\($0.key)={\($0.value)}" }
    return words.joined(separator: " ")
  }
}
