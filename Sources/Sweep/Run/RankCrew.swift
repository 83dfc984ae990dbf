// Rank 0's side of a campaign on several ranks: it alone has the store, and gives batches to the
// others by messages. One thread sends and receives them beside the trials of rank 0 itself; where
// nothing has come it sleeps, because a library that waits for messages takes a whole processor.

import Foundation
public import Ranks
import Synchronization

/// The other ranks of a campaign, as places where batches are run.
public final class RankCrew: Sendable {
  private struct State {
    var outgoing: [(rank: Int, message: RankMessage)] = []
    var joining: [Int: CheckedContinuation<Int?, any Error>] = [:]
    var running: [CampaignUnit: CheckedContinuation<CampaignRunner.Done, any Error>] = [:]
    var failure: RankFailure?
    var ended: Set<Int> = []
  }

  private let ranks: Ranks
  private let shouldStop: @Sendable () -> Bool
  private let state = Mutex(State())
  private let stopped = Atomic(false)
  private let pumped = DispatchSemaphore(value: 0)

  /// How long to sleep where there is nothing to do, seconds: far shorter than any batch.
  static let nap = 0.001

  /// Begins to listen.
  /// - Parameter shouldStop: asked often; once true, all ranks are told.
  public init(_ ranks: Ranks, shouldStop: @escaping @Sendable () -> Bool) {
    self.ranks = ranks
    self.shouldStop = shouldStop
    guard !ranks.isAlone else { return }
    let thread = Thread { [self] in
      pump()
      pumped.signal()
    }
    thread.start()
  }

  /// The ranks beside this one.
  var others: Range<Int> { 1..<max(1, ranks.count) }

  /// Whether all were told to give up.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Tells a rank what the campaign is.
  /// - Returns: how many batches it takes at a time; nil where the campaign ends before it knows.
  /// - Throws: `RankFailure`.
  func begin(_ campaign: CampaignRecord, on rank: Int) async throws -> Int? {
    try await withCheckedThrowingContinuation { continuation in
      enter(.begin(campaign), to: rank, continuation) { $0.joining[rank] = continuation }
    }
  }

  /// Has a rank run a batch.
  /// - Throws: `RankFailure`.
  func run(
    _ unit: CampaignUnit, at values: [Double], on rank: Int
  ) async throws -> CampaignRunner.Done {
    try await withCheckedThrowingContinuation { continuation in
      enter(.run(unit, at: values), to: rank, continuation) { $0.running[unit] = continuation }
    }
  }

  private func enter<Value>(
    _ message: RankMessage, to rank: Int, _ continuation: CheckedContinuation<Value, any Error>,
    _ note: (inout State) -> Void
  ) {
    let failure = state.withLock { state in
      if state.failure == nil {
        state.outgoing.append((rank, message))
        note(&state)
      }
      return state.failure
    }
    if let failure { continuation.resume(throwing: failure) }
  }

  /// Has all ranks give up their batches under way, which end without rows.
  func stop() {
    if stopped.exchange(true, ordering: .relaxed) { return }
    state.withLock { state in
      for rank in others { state.outgoing.append((rank, .stop)) }
    }
  }

  /// Those that have not told yet what they can do are no longer waited for.
  func forgetJoining() {
    let joining = state.withLock { state in
      defer { state.joining = [:] }
      return state.joining
    }
    for continuation in joining.values { continuation.resume(returning: nil) }
  }

  /// Sends the other ranks home and waits until they go; called once, last.
  public func end() {
    guard !ranks.isAlone else { return }
    forgetJoining()
    state.withLock { state in
      for rank in others { state.outgoing.append((rank, .end)) }
    }
    pumped.wait()
  }

  private func pump() {
    while true {
      if shouldStop() { stop() }
      let outgoing = state.withLock { state in
        defer { state.outgoing = [] }
        return state.outgoing
      }
      for (rank, message) in outgoing { ranks.send(message.bytes, to: rank) }
      if let message = ranks.poll() {
        take(RankMessage(bytes: message.bytes), from: message.from)
      } else if state.withLock({ $0.ended.count }) == others.count {
        return
      } else if outgoing.isEmpty {
        Thread.sleep(forTimeInterval: Self.nap)
      }
    }
  }

  private func take(_ message: RankMessage, from rank: Int) {
    switch message {
    case .ready(let slots):
      state.withLock { $0.joining.removeValue(forKey: rank) }?.resume(returning: slots)
    case .done(let unit, let rows, let seconds):
      state.withLock { $0.running.removeValue(forKey: unit) }?
        .resume(
          returning: CampaignRunner.Done(rank: rank, unit: unit, rows: rows, seconds: seconds))
    case .interrupted: stop()
    case .failed(let reason): fail(RankFailure("rank \(rank): \(reason)"))
    case .ended: _ = state.withLock { $0.ended.insert(rank) }
    case .begin, .run, .stop, .end: preconditionFailure("rank 0 is told no such thing")
    }
  }

  private func fail(_ failure: RankFailure) {
    let (joining, running) = state.withLock { state in
      if state.failure == nil { state.failure = failure }
      defer { (state.joining, state.running) = ([:], [:]) }
      return (state.joining, state.running)
    }
    for continuation in joining.values { continuation.resume(throwing: failure) }
    for continuation in running.values { continuation.resume(throwing: failure) }
  }
}
