import Foundation
import TestSupport
import Testing
import Waveforms

/// Same seed, same bits.
@Suite struct RepeatabilityTests {
  static func withoutPath(_ dataset: Dataset) -> Dataset {
    var result = dataset
    result.attributes["deck_path"] = nil
    return result
  }

  /// With thermal noise and without, several batches each.
  @Test(arguments: [
    ("thermal=on", "envelope"), ("thermal=off", "envelope"), ("thermal=on", "phase"),
    ("thermal=off", "phase"),
  ])
  func anyNumberOfJobs(_ thermal: String, _ fidelity: String) throws {
    try SmallDeck.with([
      ("trials=2", "trials=30"), ("thermal=on", thermal),
      ("fidelity=envelope", "fidelity=\(fidelity)"),
      ("tstop=1u", "tstop=0.3u"),
    ]) { deck in
      var outputs: [String] = []
      var results: [Dataset] = []
      for jobs in ["1", "2", "5"] {
        let run = try deck.recall(["--jobs", jobs], into: "out\(jobs)")
        #expect(run.errors.isEmpty, "\(run.errors)")
        outputs.append(run.output)
        results.append(try Dataset.read(deck.path("out\(jobs)/recall.nc")))
      }
      #expect(outputs[0].contains("\"trial\" : 29"))
      #expect(outputs[0] == outputs[1] && outputs[0] == outputs[2])
      // NaN stands where the target is not reached; what is printed of equal bits is equal.
      #expect("\(results[0].variables)" == "\(results[1].variables)")
      #expect("\(results[0].variables)" == "\(results[2].variables)")
    }
  }

  @Test func theSeedDecides() throws {
    try SmallDeck.with { deck in
      let first = try deck.recall()
      #expect(first.status == 0, "\(first.errors)")
      #expect(try deck.recall().output == first.output)
      #expect(try deck.recall(["--seed", "1"]).output == first.output)
      let other = try deck.recall(["--seed", "2"])
      #expect(try other.object()["seed"] as? Int == 2)
      let errors = try [first, other].map { run in
        try #require(run.object()["trials"] as? [[String: Any]]).map {
          $0["errorFinal"] as? Double
        }
      }
      #expect(zip(errors[0], errors[1]).allSatisfy { $0 != $1 })
      try deck.write(SmallDeck.changed([("seed=1", "seed=2")]))
      #expect(try deck.recall().output == other.output)
    }
  }
}
