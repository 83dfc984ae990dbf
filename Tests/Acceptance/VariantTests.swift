import Foundation
import Numerics
import TestSupport
import Testing
import Waveforms

/// Everything a deck can ask of a recall beside the main job.
@Suite struct VariantTests {
  static func run(
    _ changes: [(String, String)], _ words: [String] = []
  ) throws -> (object: [String: Any], rate: Double, errors: [Double]) {
    try SmallDeck.with(changes) { deck in
      let run = try deck.recall(words)
      #expect([0, 1].contains(run.status), "\(run.errors)")
      let object = try run.object()
      let trials = try #require(object["trials"] as? [[String: Any]])
      let summary = try #require(object["summary"] as? [String: Any])
      let rate = try #require(summary["successRate"] as? Double)
      #expect(run.status == (rate > 0 ? 0 : 1))
      return (object, rate, try trials.map { try #require($0["errorFinal"] as? Double) })
    }
  }

  @Test func thermalNoiseSetsTheErrorFloor() throws {
    let noisy = try Self.run([])
    let still = try Self.run([("thermal=on", "thermal=off"), ("tstop=1u", "tstop=4u")])
    #expect(noisy.rate == 1 && still.rate == 1)
    #expect(try #require(still.errors.max()) < 0.5 * (try #require(noisy.errors.min())))
  }

  /// Without noise both equations end in the same state, as far as power stays near its free value.
  @Test func phaseFidelityAgreesWithEnvelope() throws {
    let off = [("thermal=on", "thermal=off"), ("tstop=1u", "tstop=8u"), ("60u", "10u")]
    let envelope = try Self.run(off)
    let phase = try Self.run(off + [("fidelity=envelope", "fidelity=phase")])
    #expect(phase.object["fidelity"] as? String == "phase")
    #expect(envelope.rate == 1 && phase.rate == 1)
    for (one, other) in zip(envelope.errors, phase.errors) { #expect(abs(one - other) < 0.005) }
  }

  @Test func randomImagesOnTheFullCircle() throws {
    let result = try Self.run([
      ("\"images/*.png\"", "random(3)"), ("encode=half", "encode=full"),
    ])
    #expect(result.rate > 0.5)
    let stored = try Self.run([
      ("\"images/*.png\"", "random(12)"), ("encode=half", "encode=full"),
      ("corrupt(0.25)", "corrupt(0)"), ("tstop=1u", "tstop=0.5u"),
    ])
    #expect((stored.object["trials"] as? [Any])?.count == 24)
    #expect(stored.rate == 1, "stored images stay")
  }

  @Test func theTappedTopologyCostsLessDelay() throws {
    func delayEnergy(_ object: [String: Any]) throws -> Double {
      let summary = try #require(object["summary"] as? [String: Any])
      return try #require((summary["energy"] as? [String: Double])?["delay stages"])
    }
    let chain = try Self.run([("levels=64", "levels=32")])
    let tapped = try Self.run([
      ("levels=64", "levels=32"),
      ("cell=delay_chain topology=chain", "cell=tapped_chain topology=tapped"),
    ])
    #expect(tapped.rate == 1)
    #expect(try delayEnergy(tapped.object) < delayEnergy(chain.object))
    // The same network: only what it costs differs.
    #expect(tapped.errors == chain.errors)
  }

  @Test func parametersOfTheCommandLine() throws {
    func relaxation(_ object: [String: Any], _ name: String) throws -> Double {
      try #require((object["summary"] as? [String: Any])?[name] as? Double)
    }
    let deck = try Self.run([])
    let half = try Self.run([], ["-p", "feedback=30u"])
    let kappa = try relaxation(deck.object, "relaxationRate")
    #expect(abs(try relaxation(half.object, "relaxationRate") / kappa - 0.5) < 1e-9)
    let wide = try Self.run([], ["-p", "spread=1e-2"])
    let ratio =
      try relaxation(wide.object, "spread") / relaxation(deck.object, "spread")
    #expect(abs(ratio - 100) < 1e-6, "the same draws, a hundred times as wide")
    #expect(wide.errors.reduce(0, +) > 2 * deck.errors.reduce(0, +))
    try SmallDeck.with { deck in
      let unknown = try deck.recall(["-p", "feedbak=1u"])
      #expect(unknown.status == 2 && unknown.errors.contains("did you mean 'feedback'?"))
    }
  }

  @Test(arguments: ["noise(0.1)", "occlude(0.1)", "file(\"images/horse.png\")"])
  func probes(_ probe: String) throws {
    let result = try Self.run([("corrupt(0.25)", probe), ("trials=2", "trials=4")])
    let trials = try #require(result.object["trials"] as? [[String: Any]])
    if probe.hasPrefix("file") {
      for trial in trials {
        let isHorse = trial["pattern"] as? String == "horse"
        #expect(trial["success"] as? Bool == isHorse)
        #expect((try #require(trial["errorInitial"] as? Double) < 1e-9) == isHorse)
        if !isHorse {
          #expect(trial["timeToTarget"] is NSNull && trial["energyToTarget"] is NSNull)
        }
      }
    } else {
      #expect(result.rate >= 0.75)
      #expect(trials.allSatisfy { ($0["errorInitial"] as? Double ?? 0) > 0.02 })
    }
  }

  /// Trained by `.train`, or by `oscine train` and read back: the same weights, the same result.
  @Test func weightsOfAFile() throws {
    try SmallDeck.with { deck in
      let trained = try deck.recall()
      let train = try BuiltProgram.run("train", "deck.cir", "-o", "w.npy", "-q", in: deck.folder)
      #expect(train.status == 0, "\(train.errors)")
      let text = SmallDeck.changed([
        ("levels=64", "levels=64 weights=\"w.npy\""), (".train rule=pseudoinverse into=W\n", ""),
      ])
      try deck.write(text)
      let read = try deck.recall()
      #expect(read.status == 0, "\(read.errors)")
      let errors = try [trained, read].map { run in
        try #require(run.object()["trials"] as? [[String: Any]]).map {
          try #require($0["errorFinal"] as? Double)
        }
      }
      // Delays have levels: a weight's last bit may fall on the other side of one only there.
      for (one, other) in zip(errors[0], errors[1]) { #expect(abs(one - other) < 1e-9) }
      #expect(errors[0].count == 6)
    }
  }

  @Test(arguments: ["hebb", "storkey", "iterative"])
  func otherRules(_ rule: String) throws {
    // Random images overlap little, so that the local rules can hold three of them.
    let result = try Self.run([
      ("\"images/*.png\"", "random(2)"), ("encode=half", "encode=full"),
      ("rule=pseudoinverse", "rule=\(rule)"), ("trials=2", "trials=5"), ("seed=1", "seed=3"),
    ])
    #expect(result.rate >= 0.5, "\(result.errors)")
  }

  @Test func imagesOfAnotherSize() throws {
    let result = try Self.run([
      ("0:47", "0:19"), ("size=8x6", "size=5x4"), ("trials=2", "trials=3"),
      ("images/*.png", "images/h*.png"),
    ])
    #expect((result.object["trials"] as? [Any])?.count == 3)
    #expect(result.rate == 1)
  }

  @Test func withoutATargetNothingIsJudged() throws {
    try SmallDeck.with([(" stop=error<0.05", "")]) { deck in
      let run = try deck.recall()
      #expect(run.status == 0, "\(run.errors)")
      let object = try run.object()
      let summary = try #require(object["summary"] as? [String: Any])
      #expect(summary["successRate"] is NSNull && summary["successInterval"] is NSNull)
      #expect(summary["timeToTarget"] is NSNull)
      let text = try deck.recall(json: false)
      #expect(text.output.contains("no target: the deck's .recall has no stop="))
    }
  }

  @Test func aTargetNeverReachedIsAFailureWithResults() throws {
    try SmallDeck.with([("error<0.05", "error<1e-6")]) { deck in
      let run = try deck.recall()
      #expect(run.status == 1)
      #expect(run.errors.contains("error[target-never-reached]"))
      #expect(run.errors.contains("deck.cir:13:1"))
      let object = try run.object()
      #expect(object["reachedStop"] as? Bool == true)
      let trials = try #require(object["trials"] as? [[String: Any]])
      #expect(trials.allSatisfy { $0["timeToTarget"] is NSNull && $0["energyToTarget"] is NSNull })
      #expect(trials.allSatisfy { $0["success"] as? Bool == false })
      #expect(try Dataset.read(deck.path("out/recall.nc")).axis("trial")?.count == 6)
    }
  }
}
