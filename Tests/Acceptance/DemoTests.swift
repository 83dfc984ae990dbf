import Foundation
import TestSupport
import Testing

/// The main job: twelve photographs on 192 oscillators at 300 K.
@Suite struct DemoTests {
  @Test func theClaim() throws {
    let demo = try DemoRun.get()
    #expect(demo.run.status == 0, "\(demo.run.errors)")
    #expect(demo.trials.count == 240)
    #expect(Set(demo.trials.compactMap { $0["pattern"] as? String }) == Set(DemoRun.images))
    let recalled = demo.trials.count { $0["success"] as? Bool == true }
    #expect(Double(recalled) >= 0.99 * 240)
    for trial in demo.trials where trial["success"] as? Bool == true {
      #expect(try #require(trial["errorFinal"] as? Double) < 0.05)
      #expect(try #require(trial["errorInitial"] as? Double) > 0.05)
    }
    #expect(demo.summary["successRate"] as? Double == Double(recalled) / 240)
    let time = try #require(demo.summary["timeToTarget"] as? Double)
    let energy = try #require(demo.summary["energyToTarget"] as? Double)
    // The published system: 5 us, 130 nJ.
    #expect(time > 1e-8 && time < 5e-6 && energy > 1e-10 && energy < 1.3e-7)
  }

  /// Declared constants are told one by one, with their sources.
  @Test func standInsAreTold() throws {
    try SmallDeck.with([]) { deck in
      let object = try deck.recall().object()
      let standIns = try #require(object["standIns"] as? [[String: Any]])
      #expect(standIns.count > 10)
      for one in standIns {
        #expect(Set(one.keys) == ["name", "value", "unit", "source"])
        #expect((one["source"] as? String)?.isEmpty == false)
      }
      let text = try deck.recall(json: false)
      #expect(text.output.contains("rest on declared constants"))
      #expect(text.output.contains("crossbar.unit_conductance"))
    }
  }

  @Test func theObjectsShape() throws {
    let demo = try DemoRun.get()
    #expect(
      Set(demo.object.keys) == [
        "fidelity", "seed", "reachedStop", "standIns", "trials", "summary",
      ])
    #expect(demo.object["fidelity"] as? String == "envelope")
    #expect(demo.object["seed"] as? Int == 1)
    #expect(demo.object["reachedStop"] as? Bool == true)
    let standIns = try #require(demo.object["standIns"] as? [[String: Any]])
    #expect(standIns.isEmpty, "every constant is measured")
    for trial in demo.trials {
      #expect(
        Set(trial.keys) == [
          "pattern", "trial", "success", "errorInitial", "errorFinal", "timeToTarget",
          "energyToTarget", "energy", "overlaps", "orderParameter",
        ])
      let energy = try #require(trial["energy"] as? [String: Double])
      #expect(Set(energy.keys) == DemoRun.terms)
      #expect(energy.values.allSatisfy { $0 > 0 })
      let toTarget = try #require(trial["energyToTarget"] as? Double)
      #expect(toTarget > 0 && toTarget < energy.values.reduce(0, +))
      #expect((trial["overlaps"] as? [Double])?.count == 12)
    }
    #expect(
      Set(demo.summary.keys).isSuperset(of: [
        "successRate", "successInterval", "errorInitial", "errorFinal", "timeToTarget",
        "energyToTarget", "energy",
      ]))
    let interval = try #require(demo.summary["successInterval"] as? [Double])
    #expect(interval.count == 2 && interval[0] > 0.96 && interval[1] <= 1)
  }

  /// Medians are what the trials' own numbers give.
  @Test func theSummaryIsOfTheTrials() throws {
    let demo = try DemoRun.get()
    for name in ["errorInitial", "errorFinal", "timeToTarget", "energyToTarget"] {
      let values = demo.trials.map { $0[name] as? Double ?? .infinity }.sorted()
      let middle = (values[119] + values[120]) / 2
      let told = try #require(demo.summary[name] as? Double)
      #expect(abs(told - middle) <= 1e-12 * middle, "\(name)")
    }
  }

  /// The order parameter and the overlap with the own image are those of one trial's phases.
  @Test func theNumbersAreOfThePhases() throws {
    let demo = try DemoRun.get()
    let result = try demo.result
    let final = try #require(result["final_phase"]?.values.doubles)
    let target = try #require(result["target_phase"]?.values.doubles)
    for trial in [0, 100, 239] {
      let phases = final[(192 * trial)..<(192 * (trial + 1))]
      let own = target[(192 * (trial / 20))..<(192 * (trial / 20 + 1))]
      let differences = zip(phases, own).map { $0 - $1 }
      let overlap = hypot(
        differences.reduce(0) { $0 + cos($1) }, differences.reduce(0) { $0 + sin($1) })
      let told = try #require(demo.trials[trial]["overlaps"] as? [Double])
      #expect(abs(told[trial / 20] - overlap / 192) < 1e-9)
      // At the best rotation the rms error is the target's definition; any other is worse.
      let turn = atan2(
        differences.reduce(0) { $0 + sin($1) }, differences.reduce(0) { $0 + cos($1) })
      let squares = differences.reduce(0) {
        $0 + pow(remainder($1 - turn, 2 * .pi), 2)
      }
      let error = try #require(demo.trials[trial]["errorFinal"] as? Double)
      let here = (squares / 192).squareRoot() / .pi
      #expect(error <= here + 1e-12 && error > 0.95 * here)
    }
  }

  @Test func theTextTellsWhatItRestsOn() throws {
    try SmallDeck.with { deck in
      let run = try deck.recall([], json: false)
      #expect(run.status == 0, "\(run.errors)")
      for part in [
        "published (Prasad et al. 2022)", "130 nJ", "energy by consumer", "stand-in",
        "95 % interval", "neuron.frequency",
      ] {
        #expect(run.output.contains(part), "no '\(part)'")
      }
    }
  }
}
