import Foundation
import Schematic

@testable import Sweep

/// A campaign without physics: trials whose figures are functions of their number.
enum SampleCampaign {
  static func record(
    trials: Int = 10, until: Double? = nil, refine: Int = 0,
    share: CampaignRecord.Share? = nil, seed: UInt64 = 1
  ) -> CampaignRecord {
    CampaignRecord(
      title: "a title", deckPath: "deck.cir", program: "oscine 0", command: "oscine sweep deck.cir",
      fidelity: "phase", seed: seed,
      plan: CampaignPlan(trials: trials, batch: 4, until: until, refine: refine),
      axes: [
        CampaignAxis(name: "spread", spacing: .logarithmic, values: [1e-4, 1e-2]),
        CampaignAxis(name: "feed \"back\"", spacing: .list, values: [1, 2, 5]),
      ],
      sources: [
        .init(path: "deck.cir", role: .deck, digest: "x1", text: "a\nb\nc\n"),
        .init(path: "cells.json", role: .views, digest: "x2"),
      ],
      settings: [.init(name: "vdd", value: "0.8")],
      standIns: [.init(name: "neuron.gain", value: 2, unit: "1", source: "a guess")],
      targetError: 0.05, stopTime: 1e-6, thermal: true, share: share)
  }

  static func trial(_ point: Int, _ number: Int) -> TrialRecord {
    var trial = TrialRecord(point: point, number: number)
    if number % 5 == 4 {
      trial.failure = "no reason"
      return trial
    }
    trial.image = "image \(number % 2)"
    trial.success = number % (point + 2) != 0
    trial.errorInitial = 0.3
    trial.errorFinal = 0.01 * Double(number + 1)
    trial.timeToTarget = trial.success == true ? 1e-7 * Double(number + 1) : nil
    trial.overlap = 1 - 0.01 * Double(number)
    trial.energies = ["bias", "driver"].map {
      .init(
        term: $0, whole: 1e-9 * Double(point), toTarget: trial.success == true ? 1e-10 : nil)
    }
    return trial
  }

  static func trials(_ unit: CampaignUnit) -> [TrialRecord] {
    unit.trials.map { trial(unit.point, $0) }
  }

  /// Works until the store is finished; `count` batches at most.
  static func work(on store: CampaignStore, batches count: Int = .max) throws {
    var left = count
    while left > 0 {
      if let unit = try store.claim() {
        try store.complete(unit, trials(unit), seconds: 0)
        left -= 1
      } else if try store.advance() != .open {
        return
      }
    }
  }

  /// All rows that do not tell who wrote them.
  static func rows(_ store: CampaignStore) throws -> [String] {
    try store.points().flatMap { point in
      ["\(point)"] + (try store.trials(of: point.id)).map { "\($0)" }
    }
  }
}
