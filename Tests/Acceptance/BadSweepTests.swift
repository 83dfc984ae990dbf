import Foundation
import TestSupport
import Testing

/// Campaigns that cannot be run, or not gone on with.
@Suite struct BadSweepTests {
  /// Words, and what is said.
  @Test(arguments: [
    (["--axis", "sprad=log(1e-5,1e-1,3)"], "did you mean 'spread'?"),
    (["--axis", "spread=loog(1,2,3)"], "values are lin, log, int or list"),
    (["--axis", "spread=log(-1,2,3)"], "positive values"),
    (["--axis", "spread"], "needs NAME=VALUES"),
    (["--axis", "spread=int(1.5,3,2)"], "whole ends"),
    (["--axis", "spread=list(1)", "--axis", "spread=list(2)"], "swept twice"),
    (["--axis", "vdd=list(1)", "-p", "vdd=2"], "an axis of the campaign and set by -p"),
    (["--threshold", "succes=0.9"], "did you mean 'success'?"),
    (["--threshold", "success=2"], "a level up to 1"), (["--until", "2"], "between 0 and 1"),
    (["--design", "latin"], "needs --samples"), (["--samples", "9"], "is for --design"),
    (["--design", "sobol", "--samples", "8", "--refine", "2"], "need a grid"),
    (["--trials", "10000000", "--axis", "spread=lin(0,1,1000)"], "too large"),
  ])
  func wrongWords(_ words: [String], _ says: String) throws {
    try SweepRun.with { deck in
      let before = try Scratch.contents(deck.folder)
      let run = try SweepRun.run(deck, words, store: "a.campaign")
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains(says), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder) == before)
    }
  }

  @Test func decksThatAreNoCampaign() throws {
    // by Kirchhoff's laws something has to sum the currents of synapses
    try SweepRun.with([("fidelity=phase", "fidelity=circuit")]) { deck in
      let run = try SweepRun.run(deck, store: "a.campaign")
      #expect(run.status == 2 && run.errors.contains("error[no-summing-line]"), "\(run.errors)")
      #expect(run.errors.contains("deck.cir:8:1"), "\(run.errors)")
    }
  }

  @Test func storesThatCannotBeGoneOnWith() throws {
    try SweepRun.with { deck in
      let none = try SweepRun.run(deck, ["--resume"], store: "none.campaign")
      #expect(none.status == 2 && none.errors.contains("no such file"), "\(none.errors)")
      let foreign = try SweepRun.run(deck, ["--resume"], store: "deck.cir")
      #expect(foreign.status == 2 && foreign.errors.contains("no store"), "\(foreign.errors)")
      let folder = try SweepRun.run(deck, store: "nowhere/a.campaign")
      #expect(folder.status == 2 && folder.errors.contains("no directory"), "\(folder.errors)")
      #expect(try SweepRun.run(deck, ["--trials", "2"], store: "a.campaign").status == 0)
      let rows = try SweepRun.rows(deck, "a.campaign")
      let there = try SweepRun.run(deck, store: "a.campaign")
      #expect(there.status == 2 && there.errors.contains("there already"), "\(there.errors)")
      let plan = try SweepRun.run(deck, ["--resume", "--trials", "3"], store: "a.campaign")
      #expect(plan.errors.contains("trials: 2 in the store, now 3"), "\(plan.errors)")
      let seed = try SweepRun.run(deck, ["--resume", "--seed", "5"], store: "a.campaign")
      #expect(seed.errors.contains("seed: 1 in the store, now 5"), "\(seed.errors)")
      let text = SmallDeck.changed(SweepRun.changes)
      try deck.write(text.replacingOccurrences(of: "feedback=60u", with: "feedback=61u"))
      let changed = try SweepRun.run(deck, ["--resume"], store: "a.campaign")
      #expect(changed.status == 2 && changed.errors.contains("-5: .param feedback=60u"))
      #expect(changed.errors.contains("+5: .param feedback=61u"), "\(changed.errors)")
      #expect(try SweepRun.rows(deck, "a.campaign") == rows)
    }
  }
}
