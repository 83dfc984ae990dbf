import Foundation
import Sweep
import TestSupport

/// A small campaign: four spreads, 24 trials each, every trial on a network of its own.
enum SweepRun {
  static let changes = [
    ("thermal=on", "thermal=off"), ("fidelity=envelope", "fidelity=phase"),
    ("tstop=1u", "tstop=0.5u"), ("samples=41", "samples=21"),
    (".end", ".sweep spread log(1e-4, 1e-1, 4) trials=24\n.end"),
  ]

  static func with<Result>(
    _ more: [(String, String)] = [], _ body: (SmallDeck) throws -> Result
  ) throws -> Result {
    try SmallDeck.with(changes) { deck in
      var text = SmallDeck.changed(changes)
      for change in more {
        precondition(text.contains(change.0), "no '\(change.0)' in the deck")
        text = text.replacingOccurrences(of: change.0, with: change.1)
      }
      try deck.write(text)
      return try body(deck)
    }
  }

  static func run(
    _ deck: SmallDeck, _ words: [String] = [], store: String, launcher: [String] = [],
    meanwhile: (Process) throws -> Void = { _ in }
  ) throws -> BuiltProgram {
    try BuiltProgram.run(
      ["sweep", "deck.cir", "--store", store, "--quiet"] + words, in: deck.folder,
      launcher: launcher, meanwhile: meanwhile)
  }

  /// What a store holds, but for who computed it.
  static func rows(_ deck: SmallDeck, _ store: String) throws -> [String] {
    let store = try CampaignStore.open(deck.path(store), readOnly: true)
    return ["\(store.campaign.identity)"]
      + (try store.points().flatMap { point in
        ["\(point)"] + (try store.trials(of: point.id)).map { "\($0)" }
      })
  }
}
