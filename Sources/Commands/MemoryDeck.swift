import Devices
import Experiments
import Foundation
import Netlist
import Schematic

/// A deck whose memory is simulated at circuit fidelity: its synapses and summing lines are written
/// behind it, each a subcircuit call, and the whole is read again.
struct MemoryDeck {
  let context: RunContext
  let synapse: SynapseArray

  /// - Precondition: the circuit has one synapse array, as a recall needs.
  init?(_ circuit: Circuit, _ context: RunContext) {
    guard let synapse = circuit.synapses.first else { return nil }
    self.synapse = synapse
    self.context = context
  }

  /// - Throws: `Fault` where the deck does not say what circuits its memory is made of, `Faults` of
  ///   the deck so made.
  func make(_ synapses: [MemorySynapse], _ frequency: Double) throws -> MemoryCircuit {
    let plain = read("")
    guard let circuit = plain.circuit else { throw Faults(plain.faults) }
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
    var text = ["\(MemoryCircuit.meter) \(names[Int(supply)]) \(metered) 0"]
    for (place, to) in synapse.to.enumerated() {
      text += call(
        "\(MemoryCircuit.linePrefix)[\(place)]", sum,
        ["sum": sumNode(place), "out": names[Int(to)], "vdd": names[Int(supply)]],
        ["crosspoints": Double(synapse.from.count)])
    }
    for one in synapses {
      text += call(
        "\(MemoryCircuit.synapsePrefix)_\(one.to)_\(one.from)", chain,
        [
          "in": names[Int(synapse.from[one.from])], "out": sumNode(one.to), "vdd": metered,
        ], ["weight": one.weight, "phase": one.phase, "frequency": frequency])
    }
    let whole = read(text.joined(separator: "\n"))
    guard let made = whole.circuit else {
      throw Faults(whole.faults.filter { $0.severity == .error })
    }
    return MemoryCircuit(
      circuit: made, oscillator: try CellLibrary.cell(neuron, cell, plain.sources, context),
      supply: supply)
  }

  private func sumNode(_ place: Int) -> String { "memory_sum_\(place)" }

  /// A subcircuit call by the names of its ports, with the parameters that the subcircuit has;
  /// those of the array win.
  private func call(
    _ name: String, _ cell: SubcircuitOutline, _ nodes: [String: String],
    _ parameters: [String: Double]
  ) -> [String] {
    let values = parameters.merging(synapse.parameters) { _, own in own }
    return [name] + cell.ports.map { "+ \(nodes[$0] ?? "0")" } + ["+ \(cell.name)"]
      + values.sorted { $0.key < $1.key }.filter { cell.parameters.contains($0.key) }
      .map { "+ \($0.key)={\($0.value)}" }
  }

  /// The deck with more lines behind its last.
  private func read(_ more: String) -> DeckReader.Reading {
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: context.argument))) ?? Data()
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let end = lines.firstIndex {
      let line = String(decoding: $0, as: UTF8.self)
      return line.trimmingCharacters(in: .whitespaces).lowercased() == ".end"
    }
    if let end { lines.removeSubrange(end...) }
    let text = lines.joined(separator: [UInt8(ascii: "\n")]) + Array("\n\(more)\n.end\n".utf8)
    return DeckReader.read(
      text: Array(text), path: context.argument, overrides: context.invocation.parameters,
      seed: context.seed.map(UInt64.init), devices: Catalogue.all)
  }
}
