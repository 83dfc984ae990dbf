import Foundation
import Sweep
import TestSupport
import Testing

/// A random function is drawn once a sample for each place it is written: a `.param` is one place,
/// the same for all oscillators; a parameter of an instance is one place an instance.
@Suite struct SampleScopeTests {
  static let detuning = "detuning={agauss(0,spread,1)}"
  /// Relative to the reference frequency of the view, near 504 MHz.
  static let angularFrequency = 2 * Double.pi * 504e6

  static func trials(
    _ changes: [(String, String)], _ words: [String] = ["--trials", "12"],
    _ body: ([TrialRecord]) throws -> Void
  ) throws {
    let axis = (".sweep spread log(1e-4, 1e-1, 4) trials=24", ".sweep spread list(1e-3)")
    try SweepRun.with([axis] + changes) { deck in
      var known: [TrialRecord]?
      for jobs in ["1", "3"] {
        let run = try SweepRun.run(deck, words + ["--jobs", jobs], store: "\(jobs).campaign")
        #expect(run.status == 0, "\(run.errors)")
        let store = try CampaignStore.open(deck.path("\(jobs).campaign"), readOnly: true)
        let rows = try store.trials(of: 1)
        #expect(known == nil || known == rows)
        known = rows
      }
      try body(known ?? [])
    }
  }

  /// 48 independent draws a trial: their rms deviation is near the spread, and another each trial.
  @Test func instancesAreDrawnApart() throws {
    try Self.trials([]) { rows in
      let spreads = rows.compactMap { $0.frequencySpread.map { $0 / Self.angularFrequency } }
      #expect(Set(spreads).count == 12)
      // five standard deviations of an estimate from 48 draws
      #expect(spreads.allSatisfy { abs($0 - 1e-3) < 5e-4 }, "\(spreads)")
    }
  }

  /// One draw a trial for all: no spread among them. It shows in what follows from the parameter.
  @Test func parametersAreDrawnOnce() throws {
    let common = [
      (Self.detuning, "detuning={shift}"),
      (".param feedback=60u", ".param shift=agauss(0,spread,1) feedback={60u*(1 + 100*shift)}"),
    ]
    try Self.trials(common) { rows in
      let spreads = rows.compactMap { $0.frequencySpread.map { $0 / Self.angularFrequency } }
      #expect(spreads.count == 12 && spreads.allSatisfy { $0 < 1e-9 }, "\(spreads)")
      let rates = rows.compactMap(\.relaxationRate)
      #expect(Set(rates).count == 12)
      // kappa follows the feedback, whose relative deviation is 0.1
      let mean = rates.reduce(0, +) / 12
      let deviation = (rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11).squareRoot()
      #expect(deviation / mean > 0.04 && deviation / mean < 0.2, "\(deviation / mean)")
    }
  }

  /// The same draw used by a function of the deck and by an instance is one draw; both scopes
  /// together add up.
  @Test func scopesGoTogether() throws {
    let both = [
      (Self.detuning, "detuning={shift + agauss(0,spread,1)}"),
      (".param feedback=60u", ".param shift=agauss(0,spread,1) feedback=60u"),
    ]
    var apart: [Double] = []
    try Self.trials([]) { apart = $0.compactMap(\.frequencySpread) }
    try Self.trials(both) { rows in
      // what is common to all is no deviation among them
      let spreads = rows.compactMap(\.frequencySpread)
      #expect(zip(spreads, apart).allSatisfy { abs($0 - $1) < 0.01 * $1 }, "\(spreads)")
    }
  }

  /// A trial is drawn by its number alone: in a longer campaign, in another place on the axis, and
  /// with another seed it is another.
  @Test func trialsAreKeyedBySeedAndNumber() throws {
    try SweepRun.with { deck in
      func rows(_ store: String, _ words: [String]) throws -> [TrialRecord] {
        let run = try SweepRun.run(deck, words, store: store)
        #expect(run.status == 0, "\(run.errors)")
        return try CampaignStore.open(deck.path(store), readOnly: true).trials(of: 1)
      }
      let axis = ["--axis", "spread=list(1e-3)"]
      let long = try rows("a.campaign", axis + ["--trials", "11"])
      #expect(try rows("b.campaign", axis + ["--trials", "3"]) == Array(long.prefix(3)))
      let other = try rows("c.campaign", axis + ["--trials", "3", "--seed", "9"])
      #expect(zip(other, long).allSatisfy { $0.frequencySpread != $1.frequencySpread })
      let both = ["--axis", "spread=list(1e-3, 2e-3)", "--trials", "3"]
      #expect(try rows("d.campaign", both) == Array(long.prefix(3)))
      let second = try CampaignStore.open(deck.path("d.campaign"), readOnly: true).trials(of: 2)
      for (one, two) in zip(long, second) {
        let ratio = (two.frequencySpread ?? 0) / (one.frequencySpread ?? 1)
        #expect(abs(ratio - 2) < 1e-9)
      }
    }
  }
}
