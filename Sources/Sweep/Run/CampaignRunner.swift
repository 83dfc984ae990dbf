public import Experiments
import Numerics

/// Works on a store until its campaign is finished: takes batches, spreads them over tasks, writes
/// each as it ends. Only `jobs` batches are in memory, however long the campaign.
public struct CampaignRunner: Sendable {
  public enum End: Sendable { case finished, interrupted }

  public let store: CampaignStore
  public let bench: TrialBench

  public init(_ store: CampaignStore, _ bench: TrialBench) {
    self.store = store
    self.bench = bench
  }

  /// - Parameters:
  ///   - control: its progress is not called; `written` is.
  ///   - written: called when trials have been written.
  /// - Throws: `StoreFailure` where the store cannot be read or written.
  public func run(
    _ control: RunControl, written: @escaping @Sendable (CampaignUnit, [TrialRecord]) -> Void
  ) async throws -> End {
    DenseProduct.useOneThread()
    return try await withThrowingTaskGroup(of: Done.self) { group in
      var running: Set<CampaignUnit> = []
      while true {
        while running.count < control.jobs, !control.shouldStop(), let unit = try store.claim() {
          running.insert(unit)
          let values = try store.values(of: unit.point)
          group.addTask { [bench] in
            let start = ContinuousClock.now
            let rows = bench.run(unit, at: values, shouldStop: control.shouldStop)
            return Done(
              unit: unit, rows: rows, seconds: (ContinuousClock.now - start) / .seconds(1))
          }
        }
        if let done = try await group.next() {
          running.remove(done.unit)
          guard let rows = done.rows else {
            try store.release([done.unit])
            continue
          }
          try store.complete(done.unit, rows, seconds: done.seconds)
          written(done.unit, rows)
          continue
        }
        if control.shouldStop() { return .interrupted }
        switch try store.advance() {
        case .finished: return .finished
        case .open: continue
        case .waiting: try await Task.sleep(for: .milliseconds(200))
        }
      }
    }
  }

  /// What a task gives back; no rows when it was told to stop.
  private struct Done {
    var unit: CampaignUnit
    var rows: [TrialRecord]?
    var seconds: Double
  }
}

extension CampaignStore {
  /// A point's values by axis.
  /// - Throws: `StoreFailure`.
  public func values(of point: Int) throws -> [Double] {
    try locked { (database) throws(StoreFailure) in
      try database.rows(
        "SELECT value FROM point_value WHERE point = ? ORDER BY axis", [.integer(point)]
      ) { $0.real(0) ?? .nan }
    }
  }
}
