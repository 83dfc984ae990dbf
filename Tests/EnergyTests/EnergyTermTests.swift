import Energy
import Foundation
import Numerics
import Schematic
import TestSupport
import Testing

/// Round numbers, so that totals can be worked out by hand.
func roundCells(dropping missing: (cell: String, constant: String)? = nil) -> ViewLibrary {
  let values: [(String, [String: Double])] = [
    ("neuron", ["bias_current": 100e-6]),
    ("amplifier", ["bias_current": 20e-6, "output_capacitance": 4e-15]),
    (
      "chain",
      [
        "stage_delay": 100e-12, "stage_capacitance": 1e-15, "input_capacitance": 2e-15,
        "on_resistance": 10e3, "memristance": 90e3, "memristor_capacitance": 0.25e-15,
        "short_circuit_fraction": 0.2,
      ]
    ),
    (
      "crossbar",
      ["unit_conductance": 1e-4, "read_voltage": 0.1, "crosspoint_capacitance": 1e-16]
    ),
    ("driver", ["efficiency": 0.5, "quiescent_current": 1e-6]),
  ]
  return ViewLibrary(
    cells: values.map { cell, constants in
      View(
        cell: cell, kind: "test",
        constants: constants.filter { missing?.cell != cell || missing?.constant != $0.key }
          .mapValues { View.Constant(value: $0, unit: "SI", source: "test", standIn: true) })
    })
}

/// Two oscillators at 1 GHz and 1 V; weights 0.5 (no delay), 0.25 at +-90 degrees, and none.
func roundOperation(_ topology: SynapseTopology, levels: Int? = 4) -> NetworkOperation {
  let weights = ComplexMatrix(
    rows: 2, columns: 2,
    elements: [Complex(0.5), Complex(0, 0.25), Complex(0, -0.25), .zero])
  return NetworkOperation(
    oscillatorCount: 2, supplyVoltage: 1, frequency: 1e9, topology: topology, levels: levels,
    synapses: SynapseTally(.dense(weights), frequency: 1e9, levels: levels))
}

func roundTerms(_ operation: NetworkOperation) throws -> [any EnergyTerm] {
  try EnergyTerms.make(
    EnergyCells(roundCells(), oscillator: "neuron", synapse: "chain"), operation)
}

let roundDrive = Drive(
  time: 0, meanPower: 0.2, squaredFeedback: 1.25, absoluteFeedback: 1.5, feedbackCurrent: 10e-6)

private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * abs(b) }

@Suite struct EnergyTermTests {
  @Test func powersByHandForChains() throws {
    let operation = roundOperation(.chain)
    let powers = Dictionary(
      uniqueKeysWithValues: try roundTerms(operation).map {
        ($0.name, $0.power(roundDrive, operation))
      })
    // Two times 100 uA at 1 V.
    #expect(close(powers["oscillator bias"]!, 200e-6))
    // Two times 20 uA; 1 GHz times (two outputs of 4 fF, three inputs of 2 fF).
    #expect(close(powers["read-out amplifier"]!, 40e-6 + 1e9 * 14e-15))
    // Delays 0, 250 and 750 ps: 0 + 3 + 8 stages of 1.25 fF and a fifth more.
    #expect(close(powers["delay stages"]!, 1e9 * 11 * 1.25e-15 * 1.2))
    // Sum of |W| = 1.
    #expect(close(powers["weight conductances"]!, 1e-4 * 0.01))
    // 15 uA at half efficiency and two times 1 uA.
    #expect(close(powers["feedback driver"]!, 32e-6))
    #expect(powers.count == 5)
  }

  @Test func powersByHandForTappedChains() throws {
    let operation = roundOperation(.tapped)
    let terms = try roundTerms(operation)
    // Four taps 250 ps apart, three stages each, two chains; each tap charges two crosspoints.
    let stages = try #require(terms.compactMap { $0 as? DelayStages }.first)
    #expect(stages.stageCount == 24)
    #expect(close(stages.memristorShare, 0.9))
    let taps = 8.0 * 2 * 1e-16 * 0.01
    #expect(
      close(
        stages.power(roundDrive, operation), 1e9 * (24 * 1.25e-15 * 1.2 + taps)))
    // One chain input an oscillator.
    let amplifier = try #require(terms.first { $0.name == "read-out amplifier" })
    #expect(close(amplifier.power(roundDrive, operation), 40e-6 + 1e9 * 12e-15))
  }

  @Test func tappedChainsNeedLevels() {
    let operation = roundOperation(.tapped, levels: nil)
    let faults = #expect(throws: Faults.self) { try roundTerms(operation) }
    #expect(faults?.list.map(\.identifier) == ["tapped-needs-levels"])
  }

  /// Each constant that any term reads is asked for, at the deck's place, and never defaulted.
  @Test func everyMissingConstantIsAFault() {
    let origin = Origin(file: 3, offset: 40, length: 7)
    for topology in [SynapseTopology.chain, .tapped] {
      let operation = roundOperation(topology)
      for view in roundCells().cells {
        for constant in view.constants.keys
        where topology == .tapped || constant != "crosspoint_capacitance" {
          let library = roundCells(dropping: (view.cell, constant))
          let faults = #expect(throws: Faults.self) {
            try EnergyTerms.make(
              EnergyCells(library, oscillator: "neuron", synapse: "chain", at: origin),
              operation)
          }
          #expect(faults?.list.isEmpty == false)
          for fault in faults?.list ?? [] {
            #expect(fault.identifier == "view-lacks-constant" && fault.origin == origin)
            #expect(fault.message.contains("'\(constant)'"))
          }
        }
      }
    }
  }

  @Test func missingCellsAreNamedAllAtOnce() {
    let faults = #expect(throws: Faults.self) {
      try EnergyCells(
        ViewLibrary(cells: []), oscillator: "neuron", synapse: "delay_chain")
    }
    #expect(faults?.list.count == 5)
    #expect(faults?.list.allSatisfy { $0.identifier == "views-lack-cell" } == true)
  }

  @Test func senselessConstantsAreRefused() throws {
    var library = roundCells()
    library.cells[4].constants["efficiency"]?.value = 1.5
    library.cells[2].constants["stage_delay"]?.value = 0
    library.cells[0].constants["bias_current"]?.value = .nan
    let faults = #expect(throws: Faults.self) {
      try EnergyTerms.make(
        EnergyCells(library, oscillator: "neuron", synapse: "chain"), roundOperation(.chain))
    }
    #expect(
      faults?.list.map(\.identifier)
        == [String](repeating: "view-constant-out-of-range", count: 3))
  }

  @Test func standInsCarryTheirSources() throws {
    let terms = try roundTerms(roundOperation(.chain))
    #expect(terms[0].standIns.map(\.name) == ["neuron.bias_current"])
    var library = roundCells()
    library.cells[0].constants["bias_current"]?.standIn = false
    let measured = try EnergyTerms.make(
      EnergyCells(library, oscillator: "neuron", synapse: "chain"), roundOperation(.chain))
    #expect(measured[0].standIns.isEmpty)
  }

  @Test func shippedCellsBackEveryTerm() throws {
    let data = try Data(contentsOf: Repository.file("circuits/memory/cells.json"))
    let library = try JSONDecoder().decode(ViewLibrary.self, from: data)
    for view in library.cells {
      for (name, constant) in view.constants {
        #expect(!constant.source.isEmpty && !constant.unit.isEmpty, "\(view.cell).\(name)")
      }
    }
    for (topology, cell) in [(SynapseTopology.chain, "delay_chain"), (.tapped, "tapped_chain")] {
      let weights = ComplexMatrix(
        rows: 192, columns: 192, elements: [Complex](repeating: Complex(0, 0.01), count: 36864))
      let operation = NetworkOperation(
        oscillatorCount: 192, supplyVoltage: 0.8, frequency: 504.1e6, topology: topology,
        levels: 64,
        synapses: SynapseTally(.dense(weights), frequency: 504.1e6, levels: 64))
      let terms = try EnergyTerms.make(
        EnergyCells(library, oscillator: "neuron", synapse: cell), operation)
      let total = terms.reduce(0) { $0 + $1.power(roundDrive, operation) }
      // The published system draws 26 mW; ours must stay within its decade.
      #expect(total > 0.02 && total < 0.26)
    }
  }
}

@Suite struct SynapseTallyTests {
  @Test func countsDelaysAndWeights() {
    let tally = roundOperation(.chain).synapses
    #expect(tally.count == 3)
    #expect(close(tally.weightTotal, 1) && close(tally.weightMean, 1.0 / 3))
    #expect(close(tally.delayTotal, 1e-9))
    #expect(tally.delayCounts == [1, 1, 0, 1])
    // Exactly divisible delays need no extra stage.
    #expect(tally.stageCount(stageDelay: 250e-12) == 4)
    #expect(tally.stageCount(stageDelay: 249e-12) == 6)
  }

  @Test func lowRankEqualsDense() {
    var stream = RandomStream(seed: 1, purpose: .weights)
    let factor = ComplexMatrix(
      rows: 20, columns: 2,
      elements: (0..<40).map { _ in Complex(stream.normal(), stream.normal()) })
    let weights = Weights.lowRank(LowRankMatrix(left: factor, right: factor))
    let low = SynapseTally(weights, frequency: 5e8, levels: nil)
    let dense = SynapseTally(.dense(weights.expanded), frequency: 5e8, levels: nil)
    #expect(low.count == 400 && close(low.weightTotal, dense.weightTotal))
    // Diagonal arguments of +-1e-17 fall into the same bin.
    #expect(low.delayCounts == dense.delayCounts)
  }

  @Test(arguments: [SynapseTopology.chain, .tapped])
  func stagesTooManyToCount(_ topology: SynapseTopology) {
    var library = roundCells()
    let chain = library.cells.firstIndex { $0.cell == "chain" } ?? 0
    library.cells[chain].constants["stage_delay"]?.value = 1e-300
    #expect {
      try EnergyTerms.make(
        EnergyCells(library, oscillator: "neuron", synapse: "chain"), roundOperation(topology))
    } throws: {
      ($0 as? Faults)?.list.map(\.identifier) == ["view-constant-out-of-range"]
    }
  }
}
