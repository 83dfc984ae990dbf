import AssociativeMemory
import Energy
import Integration
import Numerics
import Ranks
import Synchronization

/// Runs a recall: every trial of every image, batches spread over tasks. Ranks that share the
/// network run one batch after the other, all of them the same; the result is rank 0's.
public struct RecallExperiment: Sendable {
  public let plan: RecallPlan

  public init(_ plan: RecallPlan) { self.plan = plan }

  /// - Throws: `IntegrationFailure` or `AnalysisFailure` where the equations cannot be integrated.
  public func run(_ control: RunControl) async throws -> RecallResult {
    DenseProduct.useOneThread()
    let batches = plan.batches()
    let tally = ProgressTally(batches: batches.count, report: control.progress)
    let plan = self.plan
    let block = plan.network.block
    let start = ContinuousClock.now
    let jobs = block.isWhole ? control.jobs : 1
    let shouldStop = { @Sendable in block.ranks.any(control.shouldStop()) }
    var results: [[RecallTrial]?] = Array(repeating: nil, count: batches.count)
    try await withThrowingTaskGroup(of: (Int, [RecallTrial]?).self) { group in
      var running = 0
      for (index, trials) in batches.enumerated() {
        if running == jobs, let (done, trials) = try await group.next() {
          results[done] = trials
          running -= 1
        }
        if shouldStop() { break }
        running += 1
        group.addTask {
          (index, try plan.run(trials, shouldStop: shouldStop, progress: tally.add))
        }
      }
      for try await (done, trials) in group { results[done] = trials }
    }
    let trials = results.compactMap { $0 }.flatMap { $0 }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    var result = RecallResult(plan, trials: trials.map { $0.gathered(block) })
    result.seconds = seconds
    return result
  }
}

/// Adds up the parts of their batches that tasks have done.
private final class ProgressTally: Sendable {
  private let done = Mutex(0.0)
  private let batches: Int
  private let report: @Sendable (Double) -> Void

  init(batches: Int, report: @escaping @Sendable (Double) -> Void) {
    self.batches = batches
    self.report = report
  }

  @Sendable func add(_ part: Double) {
    let sum = done.withLock { value in
      value += part
      return value
    }
    report(min(sum / Double(batches), 1))
  }
}
