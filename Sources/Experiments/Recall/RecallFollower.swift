import AssociativeMemory
import Energy
import Networks
import Numerics
import Ranks

/// Watches one trial: error at every step, crossings of the target, and error, energy and snapshots
/// at the recording times. States are seen where the integrator holds them, as complex amplitudes
/// (of any modulus) or as phases.
final class RecallFollower {
  private let plan: RecallPlan
  private let trial: TrialSetup
  private let isComplex: Bool
  private var ranks: Ranks { plan.network.block.ranks }
  private var crossing: ErrorCrossing
  private var meter: EnergyMeter
  private var errors: [Double] = []
  private var energies: [Double] = []
  private var snapshots: [[Double]] = []
  /// The rotation found last, where the next search starts.
  private var rotation: Double?
  /// Nil where phases are read as they are.
  private var readout: ReadoutAverage?

  init(_ trial: TrialSetup, plan: RecallPlan, isComplex: Bool) {
    self.plan = plan
    self.trial = trial
    self.isComplex = isComplex
    crossing = ErrorCrossing(target: plan.targetError ?? 0)
    meter = EnergyMeter(terms: plan.network.terms, operation: plan.network.operation)
    readout = plan.card.readoutTime.map { ReadoutAverage(timeConstant: $0, phases: trial.probe) }
  }

  /// The error of what is read at a time, which must not lie before those asked for earlier.
  private func error(at time: Double, _ state: UnsafePointer<Double>) -> RecallError {
    guard readout != nil else { return error(state, isComplex: isComplex) }
    readout?.advance(to: time, state, isComplex: isComplex)
    return readout!.mean.withUnsafeBufferPointer { mean in
      let numbers = UnsafeRawPointer(mean.baseAddress!).assumingMemoryBound(to: Double.self)
      return error(numbers, isComplex: true)
    }
  }

  private func error(_ state: UnsafePointer<Double>, isComplex: Bool) -> RecallError {
    let n = plan.network.count
    if !isComplex {
      return RecallError.of(
        phases: state, target: plan.patterns.phases[trial.pattern], count: n,
        encoding: plan.patterns.encoding, start: rotation, ranks: ranks)
    }
    return state.withMemoryRebound(to: Complex.self, capacity: n) { state in
      plan.phasors.elements.withUnsafeBufferPointer {
        RecallError.of(
          amplitudes: state, target: $0.baseAddress! + trial.pattern * n, count: n,
          encoding: plan.patterns.encoding, start: rotation, ranks: ranks)
      }
    }
  }

  private func phases(_ state: UnsafePointer<Double>) -> [Double] {
    if let readout { return readout.mean.map(\.argument) }
    let n = plan.network.count
    if !isComplex { return Array(UnsafeBufferPointer(start: state, count: n)) }
    return (0..<n).map { arcTangent(state[2 * $0 + 1], state[2 * $0]) }
  }

  /// Takes the state at the end of a step; the error counts as linear within it.
  func step(to time: Double, _ state: UnsafePointer<Double>) {
    let error = error(at: time, state)
    rotation = error.rotation
    crossing.record(time: time, error: error.value)
  }

  /// Takes the state at the end of a step; `refine` gives the state at a time within it, by which
  /// a crossing of the target is located.
  func step(
    to time: Double, _ state: UnsafePointer<Double>,
    refine: (Double) -> UnsafePointer<Double>
  ) {
    // behind a low pass the error is smooth enough to be straight within a step
    if readout != nil { return step(to: time, state) }
    let error = error(state, isComplex: isComplex)
    rotation = error.rotation
    crossing.record(time: time, error: error.value) {
      self.error(refine($0), isComplex: self.isComplex).value
    }
  }

  /// Records one of the recording times.
  func record(_ index: Int, _ state: UnsafePointer<Double>, _ activity: NetworkActivity) {
    errors.append(error(at: plan.times[index], state).value)
    meter.record(
      Drive(
        time: plan.times[index], meanPower: activity.meanPower ?? plan.network.meanPower,
        squaredFeedback: activity.feedbackSquares, absoluteFeedback: activity.feedbackSum,
        feedbackCurrent: plan.network.feedbackCurrent))
    energies += meter.energies()
    if trial.isFilmed, plan.snapshotIndices.contains(index) { snapshots.append(phases(state)) }
  }

  /// Records one of the recording times, the energies so far being known.
  func record(_ index: Int, _ state: UnsafePointer<Double>, energies: [Double]) {
    errors.append(error(at: plan.times[index], state).value)
    self.energies += energies
    if trial.isFilmed, plan.snapshotIndices.contains(index) { snapshots.append(phases(state)) }
  }

  /// The trial's result, given its final state.
  func finish(_ state: UnsafePointer<Double>) -> RecallTrial {
    finish(state, energies: meter.energies)
  }

  /// - Parameter energies: joules by term until a time, nil for the whole run.
  func finish(
    _ state: UnsafePointer<Double>, energies: (_ until: Double?) -> [Double]
  ) -> RecallTrial {
    let phases = phases(state)
    let reached = plan.targetError == nil ? nil : crossing.belowSince
    return RecallTrial(
      pattern: trial.pattern, trial: trial.trial, errorInitial: errors.first ?? .nan,
      errorFinal: errors.last ?? .nan, timeToTarget: reached,
      energyToTarget: reached.map { energies($0) }, energy: energies(nil),
      overlaps: Overlap.moduli(of: phases, with: plan.phasors, ranks: ranks),
      orderParameter: Overlap.orderParameter(of: phases, ranks: ranks), errors: errors,
      energies: self.energies,
      probe: trial.probe, finalPhases: phases, snapshots: snapshots)
  }
}
