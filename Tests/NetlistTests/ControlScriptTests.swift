import Schematic
import Testing

@testable import Netlist

/// What a `.control` block of ngspice asks for.
@Suite struct ControlScriptTests {
  private static func cards(_ script: String, deck: String = "") throws -> [Card] {
    try DeckText.circuit("R1 a 0 {log(exp(1))}\n\(deck)\n.control\n\(script)\n.endc").cards
  }

  private static func stops(_ cards: [Card]) -> [Double] {
    cards.compactMap { if case .tran(let card) = $0 { card.stopTime } else { nil } }
  }

  @Test func analysesAreRead() throws {
    let cards = try Self.cards("op\nrun\ntran 1n 1u\nmeas tran top max v(a)\nplot v(a)")
    #expect(cards.count == 3)
    #expect(Self.stops(cards) == [1e-6])
    #expect(
      cards.contains { if case .measure(let card) = $0 { card.name == "top" } else { false } })
  }

  @Test func whatFollowsAChangeIsLeftOut() throws {
    #expect(Self.stops(try Self.cards("tran 1n 1u\nalter r1 = 2\ntran 1n 2u")) == [1e-6])
    #expect(Self.stops(try Self.cards("alter r1 = 2\ntran 1n 2u", deck: ".tran 1n 3u")) == [3e-6])
  }

  @Test func aLateAnalysisIsBetterThanNone() throws {
    let text = "R1 a 0 1\n.control\nalter r1 = 2\ntran 1n 2u\n.endc"
    #expect(Self.stops(try DeckText.circuit(text).cards) == [2e-6])
    #expect(DeckText.identifiers(text) == ["control-block", "control-block"])
  }

  @Test func conditionsAndVariablesAreNotGuessed() throws {
    let script = "if 1 > 2\ntran 1n 1u\nend\ntran $step 5u\nop"
    #expect(Self.stops(try Self.cards(script)).isEmpty)
    #expect(try Self.cards(script).count == 1)
  }

  @Test func loopsAreGoneThroughOnce() throws {
    #expect(Self.stops(try Self.cards("repeat 3\ntran 1n 1u\nend")) == [1e-6])
  }

  @Test func theDeckIsOfNgspice() throws {
    // log is natural there; a card of the deck's own counts more
    let text = "R1 a 0 {log(100)}\n.control\nop\n.endc"
    let natural = try #require(try DeckText.circuit(text).resistance("r1"))
    #expect(abs(natural - 4.605170186) < 1e-9)
    #expect(try DeckText.circuit(text + "\n.options dialect=xyce").resistance("r1") == 2)
  }

  @Test func aMeasureThatCannotBeReadIsLeftOut() throws {
    let text = "R1 a 0 1\n.control\nop\nmeas tran y max v(nowhere)\n.endc"
    #expect(try DeckText.circuit(text).cards.count == 1)
  }
}
