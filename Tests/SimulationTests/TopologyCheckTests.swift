import Devices
import Netlist
import Schematic
import Testing

@testable import Simulation

struct TopologyCheckTests {
  static func circuit(_ text: String) throws -> Circuit {
    let reading = DeckReader.read(
      text: Array(("a deck\n" + text + "\n.end\n").utf8), path: "test.cir", devices: Catalogue.all)
    return try #require(reading.circuit, "\(reading.faults)")
  }

  static func faults(_ text: String) throws -> [String] {
    TopologyCheck(try circuit(text)).faults.map { "\($0.severity.rawValue) \($0.message)" }
  }

  @Test func goodCircuitsAreSilent() throws {
    #expect(try Self.faults("v1 a 0 1\nr1 a b 1k\nc1 b 0 1n\nl1 b c 1u\nr2 c 0 1").isEmpty)
    #expect(try Self.faults("i1 0 a 1\ng1 a 0 a 0 1m\nd1 a 0 dd\n.model dd d").isEmpty)
  }

  @Test func floatingNodes() throws {
    let found = try Self.faults("v1 a 0 1\nc1 a b 1n\nc2 b 0 1n\nr1 c d 1k\nc3 c b 1n\nc4 d a 1n")
    #expect(found == ["warning nodes 'b', 'c' have no dc path to ground"])
  }

  @Test func forcedNodes() throws {
    let found = try Self.faults("i1 0 a 1u\nc1 a 0 1n")
    #expect(
      found == ["warning node 'a' has no dc path to ground for the current that is forced into it"])
  }

  @Test func gatesFloat() throws {
    let found = try Self.faults(
      "v1 d 0 1\nc1 g 0 1f\nm1 d g 0 0 n\n.model n nmos level=1")
    #expect(found == ["warning node 'g' has no dc path to ground"])
  }

  @Test func loopsOfSources() throws {
    #expect(
      try Self.faults("v1 a 0 1\nv2 b a 1\ne1 b 0 c 0 1\nv3 c 0 1\nr1 b c 1k")
        == ["error 'e1', 'v2', 'v1' form a loop of voltage sources"])
    #expect(
      try Self.faults("v1 a 0 1\nl1 a b 1u\nl2 b 0 1u\nr1 b 0 1")
        == ["warning 'l2', 'l1', 'v1' form a loop of elements without resistance"])
    // a current that something reads is determined by that
    let read = try Self.faults("v1 a 0 1\nv2 a 0 1\nh1 b 0 v2 5\nr1 b 0 1")
    #expect(read == ["warning 'v2', 'v1' form a loop of voltage sources"])
  }

  @Test func singleConnections() throws {
    let found = try Self.faults("v1 a 0 1\nr1 a b 1k\nr2 a c 1k")
    #expect(found == ["warning nodes 'b', 'c' have only one connection"])
  }

  @Test func errorsAreThrownWithTheirPlace() throws {
    let circuit = try Self.circuit("v1 a 0 1\nv2 a 0 1\nr1 a 0 1")
    #expect {
      _ = try CircuitEquations(circuit)
    } throws: { error in
      guard let faults = (error as? Faults)?.list else { return false }
      return faults.count == 1 && faults[0].identifier == "voltage-loop"
        && faults[0].origin.file == 0
    }
  }

  /// Circuits that the equations alone leave singular have an operating point.
  @Test func aidsMakeOperatingPoints() throws {
    let capacitors = try DeckCase("v1 a 0 1\nc1 a b 1n\nc2 b 0 1n")
    #expect(abs(try capacitors.rest()[1]) < 1e-9)
    let gate = try DeckCase("v1 d 0 1\nr1 d 0 1k\nm1 d g 0 0 n\n.model n nmos level=1")
    #expect(try gate.rest().allSatisfy(\.isFinite))
    // a transformer right at a source without offset, as decks often have it
    let transformer = try DeckCase("v1 a 0 sin(0 1 1k)\nl1 a 0 1m\nr1 a 0 1k")
    #expect(try transformer.rest().allSatisfy { abs($0) < 1e-9 })
    let inductors = try DeckCase("i1 0 a 2\nl1 a 0 1m\nl2 a 0 1m\nr1 a 0 1")
    let x = try inductors.rest()
    let names = (1...x.count).map { inductors.equations.name(of: $0) }
    let currents = zip(names, x).filter { $0.0.hasPrefix("current of l") }.map(\.1)
    #expect(abs(currents.reduce(0, +) - 2) < 1e-6)
  }

  /// The time grows with the size alone: a long ladder and a long chain of sources.
  @Test func longCircuits() throws {
    var circuit = Circuit(title: "long")
    let count = 100_000
    circuit.nodeNames += (1...count).map { "n\($0)" }
    for k in 1...Int32(count) {
      let device = k % 2 == 0 ? "R" : "V"
      circuit.instances.append(
        Instance(
          name: "\(device.lowercased())\(k)", device: device, terminals: [k - 1, k],
          origin: .none))
    }
    let check = TopologyCheck(circuit)
    #expect(check.faults.map(\.identifier) == ["single-connection"])
  }
}
