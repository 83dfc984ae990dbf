import Foundation
public import Ranks
import Synchronization

/// A rank that takes batches from rank 0 until that has no more. It neither opens nor sees the
/// store.
public struct RankWorker {
  private let ranks: Ranks
  private let jobs: Int
  private let shouldStop: @Sendable () -> Bool

  /// - Parameter jobs: batches at a time.
  public init(_ ranks: Ranks, jobs: Int, shouldStop: @escaping @Sendable () -> Bool) {
    self.ranks = ranks
    self.jobs = jobs
    self.shouldStop = shouldStop
  }

  /// What threads leave for the one that talks.
  private final class Desk: Sendable {
    let finished = Mutex<[RankMessage]>([])
    let isStopped = Atomic(false)
  }

  /// Serves until it is sent home.
  ///
  /// - Parameter prepare: reads the deck of a campaign; where it throws, what it throws is told to
  ///   rank 0 as text.
  public func serve(_ prepare: (CampaignRecord) throws -> TrialBench) {
    let desk = Desk()
    let shouldStop = self.shouldStop
    var bench: TrialBench?
    var running = 0
    var isEnding = false
    var toldInterrupt = false
    while !(isEnding && running == 0) {
      let done = desk.finished.withLock { finished in
        defer { finished = [] }
        return finished
      }
      for message in done { tell(message) }
      running -= done.count
      if shouldStop(), !toldInterrupt {
        toldInterrupt = true
        tell(.interrupted)
      }
      guard let bytes = ranks.poll()?.bytes else {
        if done.isEmpty { Thread.sleep(forTimeInterval: RankCrew.nap) }
        continue
      }
      switch RankMessage(bytes: bytes) {
      case .begin(let campaign):
        do {
          bench = try prepare(campaign)
          tell(.ready(slots: jobs))
        } catch {
          tell(.failed("\(error)"))
        }
      case .run(let unit, let values):
        guard let bench else { preconditionFailure("a rank is ready before it runs") }
        running += 1
        bench.start(unit, at: values) {
          desk.isStopped.load(ordering: .relaxed) || shouldStop()
        } done: { rows, seconds in
          desk.finished.withLock { $0.append(.done(unit, rows: rows, seconds: seconds)) }
        }
      case .stop: desk.isStopped.store(true, ordering: .relaxed)
      case .end:
        desk.isStopped.store(true, ordering: .relaxed)
        isEnding = true
      case .ready, .done, .interrupted, .failed, .ended:
        preconditionFailure("only rank 0 is told such a thing")
      }
    }
    tell(.ended)
  }

  private func tell(_ message: RankMessage) { ranks.send(message.bytes, to: 0) }
}

extension TrialBench {
  /// Runs a batch on a thread of its own: on those that tasks share, trials would keep waiting
  /// whoever has to hand out the next batch.
  func start(
    _ unit: CampaignUnit, at values: [Double], shouldStop: @escaping @Sendable () -> Bool,
    done: @escaping @Sendable (_ rows: [TrialRecord]?, _ seconds: Double) -> Void
  ) {
    let thread = Thread {
      let start = ContinuousClock.now
      let rows = self.run(unit, at: values, shouldStop: shouldStop)
      done(rows, (ContinuousClock.now - start) / .seconds(1))
    }
    thread.start()
  }
}
