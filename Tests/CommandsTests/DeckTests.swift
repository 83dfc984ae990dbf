import Foundation
import TestSupport
import Testing

/// Decks as a user meets them: through `oscine check` and `oscine run`.
@Suite struct DeckTests {
  static func withDeck(_ text: String, _ body: (URL) throws -> Void) throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("deck.cir")
      try text.write(to: file, atomically: true, encoding: .utf8)
      try body(folder)
    }
  }

  static let divider = """
    a divider
    .param r=1k
    V1 in 0 1
    R1 in out {r}
    R2 out 0 1k
    .op
    .end
    """

  @Test func aSoundDeckIsCounted() throws {
    try Self.withDeck(Self.divider) { folder in
      let run = try BuiltProgram.run("check", "deck.cir", "-p", "r=2k", "--json", in: folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let object = try run.object()
      #expect(object["valid"] as? Bool == true)
      #expect(object["nodes"] as? Int == 3)
      #expect(object["instances"] as? [String: Int] == ["R": 2, "V": 1])
      #expect(object["cards"] as? [String: Int] == ["op": 1])
      let text = try BuiltProgram.run("check", "deck.cir", in: folder)
      #expect(text.status == 0 && text.output.hasPrefix("a divider\n"))
    }
  }

  @Test func everyFaultIsToldWithItsPlace() throws {
    let deck = Self.divider.replacingOccurrences(of: "{r}", with: "{q}")
      .replacingOccurrences(of: ".op", with: ".opp")
    try Self.withDeck(deck) { folder in
      let run = try BuiltProgram.run("check", "deck.cir", "--json", in: folder)
      #expect(run.status == 2)
      #expect(run.errors.contains("deck.cir:4:") && run.errors.contains("deck.cir:6:"))
      let object = try run.object()
      #expect(object["valid"] as? Bool == false)
      let errors = try #require(object["errors"] as? [[String: Any]])
      #expect(errors.compactMap { $0["line"] as? Int } == [4, 6])
      #expect(errors.allSatisfy { ($0["identifier"] as? String)?.isEmpty == false })
    }
  }

  @Test func runLeavesOneFileAnAnalysis() throws {
    try Self.withDeck(Self.divider) { folder in
      let run = try BuiltProgram.run("run", "deck.cir", "--format", "csv", in: folder)
      #expect(run.status == 0 && run.output.contains("op: 1 points"))
      #expect(try Scratch.contents(folder).sorted() == ["deck.cir", "deck.cir.op.csv"])
    }
    let nothing = Self.divider.replacingOccurrences(of: ".op\n", with: "")
    try Self.withDeck(nothing) { folder in
      let run = try BuiltProgram.run("run", "deck.cir", in: folder)
      #expect(run.status == 2 && run.errors.contains("error[nothing-to-run]"))
    }
  }

  @Test(arguments: ["check", "run"])
  func decksThatAreNone(_ command: String) throws {
    try Self.withDeck(Self.divider) { folder in
      let missing = try BuiltProgram.run(command, "dekc.cir", in: folder)
      #expect(missing.status == 2 && missing.output.isEmpty)
      #expect(missing.errors.contains("did you mean 'deck.cir'?"))
      let directory = try BuiltProgram.run(command, folder.path)
      #expect(directory.status == 2 && directory.errors.contains("is a directory, not a deck"))
      let number = try BuiltProgram.run(command, "deck.cir", "--seed", "many", in: folder)
      #expect(number.status == 2 && number.errors.contains("'--seed' needs a whole number"))
    }
  }

  @Test func trainTakesPatternsFromADeck() throws {
    let deck = """
      random patterns
      .patterns images=random(3) size=4x3 encode=full
      .options seed=5
      .end
      """
    try Self.withDeck(deck) { folder in
      let run = try BuiltProgram.run("train", "deck.cir", "--json", in: folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let object = try run.object()
      #expect(object["oscillators"] as? Int == 12)
      #expect((object["patterns"] as? [String])?.count == 3)
      #expect(object["encoding"] as? String == "full")
      #expect(try Scratch.contents(folder) == ["deck.cir", "w.npy"])
    }
  }
}
