import Schematic
import Testing

@testable import Netlist

@Suite struct SubcircuitTests {
  @Test func opensWithParametersAndDefaults() throws {
    let circuit = try DeckText.circuit(
      """
      .param g=7
      .subckt half in out params: r=1k half={r/2}
      R1 in mid {half}
      R2 mid out {r+g}
      .ends half
      X1 a 0 half r=4k
      X2 a b half half=1
      """)
    #expect(circuit.resistance("x1.r1") == 2000)
    #expect(circuit.resistance("x1.r2") == 4007)
    #expect(circuit.resistance("x2.r1") == 1)
    #expect(circuit.nodes(of: "x1.r2") == ["x1.mid", "0"])
    #expect(circuit.cells.map(\.name) == ["x1", "x2"])
    #expect(circuit.cells[0].parameters == ["r": 4000, "half": 2000])
    #expect(circuit.instances.map(\.cell) == [0, 0, 1, 1])
  }

  @Test func nestedDefinitionsShadow() throws {
    let circuit = try DeckText.circuit(
      """
      .param r=1
      .subckt outer a r=2
      .subckt inner a
      R1 a 0 {r}
      .ends
      X1 a inner
      .ends
      .subckt inner a
      R1 a 0 {10*r}
      .ends
      X1 n outer
      X2 n inner
      """)
    #expect(circuit.resistance("x1.x1.r1") == 2)
    #expect(circuit.resistance("x2.r1") == 10)
    #expect(circuit.cells.map(\.parent) == [-1, 0, -1])
  }

  @Test func globalNodesAreOne() throws {
    let circuit = try DeckText.circuit(
      ".global vdd\n.subckt s a\nR1 a vdd 1\n.ends\nX1 n s\nX2 n s\nR1 vdd 0 1")
    #expect(circuit.nodes(of: "x1.r1") == ["n", "vdd"])
    #expect(Set(circuit.nodeNames).count == circuit.nodeNames.count)
  }

  @Test func modelsAreScoped() throws {
    let circuit = try DeckText.circuit(
      """
      .model m r rsh=1
      .subckt s a k=2
      .model m r (rsh={k})
      R1 a 0 m
      .ends
      X1 n s
      X2 n s k=3
      R1 n 0 m
      """)
    let sheet = circuit.instances.map {
      circuit.models[Int($0.model)].parameters["rsh"]?.number
    }
    #expect(sheet == [2, 3, 1])
  }

  @Test func arraysFanOut() throws {
    let circuit = try DeckText.circuit(
      """
      .subckt s a b k=0
      R1 a b {k}
      .ends
      X[0:2] out[0:2] com s k={100+index}
      R[1:2] out[2:1] 0 {index+1}
      Rgrid[0:1][0:2] g[0:1][0:2] 0 {index}
      """)
    #expect(circuit.cells.map(\.name) == ["x[0]", "x[1]", "x[2]"])
    #expect(circuit.nodes(of: "x[2].r1") == ["out[2]", "com"])
    #expect(circuit.resistance("x[2].r1") == 102)
    #expect(circuit.nodes(of: "r[1]") == ["out[2]", "0"])
    #expect(circuit.nodes(of: "rgrid[1][0]") == ["g[1][0]", "0"])
    #expect(circuit.resistance("rgrid[1][0]") == 3)
  }

  @Test func mistakesInUnopenedSubcircuits() {
    let reading = DeckText.read(".subckt s a\nR1 a 0 {nope}\n.ends\nR1 a 0 1")
    #expect(reading.faults.map(\.identifier) == ["unknown-parameter"])
    #expect(reading.faults.first?.instancePath == nil)
  }

  @Test func unopenedSubcircuitsLeaveNothing() throws {
    let circuit = try DeckText.circuit(".subckt s a\nR1 a b 1\n.ends\nR1 a 0 1")
    #expect(circuit.instances.map(\.name) == ["r1"])
    #expect(circuit.nodeNames == ["0", "a"])
    #expect(circuit.cells.isEmpty)
  }

  @Test func mistakesAreNamed() {
    let deck = """
      .subckt cell a b k=1
      R1 a b {k}
      .ends
      X1 a cell
      X2 a b cell j=2
      X3 a b cel
      X[0:3] a[0:2] b cell
      .subckt loop a
      X1 a loop
      .ends
      X4 a loop
      """
    let faults = DeckText.read(deck).faults
    #expect(
      faults.map(\.identifier) == [
        "wrong-node-count", "unknown-parameter", "unknown-subcircuit", "array-length",
        "subcircuit-recursion",
      ])
    #expect(faults[2].label == "did you mean 'cell'? (defined at test.cir:2)")
    #expect(faults[4].instancePath == "x4")
  }
}
