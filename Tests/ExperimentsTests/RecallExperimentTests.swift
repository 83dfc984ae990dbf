import AssociativeMemory
import Numerics
import Synchronization
import Testing

@testable import Experiments

/// Running a recall: jobs, batches, stopping, accuracy and energies.
@Suite struct RecallExperimentTests {
  static let kinds: [(NetworkFidelity, Bool)] = [
    (.envelope, true), (.envelope, false), (.phase, true), (.phase, false),
  ]

  /// The same bits whatever the number of jobs.
  @Test(arguments: kinds)
  func jobsDoNotMatter(fidelity: NetworkFidelity, thermal: Bool) async throws {
    let plan = try SmallRecall.plan(fidelity, thermal: thermal)
    #expect(plan.batches().count == 3)
    let one = try await SmallRecall.run(plan)
    let three = try await SmallRecall.run(plan, jobs: 3)
    #expect(one.reachedStop)
    #expect(one.trials.count == 68)
    let areEqual = one.trials == three.trials
    #expect(areEqual)
  }

  /// A trial is the same alone as among others: to rounding with noise or in the phase equation
  /// (the matrix product's last bits depend on its number of columns, which is why batches are
  /// fixed), to the tolerance in the envelope equation without noise, whose batch shares its steps.
  @Test(arguments: kinds)
  func neighboursDoNotMatter(fidelity: NetworkFidelity, thermal: Bool) async throws {
    let plan = try SmallRecall.plan(fidelity, thermal: thermal)
    let all = try await SmallRecall.run(plan).trials
    let tolerance = thermal || fidelity == .phase ? 1e-9 : 1e-4
    for number in [0, 7, 31, 32, 67] {
      let alone = try #require(try SmallRecall.alone(plan, number: number))
      let other = all[number]
      #expect(alone.probe == other.probe)
      #expect(alone.pattern == other.pattern && alone.trial == other.trial)
      for (a, b) in zip(alone.errors, other.errors) { #expect(abs(a - b) < tolerance) }
      for (a, b) in zip(alone.energy, other.energy) {
        #expect(isNear(a, b, within: tolerance))
      }
      #expect(alone.success == other.success)
      if let a = alone.timeToTarget, let b = other.timeToTarget {
        #expect(isNear(a, b, within: 10 * tolerance))
      }
    }
  }

  /// Asked to stop, a run ends soon, keeps its finished batches as they are, and says so.
  @Test(arguments: kinds)
  func stopKeepsFinishedBatches(fidelity: NetworkFidelity, thermal: Bool) async throws {
    let plan = try SmallRecall.plan(fidelity, thermal: thermal)
    let whole = try await SmallRecall.run(plan)
    let done = Box()
    let control = RunControl(
      shouldStop: { done.part.withLock { $0 > 0.45 } },
      progress: { part in done.part.withLock { $0 = max($0, part) } })
    let stopped = try await RecallExperiment(plan).run(control)
    #expect(!stopped.reachedStop)
    #expect(stopped.trialsPlanned == 68)
    let areKept = stopped.trials == Array(whole.trials.prefix(32))
    #expect(areKept)
    #expect(done.part.withLock { $0 } < 0.7)
  }

  final class Box: Sendable {
    let part = Mutex(0.0)
  }

  /// Without noise the default tolerance reproduces what a tight one gives, trial by trial.
  @Test(arguments: NetworkFidelity.allCases)
  func toleranceIsKept(fidelity: NetworkFidelity) async throws {
    let usual = try await SmallRecall.run(
      SmallRecall.plan(fidelity, thermal: false, trials: 8))
    let tight = try await SmallRecall.run(
      SmallRecall.plan(fidelity, thermal: false, trials: 8, relative: 1e-10))
    for (a, b) in zip(usual.trials, tight.trials) {
      for (x, y) in zip(a.errors, b.errors) { #expect(abs(x - y) < 2e-5) }
      if let late = b.timeToTarget {
        #expect(isNear(try #require(a.timeToTarget), late, within: 1e-3))
      } else {
        #expect(a.timeToTarget == nil)
      }
    }
  }

  /// Energies add up over terms and over time: a term that takes the power of two others takes
  /// their energy, and constant power its product with the time, whole run or until the target.
  @Test(arguments: kinds)
  func energiesAddUp(fidelity: NetworkFidelity, thermal: Bool) async throws {
    let plan = try SmallRecall.plan(fidelity, thermal: thermal, trials: 4)
    for trial in try await SmallRecall.run(plan).trials {
      #expect(trial.energies.count == 3 * plan.times.count)
      for (index, time) in plan.times.enumerated() {
        let now = trial.energies[(3 * index)..<(3 * index + 3)].map { $0 }
        #expect(isNear(now[0], 3 * time, within: 1e-12))
        #expect(isNear(now[0] + now[1], now[2], within: 1e-12))
        if index > 0 { #expect(now[1] > trial.energies[3 * index - 2]) }
      }
      #expect(trial.energy == Array(trial.energies.suffix(3)))
      // A held image drives every oscillator fully: half a watt for each of 48.
      #expect(trial.energy[1] <= 0.5 * 48 * plan.stopTime * (1 + 1e-12))
      guard let reached = trial.timeToTarget, let spent = trial.energyToTarget else { continue }
      #expect(isNear(spent[0], 3 * reached, within: 1e-9))
      #expect(isNear(spent[0] + spent[1], spent[2], within: 1e-12))
    }
  }

  /// What a trial reports of itself agrees with its final phases.
  @Test func trialsAreConsistent() async throws {
    let plan = try SmallRecall.plan(.envelope, thermal: true, trials: 4)
    let result = try await SmallRecall.run(plan)
    #expect(result.summary.successes == result.trials.count { $0.success })
    #expect(result.summary.successes > 12)
    for trial in result.trials {
      let target = plan.patterns.phases[trial.pattern]
      let last = RecallError.of(phases: trial.finalPhases, target: target, encoding: .half)
      #expect(abs(last.value - trial.errorFinal) < 1e-9)
      let first = RecallError.of(phases: trial.probe, target: target, encoding: .half)
      #expect(abs(first.value - trial.errorInitial) < 1e-9)
      #expect(trial.snapshots.count == (trial.trial == 0 ? 3 : 0))
      if let reached = trial.timeToTarget {
        for (time, error) in zip(plan.times, trial.errors) where time > reached {
          #expect(error < 0.05)
        }
      } else {
        #expect(trial.errorFinal >= 0.05)
      }
    }
  }
}
