import Schematic
import Testing

@testable import Netlist

@Suite struct RandomFunctionTests {
  private let deck = """
    .param spread=0.1 p={agauss(1, spread, 1)}
    .subckt s a d=0 r=1
    R1 a 0 {d}
    R2 a 0 {d}
    R3 a 0 {aunif(10, 1)}
    .ends
    R1 a 0 {p}
    R2 a 0 {p}
    Xn[0:99] a s d={agauss(0, spread, 1)}
    """

  @Test func drawnOnceForEachPlace() throws {
    let circuit = try DeckText.circuit(deck, seed: 1)
    #expect(circuit.resistance("r1") == circuit.resistance("r2"))
    #expect(circuit.resistance("r1") == circuit.parameters["p"])
    let draws = (0..<100).compactMap { circuit.resistance("xn[\($0)].r1") }
    #expect(Set(draws).count == 100)
    #expect(draws == (0..<100).compactMap { circuit.resistance("xn[\($0)].r2") })
    #expect(draws == circuit.cells.compactMap { $0.parameters["d"] })
    let mean = draws.reduce(0, +) / 100
    let deviation = (draws.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 99).squareRoot()
    #expect(abs(mean) < 0.04)
    #expect(abs(deviation - 0.1) < 0.03)
    let uniform = (0..<100).compactMap { circuit.resistance("xn[\($0)].r3") }
    #expect(Set(uniform).count == 100)
    #expect(uniform.allSatisfy { (9...11).contains($0) })
  }

  @Test func independentOfTheRestOfTheDeck() throws {
    let first = try DeckText.circuit(deck, seed: 4)
    let lines = deck.split(separator: "\n").map(String.init)
    let moved =
      ([".param other={gauss(5, 0.1, 1)} * x", "Rnew b 0 {unif(1, 0.5)}"]
      + [lines[8], lines[6], lines[7]] + lines[0..<6]).joined(separator: "\n")
      .replacing(" * x", with: "")
    let second = try DeckText.circuit(moved, seed: 4)
    for name in ["r1", "xn[3].r1", "xn[99].r3"] {
      #expect(first.resistance(name) == second.resistance(name))
    }
  }

  @Test func seedsAndSamplesDiffer() throws {
    let values = try [(1, 0), (2, 0), (1, 1)].map {
      try DeckText.circuit(deck, seed: $0.0, sample: $0.1).resistance("xn[7].r1")
    }
    #expect(Set(values).count == 3)
  }

  @Test func severalInOneExpressionDiffer() throws {
    let circuit = try DeckText.circuit(".param d={agauss(0,1,1)-agauss(0,1,1)}", seed: 1)
    #expect(circuit.parameters["d"] != 0)
  }

  @Test func theSigmaArgumentDivides() throws {
    let one = try DeckText.circuit(".param d={agauss(0,1,1)}", seed: 1).parameters["d"]
    let three = try DeckText.circuit(".param d={agauss(0,1,4)}", seed: 1).parameters["d"]
    #expect(one == three.map { 4 * $0 })
  }
}
