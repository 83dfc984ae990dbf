import Devices
import Foundation
import Netlist
import Schematic
import TestSupport
import Testing

/// Decks composed at random from the language's own grammar are read to the end, within bounds.
/// The seed is fixed; for a longer hunt set OSCINE_FUZZ_SECONDS and OSCINE_FUZZ_SEED.
@Suite struct GrammarTests {
  @Test func composedDecksAreReadToTheEnd() {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["OSCINE_FUZZ_SECONDS"].flatMap { Double($0) } ?? 2
    let limit = environment["OSCINE_FUZZ_SECONDS"] == nil ? 1000 : Int.max
    var writer = DeckWriter(seed: environment["OSCINE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 7)
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    var accepted = 0
    while count < limit, clock.now - start < .seconds(seconds) {
      let deck = writer.deck()
      let before = clock.now
      let reading = DeckReader.read(
        text: Array(deck.utf8), path: "composed.cir", devices: Catalogue.all)
      #expect(
        (reading.circuit == nil) == reading.faults.contains { $0.severity == .error }, "\(deck)")
      if reading.circuit != nil { accepted += 1 }
      if count % 16 == 0 { _ = Corpus.rendered(reading) }
      count += 1
      #expect(clock.now - before < .seconds(30), "\(deck)")
    }
    #expect(count > 20)
    // most statements are right, so that some decks are right as a whole
    #expect(accepted > count / 50)
  }
}
