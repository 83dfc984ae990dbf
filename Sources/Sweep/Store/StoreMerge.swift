import Foundation

/// Joins stores of one campaign into one.
public enum StoreMerge {
  /// What a merge found.
  public struct Outcome: Sendable, Equatable {
    /// Trials that were not there before.
    public var added = 0
    /// Trials that were there with other figures; the first stay.
    public var differing = 0
    /// Trials there are now, and those planned.
    public var done = 0
    public var planned = 0
  }

  /// Adds what the parts hold to the store at `path`, which is made where it is not there. Merging
  /// again adds nothing.
  ///
  /// - Throws: `StoreFailure` "different" where a part is of another campaign; nothing is merged
  ///   then.
  public static func merge(_ parts: [String], into path: String) throws -> Outcome {
    let records = try parts.map { try CampaignStore.open($0, readOnly: true).campaign }
    guard var first = records.first else { return Outcome() }
    let isThere = FileManager.default.fileExists(atPath: path)
    if isThere { first = try CampaignStore.open(path, readOnly: true).campaign }
    for (part, record) in zip(parts, records) where record.identity != first.identity {
      let lines = CampaignDifference.lines(stored: first, asked: record)
      throw StoreFailure(
        .different, part,
        "it is of another campaign than '\(isThere ? path : parts[0])':\n  "
          + lines.joined(separator: "\n  "))
    }
    first.share = nil
    let store = isThere ? try CampaignStore.open(path) : try CampaignStore.create(path, first)
    var outcome = Outcome()
    for part in parts {
      let (added, differing) = try store.add(part)
      outcome.added += added
      outcome.differing += differing
    }
    (outcome.done, outcome.planned) = try store.tally()
    return outcome
  }
}

extension CampaignStore {
  /// Adds the rows of another store of the same campaign.
  fileprivate func add(_ part: String) throws -> (added: Int, differing: Int) {
    try locked { (database) throws(StoreFailure) in
      let mode =
        switch Database.reading(part) {
        case .shared: "mode=rw"
        case .existingLog: "mode=ro"
        case .frozen: "immutable=1"
        }
      try database.run("ATTACH ? AS part", [.text(Database.address(part, mode))])
      defer { try? database.execute("DETACH part") }
      do throws(StoreFailure) {
        return try database.transaction { () throws(StoreFailure) in try Self.copy(database) }
      } catch {
        var failure = error
        if failure.problem == .corrupt { failure.path = part }
        throw failure
      }
    }
  }

  private static func copy(_ database: Database) throws(StoreFailure) -> (Int, Int) {
    try database.execute(
      """
      INSERT OR IGNORE INTO point SELECT * FROM part.point;
      INSERT OR IGNORE INTO point_value SELECT * FROM part.point_value;
      INSERT OR IGNORE INTO unit (point, first, count, rank, state)
        SELECT point, first, count, rank, 0 FROM part.unit;
      """)
    let differing =
      try database.first(
        """
        SELECT count(*) FROM part.trial AS a JOIN trial AS b USING (point, number)
        WHERE a.error_final IS NOT b.error_final OR a.time_to_target IS NOT b.time_to_target
          OR a.image IS NOT b.image OR a.failure IS NOT b.failure
        """
      ) { $0.integer(0) } ?? 0
    try database.run("INSERT OR IGNORE INTO trial SELECT * FROM part.trial")
    let added = database.changes
    try database.execute(
      """
      INSERT OR IGNORE INTO energy SELECT * FROM part.energy;
      UPDATE unit SET state = 2, worker = NULL, seconds = done.seconds
        FROM (SELECT point, first, seconds FROM part.unit WHERE state = 2) AS done
        WHERE unit.point = done.point AND unit.first = done.first AND unit.state < 2;
      """)
    return (added, differing)
  }
}
