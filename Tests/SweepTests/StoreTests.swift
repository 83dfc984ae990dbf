import Foundation
import TestSupport
import Testing

@testable import Sweep

/// A store keeps what it is given, whole or not at all.
@Suite struct StoreTests {
  static func with(_ body: (String) throws -> Void) throws {
    try Scratch.with { try body($0.appendingPathComponent("a store?.campaign").path) }
  }

  @Test func whatIsWrittenIsRead() throws {
    try Self.with { path in
      let record = SampleCampaign.record()
      let store = try CampaignStore.create(path, record)
      #expect(store.campaign == record)
      #expect(try CampaignStore.open(path, readOnly: true).campaign == record)
      try SampleCampaign.work(on: store)
      #expect(try store.isWhole())
      let points = try store.points()
      #expect(points.map(\.values) == DesignPoints.values(record.plan, record.axes, seed: 1))
      for point in points {
        let trials = try store.trials(of: point.id)
        #expect(trials == (0..<10).map { SampleCampaign.trial(point.id, $0) })
        let statistics = try store.statistics(of: point)
        #expect(statistics.trials == 10 && statistics.failures == 2)
        #expect(statistics.successes == trials.count { $0.success == true })
        #expect(statistics.energyToTarget == nil || statistics.energyToTarget == 2e-10)
      }
      #expect(
        try Scratch.contents(URL(fileURLWithPath: path).deletingLastPathComponent())
          .contains { $0.hasPrefix(".") } == false)
    }
  }

  @Test func batchesAreWrittenOnce() throws {
    try Self.with { path in
      let store = try CampaignStore.create(path, SampleCampaign.record())
      let unit = try #require(try store.claim())
      #expect(unit == CampaignUnit(point: 1, trials: 0..<4))
      let other = try CampaignStore.open(path)
      #expect(try other.claim() == CampaignUnit(point: 1, trials: 4..<8))
      #expect(try other.claim() == CampaignUnit(point: 1, trials: 8..<10))
      try store.complete(unit, SampleCampaign.trials(unit), seconds: 1)
      var late = SampleCampaign.trials(unit)
      late[0].errorFinal = 7
      try other.complete(unit, late, seconds: 1)
      #expect(try store.trials(of: 1) == SampleCampaign.trials(unit))
      #expect(try store.tally().done == 4 && store.tally().planned == 60)
      try store.release([CampaignUnit(point: 1, trials: 4..<8)])
      #expect(try other.claim() == CampaignUnit(point: 1, trials: 4..<8))
    }
  }

  /// This process is alive, so that its batches are waited for.
  @Test func batchesOfTheLivingAreWaitedFor() throws {
    try Self.with { path in
      let store = try CampaignStore.create(path, SampleCampaign.record())
      while try store.claim() != nil {}
      #expect(try store.advance() == .waiting)
      try store.locked { (database) throws(StoreFailure) in
        try database.execute("UPDATE worker SET process = 'another-boot 1 2'")
      }
      #expect(try store.advance() == .open)
      #expect(try store.claim() == CampaignUnit(point: 1, trials: 0..<4))
    }
  }

  /// In whatever order and by however many: the same rows.
  @Test(arguments: [nil, 0.5])
  func theOrderLeavesNoTrace(_ until: Double?) throws {
    try Scratch.with { folder in
      let record = SampleCampaign.record(trials: 40, until: until, refine: 2)
      let one = try CampaignStore.create(folder.appendingPathComponent("1").path, record)
      try SampleCampaign.work(on: one)
      let path = folder.appendingPathComponent("2").path
      let stores = [try CampaignStore.create(path, record), try CampaignStore.open(path)]
      var waiting: [(CampaignStore, CampaignUnit)] = []
      var finished = false
      while !finished {
        for store in stores {
          for _ in 0..<3 { if let unit = try store.claim() { waiting.append((store, unit)) } }
        }
        if let (store, unit) = waiting.popLast() {
          try store.complete(unit, SampleCampaign.trials(unit), seconds: 2)
        } else {
          finished = try stores[0].advance() == .finished
        }
      }
      #expect(try SampleCampaign.rows(stores[1]) == SampleCampaign.rows(one))
      #expect(try one.points().count > 6)
    }
  }

  @Test func filesThatAreNoStores() throws {
    try Scratch.with { folder in
      func failure(_ name: String, _ bytes: Data?) throws -> StoreFailure? {
        let url = folder.appendingPathComponent(name)
        try bytes?.write(to: url)
        return #expect(throws: StoreFailure.self) { try CampaignStore.open(url.path) }
      }
      #expect(try failure("none", nil)?.problem == .missing)
      #expect(try failure("text", Data(repeating: 65, count: 5000))?.problem == .foreign)
      #expect(try failure("empty", Data())?.problem == .foreign)
      let path = folder.appendingPathComponent("store").path
      let store = try CampaignStore.create(path, SampleCampaign.record(trials: 400))
      try SampleCampaign.work(on: store)
      try store.locked { (database) throws(StoreFailure) in
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      }
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes.replaceSubrange(20_000..<60_000, with: Data(repeating: 0x5A, count: 40_000))
      #expect(try failure("damaged", bytes)?.problem == .corrupt)
      try store.locked { (database) throws(StoreFailure) in
        try database.execute("PRAGMA user_version = 7")
      }
      let newer = #expect(throws: StoreFailure.self) { try CampaignStore.open(path) }
      #expect(newer?.problem == .version && newer?.reason.contains("newer version (7)") == true)
      let again = #expect(throws: StoreFailure.self) {
        try CampaignStore.create(path, SampleCampaign.record())
      }
      #expect(again?.problem == .exists && again?.isMistake == true)
    }
  }

  /// Reading leaves nothing beside a store, and works while it is written.
  @Test func readersLeaveNoFiles() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("a").path
      do {
        let store = try CampaignStore.create(path, SampleCampaign.record())
        try SampleCampaign.work(on: store, batches: 3)
        let reader = try CampaignStore.open(path, readOnly: true)
        let before = try reader.tally().done
        try SampleCampaign.work(on: store)
        let after = try reader.tally().done
        #expect(before == 10 && after == 60)
        #expect(throws: StoreFailure.self) { try reader.release([.init(point: 1, trials: 0..<4)]) }
      }
      #expect(try CampaignStore.open(path, readOnly: true).isWhole())
      #expect(try Scratch.contents(folder) == ["a"])
    }
  }

  @Test func differencesAreShown() {
    let stored = SampleCampaign.record()
    #expect(CampaignDifference.lines(stored: stored, asked: stored).isEmpty)
    var asked = SampleCampaign.record(trials: 12, seed: 2)
    asked.sources[0].digest = "y"
    asked.sources[0].text = "a\nB\nc\n"
    asked.sources[1].digest = "z"
    asked.axes[1].values = [1]
    asked.settings = []
    let lines = CampaignDifference.lines(stored: stored, asked: asked)
    #expect(
      lines == [
        "deck.cir has changed:", "  -2: b", "  +2: B", "cells.json has changed:",
        "seed: 1 in the store, now 2", "trials: 10 in the store, now 12",
        "axis feed \"back\": list(1.0, 2.0, 5.0) in the store, now list(1.0)",
        "-p vdd: 0.8 in the store, now none",
      ])
    #expect(asked.identity != stored.identity)
    var moved = stored
    moved.command = "another"
    moved.share = .init(number: 1, count: 2)
    #expect(moved.identity == stored.identity)
  }
}
