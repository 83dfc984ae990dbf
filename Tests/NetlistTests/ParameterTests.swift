import Schematic
import Testing

@testable import Netlist

@Suite struct ParameterTests {
  @Test func anyOrderAndSeveralALine() throws {
    let circuit = try DeckText.circuit(
      """
      .param c={a+b} A=1k
      + b='2*a'
      R1 x 0 {c}
      """)
    #expect(circuit.parameters == ["a": 1000, "b": 2000, "c": 3000])
    #expect(circuit.resistance("r1") == 3000)
  }

  @Test func longChainsNeedNoStack() throws {
    let chain = (1..<20_000).map { ".param p\($0)={p\($0 - 1)+1}" }.reversed()
    let circuit = try DeckText.circuit(chain.joined(separator: "\n") + "\n.param p0=0")
    #expect(circuit.parameters["p19999"] == 19_999)
  }

  @Test func cycleShowsItsChain() {
    let reading = DeckText.read(".param a={b} b={c+1} c={2*a}\nR1 x 0 {a}")
    #expect(
      DeckText.shown(reading) == """
        error[parameter-cycle]: 'a' is defined by itself
         --> test.cir:2:27
          |
        2 | .param a={b} b={c+1} c={2*a}
          |                           ^ a -> b -> c -> a
        """)
  }

  @Test func functionsOfTheDeck() throws {
    let circuit = try DeckText.circuit(
      """
      .func twice(x) {2*x}
      .func quad(x) = 'twice(twice(x)) + offset'
      .param offset=1 a={quad(3)}
      """)
    #expect(circuit.parameters["a"] == 13)
  }

  @Test func recursiveFunctionIsRefused() {
    #expect(
      DeckText.identifiers(".func f(x) {f(x)+f(x)}\n.param a={f(1)}") == ["function-recursion"])
  }

  @Test func doublingFunctionsAreRefused() {
    let functions = (1...40).map { ".func f\($0)(x) {f\($0 - 1)(x)+f\($0 - 1)(x)}" }
    let deck = ".func f0(x) {x}\n" + functions.joined(separator: "\n") + "\n.param a={f40(1)}"
    #expect(DeckText.identifiers(deck).count == 1)
  }

  @Test func overrideWins() throws {
    let deck = ".param a=1 b={2*a}"
    let circuit = try DeckText.circuit(deck, overrides: [("a", "3k")])
    #expect(circuit.parameters == ["a": 3000, "b": 6000])
    let unknown = DeckText.read(deck, overrides: [("aa", "1")])
    #expect(
      DeckText.shown(unknown) == """
        error[unknown-parameter]: no parameter named 'aa'
         --> -p:1:1
          |
        1 | aa=1
          | ^^ did you mean 'a'?
        """)
  }

  @Test func timeStaysInTheParameter() throws {
    let circuit = try DeckText.circuit(".param ramp={2*time}\nB1 x 0 v={ramp+V(x)}")
    let expression = circuit.instance("b1")?.parameters["v"]?.expression
    #expect(expression?.probes.first?.nodes == [1])
    #expect(expression?.constant == nil)
  }

  @Test func unknownNamesNameTheNearMiss() {
    let faults = DeckText.read(".param spread=1\nR1 a 0 {spraed}\nR2 a 0 {sine(1)}").faults
    #expect(faults.map(\.identifier) == ["unknown-parameter", "unknown-function"])
    #expect(faults[0].label == "did you mean 'spread'?")
    #expect(faults[1].label == "did you mean 'sin'?")
  }

  @Test func dividingByZeroIsAFault() {
    #expect(DeckText.identifiers(".param a={1/0}") == ["not-finite"])
  }

  /// Cards that are read before the parameters see the same values.
  @Test func overridesReachTheTemperature() throws {
    let circuit = try DeckText.circuit(
      ".param celsius=27\n.temp {celsius}\nR1 a 0 1", overrides: [("celsius", "85")])
    #expect(circuit.temperature == 85 && circuit.parameters["celsius"] == 85)
  }
}
