import Integration
import Networks
import Numerics

/// Integrates one batch of trials: with noise by Heun's scheme, without by CVODE or, in the phase
/// equation, by the ensemble integrator.
struct RecallBatch {
  let plan: RecallPlan
  let trials: [TrialSetup]
  let shouldStop: () -> Bool
  /// Told how much of the run, 0 to 1, has been done since the last call.
  let progress: (Double) -> Void

  /// The part of the fastest rate's period that a stochastic step may span: Heun's error of a decay
  /// over one step is then 2e-4 of the step's change, far below the statistical error of a trial.
  static let stepPerRate = 0.1

  /// Oscillators whose states of a few steps fit into a processor's cache.
  static let cachedOscillators = 1 << 16

  /// - Returns: the trials' results; nil when told to stop before the end.
  func run() throws -> [RecallTrial]? {
    let network = plan.network
    if !plan.thermal, network.fidelity == .phase, network.harmonics.isEmpty, network.block.isWhole {
      return try ensemble()
    }
    let system = plan.network.system(trials: trials.count)
    let initial = trials.flatMap { system.initialState(phases: $0.probe) }
    let followers = Followers(system, plan: plan, trials: trials)
    return plan.thermal
      ? try stochastic(system, initial, followers) : try deterministic(system, initial, followers)
  }

  private func stochastic(
    _ system: any NetworkSystem, _ initial: [Double], _ followers: Followers
  ) throws -> [RecallTrial]? {
    let interval = plan.times[1] - plan.times[0]
    let wanted = plan.stepMaximum ?? Self.stepPerRate / max(system.fastestRate, 1e-300)
    let steps = max(1, Int(min((interval / wanted).rounded(.up), 1e9)))
    let stepper = try StratonovichHeun(
      system, initial: initial, step: interval / Double(steps), seed: plan.seed,
      samples: trials.map(\.number))
    stepper.withState { state in
      followers.step(to: 0, state)
      followers.record(0, state)
    }
    for index in 1..<plan.times.count {
      for _ in 0..<steps {
        try stepper.step()
        stepper.withState { followers.step(to: stepper.time, $0) }
        if shouldStop() { return nil }
      }
      stepper.withState { followers.record(index, $0) }
      progress(1 / Double(plan.times.count - 1))
    }
    return stepper.withState { followers.finish($0) }
  }

  private func deterministic(
    _ system: any NetworkSystem, _ initial: [Double], _ followers: Followers
  ) throws -> [RecallTrial]? {
    let tolerances = plan.tolerances.with(blockCount: trials.count)
    // a step takes memory's time, which grows with the order's square, where states fit no cache
    let order = plan.network.block.total > Self.cachedOscillators ? 5 : nil
    var solver = try CVODE(
      system, initial: initial, tolerances: tolerances, stopTime: plan.stopTime,
      orderMaximum: order, over: plan.network.block.ranks)
    let buffer = UnsafeMutablePointer<Double>.allocate(capacity: initial.count)
    buffer.initialize(repeating: 0, count: initial.count)
    defer { buffer.deallocate() }
    solver.withState { state in
      followers.step(to: 0, state)
      followers.record(0, state)
    }
    var next = 1
    while next < plan.times.count {
      let reached = try solver.step()
      while next < plan.times.count, plan.times[next] <= reached {
        solver.interpolate(at: plan.times[next], into: buffer)
        followers.record(next, buffer)
        next += 1
        progress(1 / Double(plan.times.count - 1))
      }
      solver.withState { state in
        followers.step(to: reached, state) { time in
          solver.interpolate(at: time, into: buffer)
          return UnsafePointer(buffer)
        }
      }
      if shouldStop() { return nil }
      if solver.method == .adams, solver.statistics.isStabilityLimited, reached < plan.stopTime {
        // Stiff: functional iteration, not accuracy, limits the step.
        solver = try CVODE(
          system, initial: solver.stateValues, at: reached, method: .bdfKrylov,
          tolerances: tolerances, stopTime: plan.stopTime, over: plan.network.block.ranks)
      }
    }
    return solver.withState { followers.finish($0) }
  }
}

/// The followers of a batch whose trials advance together, trial after trial in one state.
private struct Followers {
  let system: any NetworkSystem
  let plan: RecallPlan
  let each: [RecallFollower]
  let block: Int

  init(_ system: any NetworkSystem, plan: RecallPlan, trials: [TrialSetup]) {
    self.system = system
    self.plan = plan
    each = trials.map {
      RecallFollower($0, plan: plan, isComplex: system.componentsPerOscillator == 2)
    }
    block = system.oscillatorCount * system.componentsPerOscillator
  }

  func step(to time: Double, _ state: UnsafePointer<Double>) {
    for (trial, follower) in each.enumerated() { follower.step(to: time, state + trial * block) }
  }

  func step(
    to time: Double, _ state: UnsafePointer<Double>, refine: (Double) -> UnsafePointer<Double>
  ) {
    for (trial, follower) in each.enumerated() {
      let place = trial * block
      follower.step(to: time, state + place) { refine($0) + place }
    }
  }

  func record(_ index: Int, _ state: UnsafePointer<Double>) {
    let activity = system.activity(at: plan.times[index], of: state, coupling: 0)
    let here = plan.network.block
    for (trial, follower) in each.enumerated() {
      follower.record(
        index, state + trial * block, activity[trial].over(here.ranks, count: here.count))
    }
  }

  func finish(_ state: UnsafePointer<Double>) -> [RecallTrial] {
    each.enumerated().map { $1.finish(state + $0 * block) }
  }
}

extension Tolerances {
  func with(blockCount: Int) -> Tolerances {
    Tolerances(relative: relative, absolute: absolute, blockCount: blockCount)
  }
}
