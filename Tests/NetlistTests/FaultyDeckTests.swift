import Schematic
import Testing

/// Every deck of `Faulty` has mistakes; what the user is told of them stands beside it.
@Suite struct FaultyDeckTests {
  @Test(arguments: Corpus.decks(in: "Faulty"))
  func diagnostics(name: String) throws {
    let reading = Corpus.read(name, in: "Faulty")
    #expect(!reading.faults.isEmpty)
    #expect(reading.faults.contains { $0.severity == .error } == (reading.circuit == nil))
    let text = Corpus.rendered(reading)
    let expected = try Corpus.snapshot(name, in: "Faulty", text)
    #expect(text == expected)
  }

  @Test func thereAreManyDecks() {
    #expect(Corpus.decks(in: "Faulty").count >= 80)
  }

  /// Every fault points into a text that was read, and says something.
  @Test(arguments: Corpus.decks(in: "Faulty"))
  func faultsAreLocated(name: String) {
    let reading = Corpus.read(name, in: "Faulty")
    for fault in reading.faults {
      #expect(
        fault.message.first?.isUppercase != true || fault.message.hasPrefix("POLY")
          || fault.message.hasPrefix("TABLE"))
      #expect(!fault.message.hasSuffix("."))
      #expect(!fault.identifier.isEmpty)
      if fault.identifier != "too-many-faults" {
        #expect(reading.sources.file(fault.origin) != nil, "\(fault)")
      }
    }
  }
}
