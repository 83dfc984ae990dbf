import Schematic
import Testing

/// Every deck of `Good` is read without an error, into the circuit that stands beside it.
@Suite struct GoodDeckTests {
  @Test(arguments: Corpus.decks(in: "Good"))
  func circuit(name: String) throws {
    let reading = Corpus.read(name, in: "Good")
    #expect(Corpus.rendered(reading) == "")
    let circuit = try #require(reading.circuit)
    let text = CircuitText(circuit).text
    let expected = try Corpus.snapshot(name, in: "Good", text)
    #expect(text == expected)
  }
}
