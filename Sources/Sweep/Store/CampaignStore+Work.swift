/// Trials of one point that run and are written together.
public struct CampaignUnit: Codable, Sendable, Hashable {
  public var point: Int
  public var trials: Range<Int>
}

/// What a store says to a process that found no open batch.
public enum CampaignProgress: Sendable, Equatable {
  /// There are open batches now.
  case open
  /// Other processes have the rest.
  case waiting
  case finished
}

extension Database {
  /// The first points of a campaign and their batches.
  func lay(_ campaign: CampaignRecord) throws(StoreFailure) {
    let points = DesignPoints.values(campaign.plan, campaign.axes, seed: campaign.seed)
    let units = CampaignPlanner(campaign.plan, campaign.axes).firstUnits
    for values in points { try add(point: values, round: 0, units: units, of: campaign.plan) }
  }

  func add(
    point values: [Double], round: Int, units: Range<Int>, of plan: CampaignPlan
  ) throws(StoreFailure) {
    try run("INSERT INTO point (round) VALUES (?)", [.integer(round)])
    let point = try first("SELECT max(id) FROM point") { $0.integer(0) } ?? 0
    for (axis, value) in values.enumerated() {
      try run(
        "INSERT INTO point_value VALUES (?, ?, ?)",
        [.integer(point), .integer(axis + 1), .number(value)])
    }
    try add(units: units, to: point, of: plan)
  }

  func add(units: Range<Int>, to point: Int, of plan: CampaignPlan) throws(StoreFailure) {
    for index in units {
      let trials = plan.unit(index)
      // Parts of a campaign share out whole points where a point's trials decide whether it gets
      // more, else batches.
      let rank = plan.until == nil ? (point - 1) * plan.units + index : point - 1
      try run(
        "INSERT OR IGNORE INTO unit (point, first, count, rank, state) VALUES (?, ?, ?, ?, 0)",
        [
          .integer(point), .integer(trials.lowerBound), .integer(trials.count), .integer(rank),
        ])
    }
  }
}

extension CampaignStore {
  /// Restricts batches to those of this store's share.
  private var owned: String {
    campaign.share.map { " AND rank % \($0.count) = \($0.number - 1)" } ?? ""
  }

  /// Takes an open batch for this process; nil where none is open.
  /// - Throws: `StoreFailure`.
  public func claim() throws -> CampaignUnit? {
    try locked { (database) throws(StoreFailure) in
      try database.first(
        "UPDATE unit SET state = 1, worker = ? WHERE (point, first) IN (SELECT point, first FROM"
          + " unit WHERE state = 0\(owned) ORDER BY point, first LIMIT 1)"
          + " RETURNING point, first, count", [.integer(worker)]
      ) { row in
        CampaignUnit(
          point: row.integer(0), trials: row.integer(1)..<(row.integer(1) + row.integer(2)))
      }
    }
  }

  /// Gives batches back that were taken and not run.
  public func release(_ units: [CampaignUnit]) throws {
    try locked { (database) throws(StoreFailure) in
      for unit in units {
        try database.run(
          "UPDATE unit SET state = 0, worker = NULL WHERE point = ? AND first = ? AND state = 1",
          [.integer(unit.point), .integer(unit.trials.lowerBound)])
      }
    }
  }

  /// Writes the trials of a batch, all of them or none. A batch that another process has written
  /// meanwhile is left as it is.
  public func complete(
    _ unit: CampaignUnit, _ trials: [TrialRecord], seconds: Double
  ) throws {
    try locked { (database) throws(StoreFailure) in
      try database.transaction { () throws(StoreFailure) in
        try database.run(
          "UPDATE unit SET state = 2, worker = ?, seconds = ?"
            + " WHERE point = ? AND first = ? AND state < 2",
          [
            .integer(worker), .number(seconds), .integer(unit.point),
            .integer(unit.trials.lowerBound),
          ])
        guard database.changes > 0 else { return }
        for trial in trials { try database.write(trial) }
      }
    }
  }

  /// What to do when no batch is open: wait for other processes, go on with batches of processes
  /// that are gone, or with what the results so far call for.
  /// - Throws: `StoreFailure`.
  public func advance() throws -> CampaignProgress {
    try locked { (database) throws(StoreFailure) in
      try database.transaction { () throws(StoreFailure) in try advance(database) }
    }
  }

  private func advance(_ database: Database) throws(StoreFailure) -> CampaignProgress {
    let unfinished = try database.rows(
      "SELECT DISTINCT unit.worker, host, process FROM unit LEFT JOIN worker ON worker.id ="
        + " unit.worker WHERE state < 2\(owned)"
    ) { row in
      (row.optionalInteger(0), WorkerIdentity(host: row.text(1), process: row.text(2)))
    }
    if unfinished.contains(where: { $0.0 == nil }) { return .open }
    for (worker, identity) in unfinished where !identity.isAlive {
      try database.run(
        "UPDATE unit SET state = 0, worker = NULL WHERE state = 1 AND worker = ?",
        [.optional(worker)])
    }
    if unfinished.contains(where: { !$0.1.isAlive }) { return .open }
    if !unfinished.isEmpty { return .waiting }
    let plan = campaign.plan
    let share = campaign.share
    let points = try database.states().filter { point in
      share.map { (point.id - 1) % $0.count == $0.number - 1 } ?? true
    }
    switch CampaignPlanner(plan, campaign.axes).next(points, refining: share == nil) {
    case .finished: return .finished
    case .trials(let wanted):
      for (point, units) in wanted { try database.add(units: units, to: point, of: plan) }
    case .points(let values, let round):
      let units = CampaignPlanner(plan, campaign.axes).firstUnits
      for point in values {
        try database.add(point: point, round: round, units: units, of: plan)
      }
    }
    return .open
  }

  /// How many processes have opened the store to work on it.
  public func workerCount() throws -> Int {
    try locked { (database) throws(StoreFailure) in
      try database.first("SELECT count(*) FROM worker") { $0.integer(0) } ?? 0
    }
  }

  /// Trials that are written, and those that are planned so far; of this store's share.
  public func tally() throws -> (done: Int, planned: Int) {
    try locked { (database) throws(StoreFailure) in
      try database.first(
        "SELECT coalesce(sum(CASE state WHEN 2 THEN count ELSE 0 END), 0),"
          + " coalesce(sum(count), 0) FROM unit WHERE 1\(owned)"
      ) { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
    }
  }
}

extension Database {
  func write(_ trial: TrialRecord) throws(StoreFailure) {
    try run(
      "INSERT OR IGNORE INTO trial VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(trial.point), .integer(trial.number), .optional(trial.image),
        .flag(trial.success), .number(trial.errorInitial), .number(trial.errorFinal),
        .number(trial.timeToTarget), .number(trial.overlap), .number(trial.overlapOther),
        .number(trial.orderParameter), .number(trial.relaxationRate),
        .number(trial.frequencySpread), .number(trial.phaseDiffusion), .optional(trial.failure),
      ])
    for energy in trial.energies {
      try run(
        "INSERT OR IGNORE INTO energy VALUES (?, ?, ?, ?, ?)",
        [
          .integer(trial.point), .integer(trial.number), .text(energy.term),
          .number(energy.whole), .number(energy.toTarget),
        ])
    }
  }

  /// Every point with what its trials gave so far, in the order of their numbers.
  func states() throws(StoreFailure) -> [PointState] {
    var states = try rows(
      "SELECT id, round, count(number), coalesce(sum(success), 0), coalesce(sum(overlap), 0)"
        + " FROM point LEFT JOIN trial ON trial.point = point.id GROUP BY id ORDER BY id"
    ) { row in
      PointState(
        id: row.integer(0), values: [], round: row.integer(1), trials: row.integer(2),
        successes: row.integer(3), overlapSum: row.real(4) ?? 0)
    }
    let damaged = StoreFailure(.corrupt, path, "its points are not numbered as they should be")
    guard states.enumerated().allSatisfy({ $0.element.id == $0.offset + 1 }) else { throw damaged }
    try run("SELECT point, value FROM point_value ORDER BY point, axis") {
      (row) throws(StoreFailure) in
      let place = row.integer(0) - 1
      guard states.indices.contains(place) else { throw damaged }
      states[place].values.append(row.real(1) ?? .nan)
    }
    let axes = try first("SELECT count(*) FROM axis") { $0.integer(0) }
    guard states.allSatisfy({ $0.values.count == axes }) else { throw damaged }
    return states
  }
}
