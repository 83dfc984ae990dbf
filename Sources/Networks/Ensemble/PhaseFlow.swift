import Numerics

/// The two passes over the oscillators of a trial around each product: prediction and correction.
final class PhaseFlow {
  /// Part of the correction that is charged as error. The corrected result is an order better than
  /// the correction; that 0.4 of it keeps the final error of a recall at a few tolerances was
  /// measured (docs/decisions, "ensemble integrator").
  static let errorFraction = 0.4

  let count: Int
  private let padded: Int
  /// Planes of gain (real, imaginary) and detuning.
  private let memory: UnsafeMutablePointer<Double>
  private let interpolation = StepPlan()

  init(gain: [Complex], detuning: [Double]?) {
    count = gain.count
    padded = (count + 7) / 8 * 8
    memory = .allocate(capacity: 3 * padded)
    memory.initialize(repeating: 0, count: 3 * padded)
    for i in 0..<count {
      memory[i] = gain[i].real
      memory[padded + i] = gain[i].imaginary
      memory[2 * padded + i] = detuning?[i] ?? 0
    }
  }

  deinit { memory.deallocate() }

  /// Writes the phasors to multiply next: the initial ones, or those predicted for the step's end.
  func predict(_ trial: EnsembleTrial, into sources: UnsafeMutablePointer<Complex>) {
    if trial.isStarting {
      forEachEight(count) { lanes in
        lanes.store(Self.load(trial.phasors, padded, lanes.start), sources)
      }
      return
    }
    trial.planStep()
    trial.plan.flowError = advance(
      by: trial.plan, from: trial.phasors, into: sources)
  }

  /// The flow of the drive that `plan` makes of the trial's history; returns the flow's own error,
  /// rad.
  private func advance(
    by plan: StepPlan, from phasors: UnsafeMutablePointer<Double>,
    into result: UnsafeMutablePointer<Complex>
  ) -> Double {
    let half = SIMD8<Double>(repeating: plan.step / 2)
    let detuning = memory + 2 * padded
    let padded = self.padded
    let (drives, means, slopes, order) = (plan.drives, plan.mean, plan.slope, plan.order)
    var error = MagnusError()
    forEachEight(count) { lanes in
      let start = lanes.start
      var mean = EightComplex(real: .zero, imaginary: .zero)
      var slope = mean
      for age in 0..<order {
        let h = Self.load(drives[age], padded, start)
        mean = Self.sum(mean, means[age], h)
        slope = Self.sum(slope, slopes[age], h)
      }
      mean = half * mean
      slope = half * slope
      let step = MagnusStep(
        from: Self.load(phasors, padded, start), mean: mean, slope: slope,
        turn: half * loadEight(detuning, start))
      lanes.store(step.phasor, result)
      error.add(step, mean: mean, slope: slope)
    }
    return error.phase(count: count)
  }

  /// Reads what the product gave, corrects the phasors and measures the errors. Writes the drive
  /// and the phasors of the step's end beside those of its start.
  func correct(
    _ trial: EnsembleTrial, predicted: UnsafePointer<Complex>, received: UnsafePointer<Complex>,
    tolerances: EnsembleTolerances
  ) -> StepOutcome {
    if trial.isStarting { return begin(trial, received: received) }
    let plan = trial.plan
    let (gain, detuning, next) = (memory, memory + 2 * padded, trial.driveNext)
    let phasorsNext = trial.phasorsNext
    let padded = self.padded
    let (drives, order, judgesHigher) = (plan.drives, plan.order, plan.judgesHigher)
    let (weights, weightsLower, weightsHigher) = (plan.ahead, plan.aheadLower, plan.aheadHigher)
    let integral = SIMD8<Double>(repeating: plan.integral)
    let moment = SIMD8<Double>(repeating: plan.moment)
    var (own, lower, higher, pull) =
      (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
    forEachEight(count) { lanes in
      let start = lanes.start
      let z = lanes.load(predicted)
      let h = lanes.load(received) * Self.load(gain, padded, start)
      Self.store(h, next, padded, start)
      var (ahead, aheadLower) = (h, h)
      for age in 0..<order {
        let known = Self.load(drives[age], padded, start)
        ahead = Self.sum(ahead, -weights[age], known)
        aheadLower = Self.sum(aheadLower, -weightsLower[age], known)
      }
      // Along the step the correction is damped by Re(conj(z) h) and turns with the oscillator.
      let follow = z.realOfConjugate(times: h)
      let turn = z.imaginaryOfConjugate(times: h) + loadEight(detuning, start)
      let weight = EightComplex(
        real: multiplyAdd(-moment, follow, integral), imaginary: moment * turn)
      let along = z.realOfConjugate(times: ahead)
      let across = z.imaginaryOfConjugate(times: ahead)
      let shift = multiplyAdd(across, weight.real, along * weight.imaginary)
      own = multiplyAdd(shift, shift, own)
      let acrossLower = z.imaginaryOfConjugate(times: aheadLower)
      lower = multiplyAdd(acrossLower, acrossLower, lower)
      if judgesHigher {
        var ahead = h
        for age in 0...order {
          ahead = Self.sum(
            ahead, -weightsHigher[age], Self.load(drives[age], padded, start))
        }
        let across = z.imaginaryOfConjugate(times: ahead)
        higher = multiplyAdd(across, across, higher)
      }
      pull += follow
      Self.store(Self.turned(z, by: shift), phasorsNext, padded, start)
    }
    let scale = 1 / Double(count)
    let unit = Self.errorFraction / tolerances.phase
    var outcome = StepOutcome()
    outcome.flowError = plan.flowError / tolerances.phase
    let correction = unit * unit * own.sum() * scale
    outcome.error = multiplyAdd(outcome.flowError, outcome.flowError, correction).squareRoot()
    if plan.order > 1 {
      outcome.errorLower = unit * abs(plan.integralLower) * (lower.sum() * scale).squareRoot()
    }
    if plan.judgesHigher {
      outcome.errorHigher = unit * abs(plan.integralHigher) * (higher.sum() * scale).squareRoot()
    }
    outcome.pull = pull.sum() * scale
    return outcome
  }

  /// The first drive of a trial.
  private func begin(_ trial: EnsembleTrial, received: UnsafePointer<Complex>) -> StepOutcome {
    var outcome = StepOutcome()
    var squares = 0.0
    let next = trial.driveNext
    for i in 0..<count {
      let h = Complex(memory[i], memory[padded + i]) * received[i]
      let z = Complex(trial.phasors[i], trial.phasors[padded + i])
      let relative = z.conjugate * h
      next[i] = h.real
      next[padded + i] = h.imaginary
      outcome.pull += relative.real / Double(count)
      let turn = memory[2 * padded + i]
      squares += h.squaredModulus + turn * turn
    }
    outcome.rate = (squares / Double(count)).squareRoot()
    return outcome
  }

  /// Phasors at a time within the last accepted step: the flow from its start, with the drive
  /// interpolated through its end.
  func interpolate(
    _ trial: EnsembleTrial, at time: Double, into result: UnsafeMutablePointer<Complex>
  ) {
    interpolation.prepare(
      times: trial.times, drives: { trial.drive($0) }, from: trial.stepStart,
      step: time - trial.stepStart,
      order: min(trial.times.count, EnsembleTrial.capacity - 1), rate: trial.basisRate,
      judging: false)
    _ = advance(by: interpolation, from: trial.phasorsNext, into: result)
  }

  /// z e^{i shift} for a small shift, brought back to the unit circle.
  @inline(__always)
  private static func turned(_ z: EightComplex, by shift: SIMD8<Double>) -> EightComplex {
    let square = shift * shift
    let one = SIMD8<Double>(repeating: 1)
    let turn = EightComplex(
      real: multiplyAdd(square, SIMD8(repeating: -0.5), one),
      imaginary: shift * multiplyAdd(square, SIMD8(repeating: -1.0 / 6), one))
    let result = z * turn
    let excess = result.squaredModulus
    return multiplyAdd(excess, SIMD8(repeating: -0.5), SIMD8(repeating: 1.5)) * result
  }

  @inline(__always)
  private static func load(_ planes: UnsafeMutablePointer<Double>, _ padded: Int, _ start: Int)
    -> EightComplex
  {
    EightComplex(real: loadEight(planes, start), imaginary: loadEight(planes, padded + start))
  }

  @inline(__always)
  private static func store(
    _ value: EightComplex, _ planes: UnsafeMutablePointer<Double>, _ padded: Int, _ start: Int
  ) {
    storeEight(value.real, planes, start)
    storeEight(value.imaginary, planes, padded + start)
  }

  @inline(__always)
  private static func sum(_ a: EightComplex, _ weight: Double, _ b: EightComplex) -> EightComplex {
    let weight = SIMD8<Double>(repeating: weight)
    return EightComplex(
      real: multiplyAdd(weight, b.real, a.real),
      imaginary: multiplyAdd(weight, b.imaginary, a.imaginary))
  }
}
