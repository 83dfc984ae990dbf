import Foundation
import TestSupport
import Testing
import Waveforms

/// ^C in the middle of a recall.
@Suite struct InterruptedRecallTests {
  /// About a minute of work in batches of milliseconds.
  static let long = [("trials=2", "trials=100000"), ("samples=41", "samples=3")]

  @Test func keepsWhatIsDone() throws {
    try SmallDeck.with(Self.long) { deck in
      let run = try BuiltProgram.run(
        ["recall", "deck.cir", "-o", "out", "--no-pictures", "--json", "--jobs", "1"],
        in: deck.folder
      ) { process in
        Thread.sleep(forTimeInterval: 2)
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130)
      #expect(run.errors.contains("interrupted: "), "\(run.errors)")
      #expect(try run.object()["reachedStop"] as? Bool == false)
      #expect(try Scratch.contents(deck.folder.appendingPathComponent("out")) == ["recall.nc"])
      let result = try Dataset.read(deck.path("out/recall.nc"))
      #expect(result.attributes["reached_stop"]?.integer == 0)
      #expect(result.attributes["trials_planned"]?.integer == 300_000)
      let trials = try #require(result.axis("trial")?.count)
      #expect(trials > 0 && trials < 300_000 && trials % 32 == 0)
      let errors = try #require(result["error"]?.values.doubles)
      #expect(errors.count == 3 * trials && errors.allSatisfy { $0.isFinite })
    }
  }

  /// Steps so short that no batch ends before ^C.
  @Test func withoutAnythingDoneNothingIsLeft() throws {
    try SmallDeck.with([("samples=41", "samples=41 step=0.1p")]) { deck in
      let run = try BuiltProgram.run(
        ["recall", "deck.cir", "-o", "out", "--json"], in: deck.folder
      ) { process in
        Thread.sleep(forTimeInterval: 1)
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && run.output.isEmpty)
      #expect(run.errors.contains("interrupted"), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder.appendingPathComponent("out")).isEmpty)
    }
  }

  @Test func theSecondEndsAtOnce() throws {
    try SmallDeck.with(Self.long) { deck in
      let start = Date()
      let run = try BuiltProgram.run(
        ["recall", "deck.cir", "-o", "out", "--json", "--no-pictures"], in: deck.folder
      ) { process in
        Thread.sleep(forTimeInterval: 1)
        kill(process.processIdentifier, SIGSTOP)
        // Both wait until it goes on: the first is taken, the second ends it.
        kill(process.processIdentifier, SIGINT)
        kill(process.processIdentifier, SIGTERM)
        kill(process.processIdentifier, SIGCONT)
      }
      #expect(run.status == 130 && Date().timeIntervalSince(start) < 20)
      let folder = deck.folder.appendingPathComponent("out")
      #expect(try Scratch.contents(folder).allSatisfy { !$0.hasSuffix(".png") })
    }
  }
}
