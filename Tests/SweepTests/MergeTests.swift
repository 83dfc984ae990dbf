import Foundation
import TestSupport
import Testing

@testable import Sweep

/// Parts of a campaign become one store.
@Suite struct MergeTests {
  @Test(arguments: [nil, 0.5])
  func partsGiveTheWhole(_ until: Double?) throws {
    try Scratch.with { folder in
      func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
      let whole = try CampaignStore.create(
        path("whole"), SampleCampaign.record(trials: 40, until: until, refine: 1))
      try SampleCampaign.work(on: whole)
      var parts: [String] = []
      for number in 1...3 {
        let part = try CampaignStore.create(
          path("part \(number)"),
          SampleCampaign.record(
            trials: 40, until: until, refine: 1, share: .init(number: number, count: 3)))
        try SampleCampaign.work(on: part)
        let tally = try part.tally()
        #expect(tally.done == tally.planned && tally.done > 0)
        parts.append(part.path)
      }
      let first = try StoreMerge.merge([parts[2], parts[0]], into: path("all"))
      #expect(first.added > 0 && first.done < first.planned && first.differing == 0)
      let rest = try StoreMerge.merge(parts, into: path("all"))
      #expect(rest.added > 0 && rest.done == rest.planned)
      let again = try StoreMerge.merge(parts, into: path("all"))
      #expect(again.added == 0 && again.differing == 0 && again.done == rest.done)
      // what needs all parts is run on the whole
      let all = try CampaignStore.open(path("all"))
      #expect(all.campaign.share == nil)
      try SampleCampaign.work(on: all)
      #expect(try SampleCampaign.rows(all) == SampleCampaign.rows(whole))
    }
  }

  @Test func otherCampaignsAreRefused() throws {
    try Scratch.with { folder in
      func store(_ name: String, seed: UInt64) throws -> String {
        let path = folder.appendingPathComponent(name).path
        try SampleCampaign.work(
          on: try CampaignStore.create(path, SampleCampaign.record(seed: seed)))
        return path
      }
      let (one, two) = (try store("one", seed: 1), try store("two", seed: 2))
      let out = folder.appendingPathComponent("out").path
      let failure = #expect(throws: StoreFailure.self) {
        try StoreMerge.merge([one, two], into: out)
      }
      #expect(failure?.problem == .different && failure?.path == two)
      #expect(failure?.reason.contains("seed: 1 in the store, now 2") == true)
      #expect(!FileManager.default.fileExists(atPath: out))
      #expect(throws: StoreFailure.self) { try StoreMerge.merge([two], into: one) }
    }
  }

  /// Figures that another machine rounded otherwise are counted, and the first stay.
  @Test func differingFiguresAreCounted() throws {
    try Scratch.with { folder in
      let paths = ["one", "two"].map { folder.appendingPathComponent($0).path }
      let stores = try paths.map { try CampaignStore.create($0, SampleCampaign.record()) }
      for store in stores { try SampleCampaign.work(on: store) }
      try stores[1].locked { (database) throws(StoreFailure) in
        try database.execute(
          "UPDATE trial SET error_final = error_final * 1.0000001 WHERE point = 2 AND number < 3")
      }
      let before = try SampleCampaign.rows(stores[0])
      let outcome = try StoreMerge.merge([paths[1]], into: paths[0])
      #expect(outcome.added == 0 && outcome.differing == 3)
      #expect(try SampleCampaign.rows(stores[0]) == before)
    }
  }
}
