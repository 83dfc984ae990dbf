import Testing

@testable import Netlist

@Suite struct ConditionalTests {
  @Test(arguments: [(1.0, 10.0), (2, 20), (3, 30)])
  func branches(_ mode: Double, _ resistance: Double) throws {
    let circuit = try DeckText.circuit(
      """
      .param mode=\(mode)
      .if (mode == 1)
      .param r=10
      .elseif mode == 2
      .param r=20
      .else
      .param r=30
      .endif
      R1 a 0 {r}
      """)
    #expect(circuit.resistance("r1") == resistance)
  }

  @Test func nestedInSubcircuits() throws {
    let circuit = try DeckText.circuit(
      """
      .subckt s a n=0
      .if (n > 0)
      R1 a 0 1
      .if (n > 1)
      R2 a 0 2
      .endif
      .else
      R3 a 0 3
      .endif
      .ends
      X1 a s
      X2 a s n=1
      X3 a s n=2
      """)
    #expect(circuit.instances.map(\.name) == ["x1.r3", "x2.r1", "x3.r1", "x3.r2"])
  }

  @Test func overridesReachConditions() throws {
    let deck = ".param big=0\n.if (big)\nR1 a 0 1meg\n.else\nR1 a 0 1\n.endif"
    #expect(try DeckText.circuit(deck).resistance("r1") == 1)
    #expect(try DeckText.circuit(deck, overrides: [("big", "1")]).resistance("r1") == 1e6)
  }

  @Test func aMissingFileInABranchNotTaken() throws {
    _ = try DeckText.circuit(".if (0)\n.include \"nowhere.lib\"\n.endif")
    #expect(
      DeckText.identifiers(".if (1)\n.include \"nowhere.lib\"\n.endif") == ["no-such-file"])
  }

  @Test func wrongNesting() {
    #expect(
      DeckText.identifiers(".endif\n.else\n.if (1)\n.ends\n.subckt s a") == [
        "misplaced-if", "misplaced-if", "unclosed-if", "misplaced-ends", "unclosed-subcircuit",
      ])
  }
}
