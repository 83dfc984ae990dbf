import Foundation
import TestSupport
import Testing

/// One network spread over ranks.
@Suite struct SharedRecallTests {
  /// Networks that ranks can share: no noise, ideal synapses.
  static let ideal = [
    ("thermal=on", "thermal=off"), (" levels=64", ""), (" detuning={agauss(0,spread,1)}", ""),
  ]

  static func recall(
    _ deck: SmallDeck, into output: String, launcher: [String] = []
  ) throws -> BuiltProgram {
    try BuiltProgram.run(
      ["recall", "deck.cir", "-o", output, "--no-pictures", "--quiet", "--json"],
      in: deck.folder, launcher: launcher)
  }

  @Test(
    .enabled(if: MPIRun.isThere, Comment(rawValue: MPIRun.absence)),
    arguments: ["envelope", "phase"])
  func ranksAgreeWithOneProcess(fidelity: String) throws {
    try SmallDeck.with(Self.ideal + [("envelope", fidelity)]) { deck in
      let one = try Self.recall(deck, into: "one")
      let two = try Self.recall(deck, into: "two", launcher: MPIRun.two)
      #expect(one.status == 0 && two.status == 0 && two.errors.isEmpty, "\(two.errors)")
      let wanted = try #require(try one.object()["trials"] as? [[String: Any]])
      let found = try #require(try two.object()["trials"] as? [[String: Any]])
      #expect(found.count == 6 && wanted.count == 6)
      // two integrators at relative tolerance 1e-6 in the phase equation
      for (a, b) in zip(found, wanted) {
        for (name, tolerance) in [
          ("errorInitial", 1e-12), ("errorFinal", 1e-4), ("orderParameter", 1e-4),
          ("timeToTarget", 1e-11), ("energyToTarget", 1e-12),
        ] {
          let (x, y) = (a[name] as? Double ?? .nan, b[name] as? Double ?? .nan)
          #expect(abs(x - y) <= tolerance, "\(name): \(x), alone \(y)")
        }
      }
      #expect(try Scratch.contents(deck.folder.appendingPathComponent("two")) == ["recall.nc"])
    }
  }

  /// What ranks cannot share is refused before anything runs.
  @Test(.enabled(if: MPIRun.isThere, Comment(rawValue: MPIRun.absence)))
  func whatCannotBeSharedIsRefused() throws {
    for changes in [[], [("thermal=on", "thermal=off")]] {
      try SmallDeck.with(changes) { deck in
        let run = try Self.recall(deck, into: "out", launcher: MPIRun.two)
        #expect(run.status == 2 && run.errors.contains("not-shared"), "\(run.errors)")
        #expect(
          try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images"])
      }
    }
  }
}
