import Numerics

/// One trial of an ensemble: its time, step and order, and the memory of its phasors and drives.
/// Numbers of oscillators stand in planes of real and imaginary parts, padded to whole groups of
/// eight (phasor 1, drive 0), so that inner loops need no rest.
final class EnsembleTrial {
  static let orderMaximum = 5
  /// Values of the drive in memory: those of the highest order, one more to judge it, and the new.
  static let capacity = orderMaximum + 2

  let count: Int
  let padded: Int
  private let memory: UnsafeMutablePointer<Double>
  /// z at the start of the step, and where the end's is written.
  private(set) var phasors: UnsafeMutablePointer<Double>
  private(set) var phasorsNext: UnsafeMutablePointer<Double>
  private let drives: UnsafeMutablePointer<Double>
  let plan: StepPlan

  private(set) var trial = 0
  private(set) var time = 0.0
  private(set) var stepStart = 0.0
  private(set) var end = 0.0
  private(set) var step = 0.0
  private(set) var order = 1
  /// Shorter steps tell that the tolerance cannot be met.
  private var stepMinimum = 0.0
  private(set) var isStarting = true
  private(set) var isFinished = false
  private var statistics = EnsembleResult.Statistics()
  /// Mean of Re(conj(z) h) over the oscillators, 1/s: the rate at which they follow their drives.
  private var pull = 0.0

  /// Times of the stored drives, newest first, and the place of each in memory.
  private(set) var times: [Double] = []
  private(set) var places: [Int] = []

  init(count: Int) {
    self.count = count
    padded = (count + 7) / 8 * 8
    let size = (4 + 2 * Self.capacity) * padded
    memory = alignedZeros(size)
    phasors = memory
    phasorsNext = memory + 2 * padded
    drives = memory + 4 * padded
    plan = StepPlan()
    times.reserveCapacity(Self.capacity + 1)
    places.reserveCapacity(Self.capacity + 1)
  }

  deinit { memory.deallocate() }

  /// Decay rate of the drive's interpolant: half of the oscillators' own.
  var basisRate: Double { 0.5 * max(0, pull) }
  var isAtEnd: Bool { time >= end }

  /// Real parts of a stored drive (0 is the newest); its imaginary parts follow after `padded`.
  @inline(__always)
  func drive(_ age: Int) -> UnsafeMutablePointer<Double> { drives + 2 * padded * places[age] }

  /// Where the drive at the end of the step goes: the place not in use.
  @inline(__always)
  var driveNext: UnsafeMutablePointer<Double> { drives + 2 * padded * freePlace }

  private var freePlace: Int {
    var used = 0
    for place in places { used |= 1 << place }
    return (~used).trailingZeroBitCount
  }

  func start(trial: Int, phases: [Double], end: Double) {
    self.trial = trial
    self.end = end
    time = 0
    stepStart = 0
    order = 1
    isStarting = true
    isFinished = false
    statistics = EnsembleResult.Statistics()
    times.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    for i in 0..<padded {
      let phase = i < count ? phases[trial * count + i] : 0
      phasors[i] = cosine(phase)
      phasors[padded + i] = sine(phase)
    }
  }

  /// Weights of the stored drives for the step to come.
  func planStep() {
    step = min(step, end - time)
    if time + 1.01 * step >= end { step = end - time }
    plan.prepare(
      times: times, drives: { drive($0) }, from: time, step: step, order: order, rate: basisRate)
  }

  /// Takes the step or shortens it. False where the step must be tried again.
  func accept(_ outcome: StepOutcome, tolerances: EnsembleTolerances) throws(EnsembleFailure)
    -> Bool
  {
    statistics.products += 1
    guard outcome.isFinite else {
      throw EnsembleFailure(reason: .notFinite, trial: trial, time: time)
    }
    if isStarting {
      isStarting = false
      remember(outcome)
      // The error of the first step is about (rate * step)^2 / 2.
      let slow = 1 / max(outcome.rate, 1 / .greatestFiniteMagnitude)
      step = min(end, 0.5 * tolerances.phase.squareRoot() * slow)
      stepMinimum = 1e-12 * min(slow, end)
      try refuseTinyStep()
      return true
    }
    let next = StepControl.next(outcome, order: order, stored: times.count, step: step)
    let isAccepted = outcome.error <= 1
    if isAccepted {
      statistics.steps += 1
      stepStart = time
      time = step >= end - time ? end : time + step
      swap(&phasors, &phasorsNext)
      remember(outcome)
      order = min(next.order, times.count)
    } else {
      statistics.rejected += 1
    }
    step = next.step
    if pull > 0 { step = min(step, 4 / pull) }
    try refuseTinyStep()
    return isAccepted
  }

  private func refuseTinyStep() throws(EnsembleFailure) {
    if !isAtEnd && step < stepMinimum {
      throw EnsembleFailure(reason: .stepUnderflow, trial: trial, time: time)
    }
  }

  private func remember(_ outcome: StepOutcome) {
    let place = freePlace
    if places.count == Self.capacity - 1 {
      places.removeLast()
      times.removeLast()
    }
    places.insert(place, at: 0)
    times.insert(time, at: 0)
    pull = outcome.pull
  }

  func copyPhasors(
    _ planes: UnsafeMutablePointer<Double>, into result: UnsafeMutablePointer<Complex>
  ) {
    for i in 0..<count { result[i] = Complex(planes[i], planes[padded + i]) }
  }

  func finish(into result: inout EnsembleResult) {
    isFinished = true
    result.times[trial] = time
    result.statistics[trial] = statistics
    for i in 0..<count {
      result.phases[trial * count + i] = arcTangent(phasors[padded + i], phasors[i])
    }
  }
}
