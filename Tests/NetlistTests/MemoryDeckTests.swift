import Foundation
import Schematic
import Testing

@testable import Netlist

@Suite struct MemoryDeckTests {
  private let deck = """
    Twelve photographs on 192 spin-torque oscillators
    .include "../circuits/neuron.lib"
    .include "../circuits/delay-chain.lib"
    .param feedback=60u spread=1e-4 vdd=0.8
    Rvdd vdd 0 {vdd}
    Xneuron[0:191] out[0:191] in[0:191] vdd 0 neuron feedback={feedback}
    + detuning={agauss(0, spread, 1)}
    YSYNAPSE W from=out[0:191] to=in[0:191] cell=delay_chain topology=chain levels=64
    .views file="../circuits/cells.json"
    .patterns images="images/*.png" size=16x12 encode=half
    .train rule=pseudoinverse into=W
    .recall probes=corrupt(0.25) trials=20 tstop=2u stop=error<0.05 thermal=on
    .sweep spread log(1e-5, 1e-1, 5) feedback list(10u, 60u) trials=200
    .end
    """
  private let neuron = """
    .subckt neuron out in vdd vss feedback=10u detuning=0
    R1 out in {1/feedback}
    .ends
    """
  private let chain = ".subckt delay_chain in out\nR1 in out 1k\n.ends\n"

  @Test func theMainDeck() throws {
    let folder = try DeckText.folder([
      "netlists/recall.cir": deck, "circuits/neuron.lib": neuron,
      "circuits/delay-chain.lib": chain, "circuits/cells.json": "{}",
      "netlists/images/b.png": "", "netlists/images/a.png": "", "netlists/images/c.txt": "",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let reading = DeckText.read(folder, "netlists/recall.cir")
    #expect(reading.faults.isEmpty, "\(DeckText.shown(reading))")
    let circuit = try #require(reading.circuit)
    #expect(circuit.title == "Twelve photographs on 192 spin-torque oscillators")
    #expect(circuit.cells.count == 192)
    #expect(circuit.cells[5].parameters["feedback"] == 60e-6)
    #expect(Set(circuit.cells.map { $0.parameters["detuning"] }).count == 192)
    let synapse = try #require(circuit.synapses.first)
    #expect(synapse.name == "w" && synapse.cell == "delay_chain" && synapse.levels == 64)
    #expect(synapse.from.map { circuit.nodeNames[Int($0)] } == (0..<192).map { "out[\($0)]" })
    #expect(synapse.to[191] == circuit.cells[191].terminals[1])
    var found = 0
    for card in circuit.cards {
      switch card {
      case .patterns(let card):
        let base = folder.path + "/netlists/images/"
        #expect(card.source == .images([base + "a.png", base + "b.png"]))
        #expect(card.width == 16 && card.height == 12 && card.encoding == .half)
        found += 1
      case .train(let card):
        #expect(card.rule == "pseudoinverse" && card.into == "w")
        found += 1
      case .recall(let card):
        #expect(card.probes == .corrupt(0.25) && card.trials == 20 && card.targetError == 0.05)
        #expect(card.stopTime == 2e-6 && card.thermal)
        found += 1
      case .views(let card):
        #expect(card.path == folder.path + "/circuits/cells.json")
        found += 1
      case .sweep(let card):
        #expect(card.axes.map(\.target.name) == ["spread", "feedback"])
        #expect(card.axes[0].values.count == 5 && card.axes[0].values[4] == 0.1)
        #expect(abs(card.axes[0].values[2] - 1e-3) < 1e-15)
        #expect(card.trials == 200)
        found += 1
      default: Issue.record("a card nobody wrote")
      }
    }
    #expect(found == 5)
  }

  @Test func mistakes() {
    let body =
      chain + """
        R1 o[0] 0 1
        R2 o[1] 0 1
        R3 i[0] 0 1
        YSYNAPSE a from=o[0:1] to=i[0:0] cell=delay_chain
        YSYNAPSE b from=q[0:1] to=i[0:0] cell=delay_chain
        YSYNAPSE c from=o[0:0] to=i[0:0] cell=delay_chian
        YSYNAPSE d from=o[0:0] to=i[0:0] cell=delay_chain levls=3
        YSYNAPSE e from=o[0:0] to=i[0:0] cell=delay_chain topology=star dead=2
        .train rule=hebbb into=a
        .train rule=hebb into=z
        .patterns images="nothing/*.png" size=16x12
        .patterns random(3) size=2x2
        .patterns images=random(3) size=2y2
        .recall probes=corrupt(1.5) tstop=1u
        .recall probes=corrupt(0.5) tstop=0
        .recall probes=corrupt(0.5) tstop=1u stop=overlap>0.5
        .recal probes=corrupt(0.5)
        .sweep sprad lin(0, 1, 3)
        """
    #expect(
      DeckText.identifiers(body) == [
        "array-length", "unknown-node", "unknown-cell", "unknown-argument", "unknown-choice",
        "unknown-choice", "unknown-synapse", "no-such-file", "expected-argument",
        "malformed-size", "out-of-range", "out-of-range", "malformed-stop", "unknown-card",
        "unknown-parameter",
      ])
  }
}
