public import Experiments
import Numerics
import Synchronization

/// Works on a store until its campaign is finished: takes batches, spreads them over threads and
/// ranks, writes each as it ends. Only so many batches as run are in memory, however long the
/// campaign.
public struct CampaignRunner: Sendable {
  public enum End: Sendable { case finished, interrupted }

  public let store: CampaignStore
  public let bench: TrialBench
  /// Other ranks that take batches; nil for none.
  public let crew: RankCrew?

  public init(_ store: CampaignStore, _ bench: TrialBench, crew: RankCrew? = nil) {
    self.store = store
    self.bench = bench
    self.crew = crew
  }

  /// What a place gives back; no rows when it was told to stop.
  struct Done: Sendable {
    var rank: Int
    var unit: CampaignUnit
    var rows: [TrialRecord]?
    var seconds: Double
  }

  private enum Event: Sendable {
    /// A rank takes so many batches at a time.
    case joined(rank: Int, slots: Int)
    case done(Done)
  }

  /// - Parameters:
  ///   - control: `jobs` of this process; its progress is not called; `written` is.
  ///   - written: called when trials have been written.
  /// - Throws: `StoreFailure` where the store cannot be read or written; `RankFailure`.
  public func run(
    _ control: RunControl, written: @escaping @Sendable (CampaignUnit, [TrialRecord]) -> Void
  ) async throws -> End {
    DenseProduct.useOneThread()
    let halt = Halt(control.shouldStop, crew)
    return try await withThrowingTaskGroup(of: Event?.self) { group in
      defer { crew?.forgetJoining() }
      do {
        return try await work(&group, control.jobs, halt, written)
      } catch {
        // nobody would write what the others go on computing
        halt.now()
        throw error
      }
    }
  }

  private func work(
    _ group: inout ThrowingTaskGroup<Event?, any Error>, _ jobs: Int, _ halt: Halt,
    _ written: (CampaignUnit, [TrialRecord]) -> Void
  ) async throws -> End {
    let campaign = store.campaign
    for rank in crew?.others ?? 0..<0 {
      group.addTask { [crew] in
        try await crew?.begin(campaign, on: rank).map { .joined(rank: rank, slots: $0) }
      }
    }
    var free = [Int](repeating: 0, count: jobs)
    var running = 0
    func fill() throws {
      while let rank = free.last, !halt.isAsked, let unit = try store.claim() {
        free.removeLast()
        running += 1
        let values = try store.values(of: unit.point)
        group.addTask { .done(try await run(unit, at: values, on: rank, halt)) }
      }
    }
    while true {
      try fill()
      if running == 0 {
        if halt.isAsked { return .interrupted }
        switch try store.advance() {
        case .finished: return .finished
        case .open: continue
        case .waiting: try await Task.sleep(for: .milliseconds(200))
        }
        continue
      }
      switch try await group.next() {
      case .joined(let rank, let slots)??:
        free.append(contentsOf: repeatElement(rank, count: slots))
      case .done(let done)??:
        free.append(done.rank)
        running -= 1
        guard let rows = done.rows else {
          try store.release([done.unit])
          continue
        }
        // the next batch runs while this one is written
        try fill()
        try store.complete(done.unit, rows, seconds: done.seconds)
        written(done.unit, rows)
      case .some(nil), nil: continue
      }
    }
  }

  private func run(
    _ unit: CampaignUnit, at values: [Double], on rank: Int, _ halt: Halt
  ) async throws -> Done {
    if rank > 0, let crew { return try await crew.run(unit, at: values, on: rank) }
    return await withCheckedContinuation { continuation in
      bench.start(unit, at: values, shouldStop: { halt.isAsked }) { rows, seconds in
        continuation.resume(
          returning: Done(rank: rank, unit: unit, rows: rows, seconds: seconds))
      }
    }
  }
}

/// Whether batches under way are to be given up, here and on the other ranks.
private final class Halt: Sendable {
  private let isNow = Atomic(false)
  private let asked: @Sendable () -> Bool
  private let crew: RankCrew?

  init(_ asked: @escaping @Sendable () -> Bool, _ crew: RankCrew?) {
    self.asked = asked
    self.crew = crew
  }

  func now() {
    isNow.store(true, ordering: .relaxed)
    crew?.stop()
  }

  /// Cheap enough to be asked every step.
  var isAsked: Bool {
    if isNow.load(ordering: .relaxed) { return true }
    guard asked() || crew?.isStopped == true else { return false }
    now()
    return true
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
