import Foundation
import Sweep
import TestSupport
import Testing

/// Campaigns by ranks that talk by messages.
@Suite struct RankTests {
  /// Two ranks give the rows of one process, and only the first has opened the store.
  @Test(.enabled(if: MPIRun.isThere, Comment(rawValue: MPIRun.absence)))
  func ranksGiveTheRowsOfOneProcess() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, ["--jobs", "1"], store: "a.campaign").status == 0)
      let two = try SweepRun.run(
        deck, ["--json"], store: "b.campaign", launcher: MPIRun.two)
      #expect(two.status == 0 && two.errors.isEmpty, "\(two.errors)")
      #expect(try two.object()["finished"] as? Bool == true)
      #expect(try SweepRun.rows(deck, "b.campaign") == SweepRun.rows(deck, "a.campaign"))
      #expect(try Self.workers(deck, "b.campaign") == 1)
    }
  }

  /// One rank is killed, then one is interrupted; what is left ends as if nothing had happened.
  @Test(.enabled(if: MPIRun.isThere, Comment(rawValue: MPIRun.absence)))
  func ranksThatEndLoseNothingWritten() throws {
    try SweepRun.with { deck in
      // enough trials that a rank is stopped long before the end
      let many = ["--trials", "240"]
      let killed = try Self.signalled(SIGKILL, deck, many)
      #expect(killed.status != 0, "mpirun ends with what a rank ended with")
      let interrupted = try Self.signalled(SIGINT, deck, ["--resume"])
      #expect(interrupted.status == 130 && interrupted.errors.contains("--resume"))
      let resumed = try SweepRun.run(
        deck, ["--resume"], store: "c.campaign", launcher: MPIRun.two)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try SweepRun.run(deck, many, store: "d.campaign").status == 0)
      #expect(try SweepRun.rows(deck, "c.campaign") == SweepRun.rows(deck, "d.campaign"))
    }
  }

  /// Mistakes are told once the ranks are sent home, and no rank does the work of all.
  @Test(.enabled(if: MPIRun.isThere, Comment(rawValue: MPIRun.absence)))
  func ranksShareMistakes() throws {
    try SweepRun.with { deck in
      let wrong = try SweepRun.run(
        deck, ["--axis", "nothing=list(1)"], store: "e.campaign", launcher: MPIRun.two)
      #expect(wrong.status == 2)
      #expect(wrong.errors.ranges(of: "nothing").count < 4, "\(wrong.errors)")
      let other = try BuiltProgram.run(
        ["check", "deck.cir"], in: deck.folder, launcher: MPIRun.two)
      #expect(other.status == 2 && other.errors.contains("for one process"), "\(other.errors)")
      #expect(
        try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images"])
    }
  }

  /// A launcher's word is enough to refuse: never so many runs of the same.
  @Test func ranksThatCannotTalkAreRefused() throws {
    try SweepRun.with { deck in
      for (rank, count) in [
        ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE"),
      ] {
        let run = try BuiltProgram.run(
          ["sweep", "deck.cir"], in: deck.folder,
          environment: [rank: "0", count: "2", "OSCINE_LIBMPI": deck.path("libmpi.so")])
        #expect(run.status == 1 && run.errors.contains("cannot be loaded"), "\(run.errors)")
      }
      #expect(
        try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images"])
    }
  }

  private static func signalled(
    _ number: Int32, _ deck: SmallDeck, _ words: [String]
  ) throws -> BuiltProgram {
    let before = (try? workers(deck, "c.campaign")) ?? 0
    return try SweepRun.run(deck, words, store: "c.campaign", launcher: MPIRun.two) { process in
      var sent = false
      while !sent, process.isRunning {
        Thread.sleep(forTimeInterval: 0.3)
        sent =
          ((try? workers(deck, "c.campaign")) ?? 0) > before
          && MPIRun.signal(number, rank: 1, in: deck.folder)
      }
    }
  }

  /// How many processes have opened a store to work on it.
  private static func workers(_ deck: SmallDeck, _ store: String) throws -> Int {
    try CampaignStore.open(deck.path(store), readOnly: true).workerCount()
  }
}
