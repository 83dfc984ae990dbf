import Networks
import Numerics

extension RecallBatch {
  /// Noise-free trials of the phase equation: each with its own steps, products shared.
  func ensemble() throws -> [RecallTrial]? {
    let network = plan.network
    let n = network.count
    let coupling = network.phaseCoupling()
    let oscillators = PhaseOscillators(network.oscillators)
    let integrator = PhaseEnsemble(
      weights: coupling.weights, gain: coupling.gain, detuning: oscillators.detuning,
      tolerances: EnsembleTolerances(
        relative: plan.tolerances.relative, absolute: plan.tolerances.relative),
      width: trials.count)
    let followers = trials.map { RecallFollower($0, plan: plan, isComplex: true) }
    let scratch = Scratch(count: n, coupling: coupling)
    for (follower, trial) in zip(followers, trials) {
      scratch.write(phases: trial.probe)
      follower.step(to: 0, scratch.numbers)
      follower.record(0, scratch.numbers, scratch.activity())
    }
    var next = [Int](repeating: 1, count: trials.count)
    var stopped = false
    let result = try integrator.run(
      initial: trials.flatMap(\.probe), until: plan.times[plan.times.count - 1]
    ) { step in
      let follower = followers[step.trial]
      while next[step.trial] < plan.times.count, plan.times[next[step.trial]] <= step.end {
        step.phasors(at: plan.times[next[step.trial]], into: scratch.phasors)
        follower.record(next[step.trial], scratch.numbers, scratch.activity())
        next[step.trial] += 1
        progress(1 / Double(plan.times.count - 1) / Double(trials.count))
      }
      step.phasors(at: step.end, into: scratch.phasors)
      follow(step, follower, scratch)
      stopped = stopped || shouldStop()
      return !stopped
    }
    if stopped { return nil }
    return trials.indices.map { trial in
      scratch.write(phases: Array(result.phases[(trial * n)..<((trial + 1) * n)]))
      return followers[trial].finish(scratch.numbers)
    }
  }

  private func follow(
    _ step: borrowing EnsembleStep, _ follower: RecallFollower, _ scratch: Scratch
  ) {
    follower.step(to: step.end, scratch.numbers) { time in
      step.phasors(at: min(max(time, step.start), step.end), into: scratch.phasors)
      return scratch.numbers
    }
  }
}

/// One trial's phasors, and what the network does there.
private final class Scratch {
  let phasors: UnsafeMutablePointer<Complex>
  private let received: UnsafeMutablePointer<Complex>
  private let count: Int
  private let coupling: Coupling

  /// The phasors as interleaved numbers.
  var numbers: UnsafePointer<Double> {
    UnsafeRawPointer(phasors).assumingMemoryBound(to: Double.self)
  }

  init(count: Int, coupling: Coupling) {
    self.count = count
    self.coupling = coupling
    phasors = .allocate(capacity: count)
    phasors.initialize(repeating: .one, count: count)
    received = .allocate(capacity: count)
    received.initialize(repeating: .zero, count: count)
  }

  deinit {
    phasors.deallocate()
    received.deallocate()
  }

  func write(phases: [Double]) {
    for i in 0..<count { phasors[i] = Complex(modulus: 1, argument: phases[i]) }
  }

  func activity() -> NetworkActivity {
    coupling.weights.apply(phasors, into: received, columns: 1)
    return NetworkActivity(received: received, count: count)
  }
}
