import Integration
import Networks
import Numerics

/// Integrates one batch of trials.
struct RecallBatch {
  let plan: RecallPlan
  let trials: [TrialSetup]
  let shouldStop: () -> Bool
  /// Told how much of the run, 0 to 1, has been done since the last call.
  let progress: (Double) -> Void

  /// The part of the fastest rate's period that a stochastic step may span: Heun's error of a decay
  /// over one step is then 2e-4 of the step's change, far below the statistical error of a trial.
  static let stepPerRate = 0.1

  /// - Returns: the trials' results; nil when told to stop before the end.
  func run() throws -> [RecallTrial]? {
    let system = plan.network.system(trials: trials.count)
    let follower = RecallFollower(system, plan: plan, trials: trials)
    let initial = trials.flatMap { system.initialState(phases: $0.probe) }
    return plan.thermal
      ? try stochastic(system, initial, follower) : try deterministic(system, initial, follower)
  }

  private func stochastic(
    _ system: any NetworkSystem, _ initial: [Double], _ follower: RecallFollower
  ) throws -> [RecallTrial]? {
    let interval = plan.times[1] - plan.times[0]
    let wanted = plan.stepMaximum ?? Self.stepPerRate / max(system.fastestRate, 1e-300)
    let steps = max(1, Int(min((interval / wanted).rounded(.up), 1e9)))
    let stepper = try StratonovichHeun(
      system, initial: initial, step: interval / Double(steps), seed: plan.seed,
      samples: trials.map(\.number))
    try stepper.withState { state in
      try follower.step(to: 0, state)
      follower.record(0, state)
    }
    for index in 1..<plan.times.count {
      for _ in 0..<steps {
        try stepper.step()
        try stepper.withState { try follower.step(to: stepper.time, $0) }
      }
      stepper.withState { follower.record(index, $0) }
      progress(1 / Double(plan.times.count - 1))
      if shouldStop() { return nil }
    }
    return stepper.withState { follower.finish($0) }
  }

  private func deterministic(
    _ system: any NetworkSystem, _ initial: [Double], _ follower: RecallFollower
  ) throws -> [RecallTrial]? {
    let solver = try CVODE(
      system, initial: initial, tolerances: plan.tolerances.with(blockCount: trials.count),
      stopTime: plan.stopTime)
    let buffer = UnsafeMutablePointer<Double>.allocate(capacity: initial.count)
    buffer.initialize(repeating: 0, count: initial.count)
    defer { buffer.deallocate() }
    try solver.withState { state in
      try follower.step(to: 0, state)
      follower.record(0, state)
    }
    var next = 1
    while next < plan.times.count {
      let reached = try solver.step()
      while next < plan.times.count, plan.times[next] <= reached {
        solver.interpolate(at: plan.times[next], into: buffer)
        follower.record(next, buffer)
        next += 1
        progress(1 / Double(plan.times.count - 1))
      }
      try solver.withState { state in
        try follower.step(to: reached, state) { time in
          solver.interpolate(at: time, into: buffer)
          return UnsafePointer(buffer)
        }
      }
      if shouldStop() { return nil }
    }
    return solver.withState { follower.finish($0) }
  }
}

extension Tolerances {
  func with(blockCount: Int) -> Tolerances {
    Tolerances(relative: relative, absolute: absolute, blockCount: blockCount)
  }
}
