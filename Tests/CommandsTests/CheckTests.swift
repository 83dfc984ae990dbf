import Foundation
import Schematic
import TestSupport
import Testing

@testable import Commands

@Suite struct CheckTests {
  static func instance(_ name: String, _ device: String, _ terminals: [Int32]) -> Instance {
    Instance(
      name: name, device: device, terminals: terminals,
      origin: .none)
  }

  static let circuit = Circuit(
    title: "a divider", nodeNames: ["0", "in", "out", "loose"],
    instances: [
      instance("v1", "V", [1, 0]), instance("r1", "R", [1, 2]), instance("r2", "R", [2, 0]),
      instance("r3", "R", [2, 3]),
    ],
    cells: [
      Cell(
        name: "x1", definition: "neuron", parent: -1, terminals: [1, 2], parameters: [:],
        origin: .none)
    ],
    cards: [
      .views(ViewsCard(path: "/cells.json", origin: .none)),
      .train(
        TrainCard(
          rule: "hebb", ruleOrigin: .none, into: "w", origin: .none, intoOrigin: .none)),
    ],
    parameters: ["a": 1, "b": 2])

  @Test func countsWhatThereIs() {
    let summary = CircuitSummary(Self.circuit)
    #expect(summary.nodes == 4)
    #expect(summary.danglingNodes == ["loose"])
    #expect(summary.instances == [.init(name: "R", count: 3), .init(name: "V", count: 1)])
    #expect(summary.instanceCount == 4)
    #expect(summary.cells == [.init(name: "neuron", count: 1)])
    #expect(summary.cards == [.init(name: "views", count: 1), .init(name: "train", count: 1)])
    #expect(summary.parameters == 2)
  }

  @Test func text() throws {
    try Snapshot.expect(CircuitSummary(Self.circuit).text, matches: "check.txt")
  }

  @Test func json() throws {
    let text = JSON.object(CircuitSummary(Self.circuit).json).rendered
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let object = try #require(value as? [String: Any])
    #expect(object["nodes"] as? Int == 4)
    #expect(object["instances"] as? [String: Int] == ["R": 3, "V": 1])
    #expect(object["cards"] as? [String: Int] == ["views": 1, "train": 1])
  }

  @Test func faultsWithoutADeckAreToldToo() {
    let fault = Fault(
      "unknown-model", "no model named 'stoo'", label: "did you mean 'sto'?", help: "see devices",
      instancePath: "x1.x2")
    #expect(
      PlainFaultRenderer().text(fault) == """
        error[unknown-model]: no model named 'stoo': did you mean 'sto'?
          in: x1.x2
          help: see devices
        """)
  }
}
