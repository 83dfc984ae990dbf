import Foundation
import TestSupport
import Testing

@testable import Sweep

/// A store survives what is wrong with its file, its place and the clock.
@Suite struct StoreRobustnessTests {
  static func failure(_ path: String) -> StoreFailure? {
    #expect(throws: StoreFailure.self) { try CampaignStore.open(path) }
  }

  /// Files of other programs are refused and left as they are, not a byte changed.
  @Test func otherProgramsFilesAreLeftAlone() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("other.sqlite").path
      do {
        let database = try Database(path, .create)
        try database.execute("CREATE TABLE trial (a); INSERT INTO trial VALUES (1)")
      }
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      for readOnly in [false, true] {
        let failure = #expect(throws: StoreFailure.self) {
          try CampaignStore.open(path, readOnly: readOnly)
        }
        #expect(failure?.problem == .foreign && failure?.isMistake == true)
        #expect(failure?.reason.contains("no store of campaigns") == true)
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      #expect(try Scratch.contents(folder) == ["other.sqlite"])
    }
  }

  @Test(arguments: [(0, "an older version (0)"), (2, "a newer version (2)")])
  func otherVersionsAreRefused(_ version: Int, _ says: String) throws {
    try StoreTests.with { path in
      do {
        let store = try CampaignStore.create(path, SampleCampaign.record())
        try store.locked { (database) throws(StoreFailure) in
          try database.execute("PRAGMA user_version = \(version)")
        }
      }
      let failure = Self.failure(path)
      #expect(failure?.problem == .version && failure?.help?.isEmpty == false)
      #expect(failure?.reason.contains(says) == true)
    }
  }

  /// Cut off anywhere, or with a page overwritten: refused, never a crash, never wrong rows.
  @Test func damagedFilesAreRefused() throws {
    try Scratch.with { folder in
      let path = folder.appendingPathComponent("whole").path
      let store = try CampaignStore.create(path, SampleCampaign.record(trials: 200))
      try SampleCampaign.work(on: store)
      try store.locked { (database) throws(StoreFailure) in
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      }
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      let rows = try SampleCampaign.rows(store)
      for part in [16, 100, 1000, 4096, 4097, whole.count / 2, whole.count - 4096] {
        let cut = folder.appendingPathComponent("cut-\(part)")
        try whole.prefix(part).write(to: cut)
        let problem = Self.failure(cut.path)?.problem
        #expect(problem == .corrupt || problem == .foreign, "cut to \(part): \(problem as Any)")
      }
      for page in 0..<(whole.count / 4096) {
        var bytes = whole
        let place = page * 4096 + 8
        bytes.replaceSubrange(place..<(place + 512), with: Data(repeating: 0xA5, count: 512))
        let damaged = folder.appendingPathComponent("page-\(page)")
        try bytes.write(to: damaged)
        guard let open = try? CampaignStore.open(damaged.path, readOnly: true) else { continue }
        // what is not found by the check of the whole is told when it is read, or was unused
        let read = try? SampleCampaign.rows(open)
        #expect(read == nil || read == rows, "page \(page)")
      }
    }
  }

  /// Times of a file and of its rows mean nothing: whether they lie in the future or the past,
  /// batches are taken, waited for, opened again and written as ever.
  @Test(arguments: [-1e9, 4.1e9])
  func clocksAreNotAsked(_ seconds: Double) throws {
    try Scratch.with { folder in
      let record = SampleCampaign.record(trials: 40, refine: 2)
      let plain = try CampaignStore.create(folder.appendingPathComponent("plain").path, record)
      try SampleCampaign.work(on: plain)
      let path = folder.appendingPathComponent("moved").path
      func move() throws {
        for name in try Scratch.contents(folder) where name.hasPrefix("moved") {
          try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)],
            ofItemAtPath: folder.appendingPathComponent(name).path)
        }
      }
      let store = try CampaignStore.create(path, record)
      try move()
      for _ in 0..<5 {
        if let unit = try store.claim() {
          try store.complete(unit, SampleCampaign.trials(unit), seconds: seconds)
        }
      }
      // one batch of a living process, one of a dead one
      let held = try #require(try store.claim())
      let lost = try #require(try CampaignStore.open(path).claim())
      try store.locked { (database) throws(StoreFailure) in
        try database.execute(
          "UPDATE worker SET process = 'another-boot 1 2' WHERE id = (SELECT max(id) FROM worker)")
      }
      try move()
      let other = try CampaignStore.open(path)
      try SampleCampaign.work(on: other)
      #expect(try other.advance() == .waiting)
      #expect(try !other.isWhole() && other.trials(of: lost.point).count > 0)
      try move()
      try store.complete(held, SampleCampaign.trials(held), seconds: -seconds)
      try SampleCampaign.work(on: other)
      #expect(try SampleCampaign.rows(other) == SampleCampaign.rows(plain))
    }
  }
}
