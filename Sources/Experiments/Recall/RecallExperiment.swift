import AssociativeMemory
import Energy
import Integration
import Numerics
public import Schematic
import Synchronization

/// Runs a recall: every trial of every image, batches spread over tasks.
public struct RecallExperiment {
  public let plan: RecallPlan

  public init(_ plan: RecallPlan) { self.plan = plan }

  /// - Throws: `IntegrationFailure` where the equations cannot be integrated.
  public func run(_ control: RunControl) async throws -> RecallResult {
    DenseProduct.useOneThread()
    let batches = plan.batches()
    let done = Mutex(0.0)
    let total = Double(batches.count)
    let experiment = PlanBox(plan: plan)
    var results: [[RecallTrial]?] = Array(repeating: nil, count: batches.count)
    try await withThrowingTaskGroup(of: (Int, [RecallTrial]?).self) { group in
      var next = 0
      func submit() {
        guard next < batches.count, !control.shouldStop() else { return }
        let (index, trials) = (next, batches[next])
        next += 1
        group.addTask {
          let batch = RecallBatch(
            plan: experiment.plan, trials: trials, shouldStop: control.shouldStop,
            progress: { part in
              let now = done.withLock { value in
                value += part
                return value
              }
              control.progress(min(now / total, 1))
            })
          return (index, try batch.run())
        }
      }
      for _ in 0..<control.jobs { submit() }
      while let (index, trials) = try await group.next() {
        results[index] = trials
        submit()
      }
    }
    return RecallResult(plan, trials: results.compactMap { $0 }.flatMap { $0 })
  }
}

/// A plan seen by several tasks. Nothing in it changes once it is made, and every task copies the
/// coupling operator (its weights are shared, its scratch memory is not) before it uses it.
private struct PlanBox: @unchecked Sendable {
  let plan: RecallPlan
}
