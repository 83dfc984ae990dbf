// Heun's predictor and corrector for Stratonovich equations dX = f dt + g(X) o dW, fixed step:
//
//   predictor  P = X + f(t, X) h + g(t, X) dW
//   corrector  X' = X + [f(t, X) + f(t + h, P)] h / 2 + [g(t, X) + g(t + h, P)] dW / 2
//
// With additive noise the corrector's noise is g dW and the weak order is 2. Otherwise strong and
// weak order are 1 (each component has a noise of its own), and 2 without noise.
//
// Sources: W. Ruemelin, SIAM J. Numer. Anal. 19 (1982) 604, doi:10.1137/0719041; P. E. Kloeden and
// E. Platen, "Numerical Solution of Stochastic Differential Equations" (Springer, 1992).

public import Numerics

/// Integrates a batch of noisy trials. The increments are a pure function of the seed, the trial's
/// number, the step's number and the component, so a trial gives the same bits alone as in any
/// batch, as far as the system's own arithmetic does.
public final class StratonovichHeun {
  /// The step h, in seconds.
  public private(set) var stepLength: Double
  /// Steps taken since the stepper was made; it numbers the noise and is never set back.
  public private(set) var stepCount = 0
  /// The numbers of the batch's trials.
  public let samples: [Int]
  public let count: Int
  /// How many draws make up one increment.
  public let drawsPerStep: Int

  private let system: any StochasticSystem
  private let sources: [NormalBatch]
  private let additive: [Double]?
  private let length: Int
  private var start: Double
  private var stepsBefore = 0
  private var state: UnsafeMutablePointer<Double>
  private var next: UnsafeMutablePointer<Double>
  private let predicted: UnsafeMutablePointer<Double>
  private let slope: UnsafeMutablePointer<Double>
  private let amplitude: UnsafeMutablePointer<Double>
  private let increment: UnsafeMutablePointer<Double>
  private let draw: UnsafeMutablePointer<Double>

  /// Prepares a batch of `samples.count` trials.
  ///
  /// - Parameters:
  ///   - initial: the trials' states, one block after the other, `system.count` doubles.
  ///   - step: the fixed step in seconds.
  ///   - samples: the number of each trial.
  ///   - drawsPerStep: m draws make up one increment, so that a run with step h and m draws sees
  ///     the same Brownian path as one with step h / m and one draw: compare the two to learn the
  ///     step's error.
  /// - Throws: `IntegrationFailure` where the initial state is not finite.
  /// - Precondition: `initial` has `system.count` numbers, equally many for each sample; the
  ///   system's additive noise, if any, has the length of one trial.
  public init(
    _ system: any StochasticSystem, initial: [Double], at start: Double = 0, step: Double,
    seed: UInt64, samples: [Int], purpose: RandomPurpose = .thermalNoise, drawsPerStep: Int = 1
  ) throws {
    precondition(step > 0 && step.isFinite, "a step is positive")
    precondition(!samples.isEmpty && !initial.isEmpty, "a batch has trials and components")
    precondition(initial.count == system.count, "a state has count numbers")
    precondition(initial.count % samples.count == 0, "a state consists of equally long trials")
    precondition(drawsPerStep >= 1, "an increment needs a draw")
    try requireFinite(initial, initial.count, time: start)
    self.system = system
    self.samples = samples
    self.drawsPerStep = drawsPerStep
    self.start = start
    stepLength = step
    count = initial.count
    length = initial.count / samples.count
    additive = system.additiveNoise
    precondition(additive.map { $0.count == initial.count / samples.count } ?? true)
    sources = samples.map { NormalBatch(seed: seed, sample: $0, purpose: purpose) }
    // Constant noise needs one trial's amplitudes and increments, other noise the whole batch's.
    let noisy = additive == nil ? count : length
    state = alignedZeros(count)
    next = alignedZeros(count)
    predicted = alignedZeros(count)
    slope = alignedZeros(count)
    amplitude = alignedZeros(noisy)
    increment = alignedZeros(noisy)
    draw = alignedZeros(length)
    state.update(from: initial, count: count)
  }

  deinit {
    for block in [state, next, predicted, slope, amplitude, increment, draw] { block.deallocate() }
  }

  /// The time of the state, in seconds: a whole number of steps after the start, without the
  /// rounding errors that adding up steps would gather.
  public var time: Double { start + Double(stepCount - stepsBefore) * stepLength }

  /// Takes one step and returns the time reached.
  ///
  /// - Throws: what the system threw, or `IntegrationFailure` where the new state is not finite;
  ///   the state then stays that of `time`.
  @discardableResult
  public func step() throws -> Double {
    let now = time
    let later = start + Double(stepCount + 1 - stepsBefore) * stepLength
    try system.derivative(at: now, of: state, into: slope)
    if let additive {
      for trial in samples.indices { predict(trial, additive) }
    } else {
      try system.noise(at: now, of: state, into: amplitude)
      for trial in samples.indices { predict(trial) }
    }
    try system.derivative(at: later, of: predicted, into: slope)
    if additive == nil { try system.noise(at: later, of: predicted, into: amplitude) }
    correct()
    try requireFinite(next, count, time: now)
    swap(&state, &next)
    stepCount += 1
    return later
  }

  /// Takes a number of steps.
  public func advance(steps: Int) throws {
    for _ in 0..<steps { try step() }
  }

  /// The state at `time`, `count` doubles, valid inside `body`.
  public func withState<Result, Failure: Error>(
    _ body: (UnsafePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafePointer(state))
  }

  /// A copy of the state at `time`.
  public var stateValues: [Double] { Array(UnsafeBufferPointer(start: state, count: count)) }

  /// Goes on from another time, state or step after a jump in the equations. The noise goes on
  /// with new numbers.
  public func reinitialise(
    at time: Double? = nil, state newState: [Double]? = nil, step: Double? = nil
  ) throws {
    let time = time ?? self.time
    if let newState {
      precondition(newState.count == count, "a state has count numbers")
      try requireFinite(newState, count, time: time)
      state.update(from: newState, count: count)
    }
    if let step {
      precondition(step > 0 && step.isFinite, "a step is positive")
      stepLength = step
    }
    start = time
    stepsBefore = stepCount
  }

  /// Writes one trial's standard normal numbers, scaled to increments of a Wiener process.
  private func drawIncrement(_ trial: Int, into result: UnsafeMutablePointer<Double>) {
    let first = stepCount * drawsPerStep
    let draw = self.draw
    let scale = (stepLength / Double(drawsPerStep)).squareRoot()
    sources[trial].fillNormals(result, count: length, step: first)
    for more in 1..<max(1, drawsPerStep) {
      sources[trial].fillNormals(draw, count: length, step: first + more)
      forEachEight(length) { $0.store($0.load(result) + $0.load(draw), result) }
    }
    forEachEight(length) { $0.store($0.load(result) * scale, result) }
  }

  /// The predictor of one trial, and the part of the corrector that is known by then, with constant
  /// amplitudes.
  private func predict(_ trial: Int, _ amplitudes: [Double]) {
    drawIncrement(trial, into: increment)
    let (h, place) = (Eight(repeating: stepLength), trial * length)
    let half = 0.5 * h
    let (x, f, w) = (state + place, slope + place, increment)
    let (p, y) = (predicted + place, next + place)
    amplitudes.withUnsafeBufferPointer { g in
      let g = g.baseAddress!
      forEachEight(length) { lanes in
        let slope = lanes.load(f)
        let kicked = multiplyAdd(lanes.load(g), lanes.load(w), lanes.load(x))
        lanes.store(multiplyAdd(h, slope, kicked), p)
        lanes.store(multiplyAdd(half, slope, kicked), y)
      }
    }
  }

  /// As `predict(_:_:)`, with the amplitudes that the system gave for the present state.
  private func predict(_ trial: Int) {
    let (h, place) = (Eight(repeating: stepLength), trial * length)
    drawIncrement(trial, into: increment + place)
    let half = 0.5 * h
    let (x, f, w, g) = (state + place, slope + place, increment + place, amplitude + place)
    let (p, y) = (predicted + place, next + place)
    forEachEight(length) { lanes in
      let (slope, start) = (lanes.load(f), lanes.load(x))
      let kick = lanes.load(g) * lanes.load(w)
      lanes.store(multiplyAdd(h, slope, start + kick), p)
      lanes.store(multiplyAdd(half, slope, multiplyAdd(Eight(repeating: 0.5), kick, start)), y)
    }
  }

  /// Adds what the predicted state contributes. Trials are taken one by one, because the groups of
  /// eight must begin where a trial begins to give the same bits in any batch.
  private func correct() {
    let half = Eight(repeating: 0.5 * stepLength)
    for trial in samples.indices {
      let place = trial * length
      let (f, y) = (slope + place, next + place)
      if additive != nil {
        forEachEight(length) { $0.store(multiplyAdd(half, $0.load(f), $0.load(y)), y) }
        continue
      }
      let (g, w) = (amplitude + place, increment + place)
      forEachEight(length) { lanes in
        let kick = 0.5 * (lanes.load(g) * lanes.load(w))
        lanes.store(multiplyAdd(half, lanes.load(f), lanes.load(y) + kick), y)
      }
    }
  }
}
