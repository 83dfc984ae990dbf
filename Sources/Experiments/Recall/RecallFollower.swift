import AssociativeMemory
import Energy
import Networks
import Numerics

/// Watches the trials of one batch: error at every step, crossings of the target, and error, energy
/// and snapshots at the recording times.
final class RecallFollower {
  private let system: any NetworkSystem
  private let plan: RecallPlan
  private let trials: [TrialSetup]
  private var crossings: [ErrorCrossing]
  private var meters: [EnergyMeter]
  private var errors: [[Double]]
  private var energies: [[Double]]
  private var snapshots: [[[Double]]]
  /// The rotation found last for each trial, where the next search starts.
  private var rotations: [Double?]
  private let block: Int

  init(_ system: any NetworkSystem, plan: RecallPlan, trials: [TrialSetup]) {
    self.system = system
    self.plan = plan
    self.trials = trials
    let count = trials.count
    let target = plan.targetError ?? 0
    crossings = (0..<count).map { _ in ErrorCrossing(target: target) }
    meters = (0..<count).map { _ in
      EnergyMeter(terms: plan.network.terms, operation: plan.network.operation)
    }
    errors = [[Double]](repeating: [], count: count)
    energies = [[Double]](repeating: [], count: count)
    snapshots = [[[Double]]](repeating: [], count: count)
    rotations = [Double?](repeating: nil, count: count)
    block = system.oscillatorCount * system.componentsPerOscillator
  }

  /// The error of one trial of the batch.
  private func error(_ trial: Int, _ state: UnsafePointer<Double>, keep: Bool = true) -> Double {
    let n = system.oscillatorCount
    let pattern = trials[trial].pattern
    let own = state + trial * block
    let error: RecallError
    if system.componentsPerOscillator == 2 {
      error = own.withMemoryRebound(to: Complex.self, capacity: n) { own in
        plan.phasors.elements.withUnsafeBufferPointer {
          RecallError.of(
            amplitudes: own, target: $0.baseAddress! + pattern * n, count: n,
            encoding: plan.patterns.encoding, start: rotations[trial])
        }
      }
    } else {
      error = RecallError.of(
        phases: own, target: plan.patterns.phases[pattern], count: n,
        encoding: plan.patterns.encoding, start: rotations[trial])
    }
    if keep { rotations[trial] = error.rotation }
    return error.value
  }

  /// Takes the state at the end of a step; `refine` writes the state at a time within it.
  func step(
    to time: Double, _ state: UnsafePointer<Double>,
    refine: ((Double) throws -> UnsafePointer<Double>)? = nil
  ) throws {
    for trial in trials.indices {
      let error = error(trial, state)
      if let refine {
        try crossings[trial].record(time: time, error: error) {
          self.error(trial, try refine($0), keep: false)
        }
      } else {
        crossings[trial].record(time: time, error: error)
      }
    }
  }

  /// Records one of the recording times.
  func record(_ index: Int, _ state: UnsafePointer<Double>) {
    let time = plan.times[index]
    let activity = system.activity(at: time, of: state, coupling: 0)
    for trial in trials.indices {
      errors[trial].append(error(trial, state, keep: false))
      let now = activity[trial]
      meters[trial].record(
        Drive(
          time: time, meanPower: now.meanPower ?? plan.network.meanPower,
          squaredFeedback: now.feedbackSquares, absoluteFeedback: now.feedbackSum,
          feedbackCurrent: plan.network.feedbackCurrent))
      energies[trial] += meters[trial].energies()
      if trials[trial].trial == 0, plan.snapshotIndices.contains(index) {
        snapshots[trial].append(system.phases(of: state + trial * block))
      }
    }
  }

  /// The results, given the final state of the batch.
  func finish(_ state: UnsafePointer<Double>) -> [RecallTrial] {
    trials.indices.map { k in
      let phases = system.phases(of: state + k * block)
      let reached = plan.targetError == nil ? nil : crossings[k].belowSince
      return RecallTrial(
        pattern: trials[k].pattern, trial: trials[k].trial, errorInitial: errors[k].first ?? .nan,
        errorFinal: errors[k].last ?? .nan, timeToTarget: reached,
        energyToTarget: reached.map { meters[k].energies(until: $0) },
        energy: meters[k].energies(), overlaps: Overlap.moduli(of: phases, with: plan.phasors),
        orderParameter: Overlap.orderParameter(of: phases), errors: errors[k],
        energies: energies[k], probe: trials[k].probe, finalPhases: phases,
        snapshots: snapshots[k])
    }
  }
}
