extension CampaignStore {
  /// Every point with its values by axis and what its trials gave so far.
  /// - Throws: `StoreFailure`.
  public func points() throws -> [PointState] {
    try locked { (database) throws(StoreFailure) in try database.states() }
  }

  /// The trials of one point, by number.
  /// - Throws: `StoreFailure`.
  public func trials(of point: Int) throws -> [TrialRecord] {
    try locked { (database) throws(StoreFailure) in
      var trials = try database.rows(
        "SELECT number, image, success, error_initial, error_final, time_to_target, overlap,"
          + " overlap_other, order_parameter, relaxation_rate, frequency_spread,"
          + " phase_diffusion, failure FROM trial WHERE point = ? ORDER BY number",
        [.integer(point)]
      ) { TrialRecord($0, point: point) }
      var place = 0
      try database.run(
        "SELECT trial, term, whole, to_target FROM energy WHERE point = ? ORDER BY trial, term",
        [.integer(point)]
      ) { row in
        while place < trials.count, trials[place].number < row.integer(0) { place += 1 }
        guard place < trials.count, trials[place].number == row.integer(0) else { return }
        trials[place].energies.append(
          .init(term: row.text(1), whole: row.real(2) ?? .nan, toTarget: row.real(3)))
      }
      return trials
    }
  }

  /// The statistics of one point.
  /// - Throws: `StoreFailure`.
  public func statistics(of point: PointState) throws -> PointStatistics {
    PointStatistics(point, try trials(of: point.id))
  }

  /// Calls `body` with every point's statistics, one point in memory at a time.
  /// - Throws: `StoreFailure`, and what `body` throws.
  public func eachPoint(_ body: (PointStatistics) throws -> Void) throws {
    for point in try points() { try body(try statistics(of: point)) }
  }

  /// Whether every batch planned so far, of all shares, is written.
  public func isWhole() throws -> Bool {
    try locked { (database) throws(StoreFailure) in
      try database.first("SELECT count(*) FROM unit WHERE state < 2") { $0.integer(0) } ?? 0
    } == 0
  }
}

extension TrialRecord {
  init(_ row: Row, point: Int) {
    self.init(point: point, number: row.integer(0))
    image = row.optionalText(1)
    success = row.optionalInteger(2).map { $0 != 0 }
    errorInitial = row.real(3)
    errorFinal = row.real(4)
    timeToTarget = row.real(5)
    overlap = row.real(6)
    overlapOther = row.real(7)
    orderParameter = row.real(8)
    relaxationRate = row.real(9)
    frequencySpread = row.real(10)
    phaseDiffusion = row.real(11)
    failure = row.optionalText(12)
  }
}
