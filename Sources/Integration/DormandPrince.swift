// Explicit Runge-Kutta integration of order 8 with error control and continuous output of order 7,
// for oscillations without stiffness: a magnetisation's precession takes some five steps a period,
// where backward differentiation takes a hundred. Why not SUNDIALS': docs/decisions, 0009.
//
// Source: E. Hairer, S. P. Norsett, G. Wanner, "Solving ordinary differential equations I", 2nd
// ed., Springer (1993), sections II.4 to II.6.

import Numerics

/// One integrator for one system: make it, use it and drop it inside one task.
public final class DormandPrince: TimeStepper {
  public let tolerances: ImplicitTolerances
  /// Seconds.
  public private(set) var time: Double
  public private(set) var stopTime: Double?

  private var stepMaximum: Double
  private var nextStep = 0.0
  private var earlier = IDA.Statistics()
  private(set) var stepStart: Double
  /// The length of the last step; 0 before any, and while one is tried.
  private(set) var length = 0.0
  /// Whether the end of the last step is at the thirteenth slope, not at the first.
  private(set) var hasStepped = false
  /// Whether the slope at the start of the next step is known.
  private var hasSlope = false
  private var growthMaximum = DormandPrince.growthAtStart
  /// The state with the largest error of the last step.
  private var worst = 0
  private var lastError = 1e-4
  private var lastLength = 0.0

  let equations: StateEquations
  private let absolutes: Numbers
  private let algebraicAbsolutes: Numbers
  /// Largest sizes in all accepted states.
  private let largest: Numbers
  private let algebraicLargest: Numbers
  private let tested: [Bool]
  /// y and z at each slope of the step, the first those at its start, the thirteenth at its end.
  let stageStates: Numbers
  let stageAlgebraics: Numbers
  let slopes: Numbers
  /// State and rates of `time`, of n unknowns.
  private let state: Numbers
  private let rates: Numbers
  let tableau = CompiledTableau()
  let output: ContinuousOutput

  private static let growthUsual = 6.0
  /// The first step is a guess.
  private static let growthAtStart = 1000.0
  private static let shrinkMost = 0.2
  private static let safety = 0.9
  private static let damping = 0.04
  /// Below, errors are as good as none.
  private static let errorMinimum = 1e-8
  private static let failuresMaximum = 50

  /// Prepares an integration from a consistent state.
  ///
  /// - Parameters:
  ///   - at: the time, in seconds.
  ///   - x: n values.
  ///   - mayBeState: which unknowns' rates may appear; nil for all.
  ///   - stepInitial, stepMaximum: seconds; nil leaves them to the integrator.
  /// - Throws: `NotExplicit` where the system is not of the kind; what it throws itself.
  public init(
    _ system: any ImplicitSystem, at start: Double, x: [Double], tolerances: ImplicitTolerances,
    mayBeState: [Bool]? = nil, stopTime: Double? = nil, stepInitial: Double? = nil,
    stepMaximum: Double? = nil
  ) throws {
    precondition(x.count == system.unknownCount, "a value an unknown")
    equations = try StateEquations(system, at: start, x: x, mayBeState: mayBeState)
    self.tolerances = tolerances
    time = start
    stepStart = start
    self.stopTime = stopTime
    self.stepMaximum = stepMaximum ?? .infinity
    let (width, algebraicWidth) = (equations.stateWidth, equations.algebraicWidth)
    absolutes = alignedZeros(width)
    algebraicAbsolutes = alignedZeros(algebraicWidth)
    largest = alignedZeros(width)
    algebraicLargest = alignedZeros(algebraicWidth)
    stageStates = alignedZeros(width * DormandPrinceTableau.slopeCount)
    stageAlgebraics = alignedZeros(algebraicWidth * DormandPrinceTableau.slopeCount)
    slopes = alignedZeros(width * DormandPrinceTableau.slopeCount)
    state = alignedZeros(roundedToEight(x.count))
    rates = alignedZeros(roundedToEight(x.count))
    output = ContinuousOutput(equations)
    let marks = tolerances.tested
    tested = (0..<equations.stateCount).map { [equations] in
      marks?[equations.unknown(ofState: $0)] ?? true
    }
    equations.split(tolerances.absolute, absolutes, algebraicAbsolutes)
    equations.split(x, stageStates, stageAlgebraics)
    nextStep = stepInitial ?? 0
    try linearise()
  }

  deinit {
    for memory in [
      absolutes, algebraicAbsolutes, largest, algebraicLargest, stageStates, stageAlgebraics,
      slopes, state, rates,
    ] { memory.deallocate() }
  }

  /// Takes one step, not beyond the stop time. The system's `accepted` is not called: nothing
  /// here has histories.
  public func step() throws -> IDA.Outcome {
    try prepare()
    var failures = 0
    var growth = growthMaximum
    while true {
      let (h, lands) = nextLength()
      guard time + h > time, failures < Self.failuresMaximum else { throw tooSmall() }
      guard let error = try attempt(h) else {
        failures += 1
        growth = 1
        earlier.nonlinearFailures += 1
        nextStep = Self.shrinkMost * h
        if try !equations.refresh(at: time, stageStates, stageAlgebraics) { throw singular() }
        continue
      }
      nextStep = h * min(growth, max(Self.shrinkMost, factor(error)))
      // a sum that is not a number is none that passes
      if !(error <= 1) {
        failures += 1
        growth = 1
        earlier.errorTestFailures += 1
        continue
      }
      growthMaximum = Self.growthUsual
      lastError = max(error, Self.errorMinimum)
      accept(h, lands)
      return lands ? .reachedStop : .stepped
    }
  }

  /// By how much the next step may be longer after this error: Gustafsson's control, which looks at
  /// the last step's error too. Without it each third step of a precession fails its test.
  private func factor(_ error: Double) -> Double {
    let error = error < Self.errorMinimum ? Self.errorMinimum : error
    return Self.safety
      * exponential(
        (0.2 * Self.damping - 0.125) * naturalLogarithm(error)
          + Self.damping * naturalLogarithm(lastError))
  }

  /// The next step's length, and whether it ends at the stop time.
  private func nextLength() -> (Double, Bool) {
    let h = min(nextStep, stepMaximum)
    guard let stopTime else { return (h, false) }
    let rest = stopTime - time
    if h >= rest { return (rest, true) }
    // two equal steps rather than a long and a tiny one
    return (2 * h > rest ? 0.5 * rest : h, false)
  }

  /// Slope, weights and derivatives at the start of a step.
  private func prepare() throws {
    if hasStepped { moveEndToStart() }
    try linearise()
    if hasSlope { return }
    guard
      try equations.rates(
        at: time, stageStates, stageAlgebraics, into: slopes, step: 0, isResult: true)
    else { throw notFinite() }
    hasSlope = true
    if nextStep <= 0 { nextStep = min(firstStep(), stepMaximum) }
  }

  private func linearise() throws {
    weigh()
    guard try equations.refresh(at: time, stageStates, stageAlgebraics) else { throw singular() }
  }

  /// So long that the state moves by a hundredth of its size.
  private func firstStep() -> Double {
    var (size, speed) = (0.0, 0.0)
    for k in 0..<equations.stateCount {
      size = max(size, abs(stageStates[k]) * equations.stateWeights[k])
      speed = max(speed, abs(slopes[k]) * equations.stateWeights[k])
    }
    if !(speed > 0) { return .infinity }
    return max(1e-2 * size, 1e-6) / speed
  }

  private func moveEndToStart() {
    let (width, other) = (equations.stateWidth, equations.algebraicWidth)
    let last = DormandPrinceTableau.last
    stageStates.update(from: stageStates + last * width, count: width)
    stageAlgebraics.update(from: stageAlgebraics + last * other, count: other)
    slopes.update(from: slopes + last * width, count: width)
    // what lay within the last step is gone
    (hasStepped, stepStart, length) = (false, time, 0)
    output.forget()
  }

  /// Updates the largest sizes by the state at the start of a step, and the weights.
  private func weigh() {
    func weigh(
      _ values: Numbers, _ largest: Numbers, _ absolutes: Numbers, _ weights: Numbers, _ count: Int
    ) {
      for k in 0..<count {
        largest[k] = max(largest[k], abs(values[k]))
        weights[k] = 1 / (tolerances.relative * largest[k] + absolutes[k])
      }
    }
    weigh(stageStates, largest, absolutes, equations.stateWeights, equations.stateCount)
    weigh(
      stageAlgebraics, algebraicLargest, algebraicAbsolutes, equations.algebraicWeights,
      equations.algebraicCount)
  }

  /// Computes a step's slopes and its end; the local error in units of the tolerance, or nil where
  /// the equations could not be solved.
  private func attempt(_ h: Double) throws -> Double? {
    let (width, other) = (equations.stateWidth, equations.algebraicWidth)
    let last = DormandPrinceTableau.last
    for stage in 1...last {
      let near = tableau.near[stage]
      let (y, z) = (stageStates + stage * width, stageAlgebraics + stage * other)
      tableau.combine(stage, h, from: stageStates, slopes, width, into: y)
      equations.guess(
        y, nearY: stageStates + near * width, nearZ: stageAlgebraics + near * other, into: z)
      let isFound = try equations.rates(
        at: time + tableau.nodes[stage] * h, y, z, into: slopes + stage * width, step: h,
        isResult: stage == last)
      if !isFound { return nil }
    }
    return error(h)
  }

  /// Both embedded formulas' errors, combined as in DOP853; the largest of the states' own.
  private func error(_ h: Double) -> Double {
    let width = equations.stateWidth
    let end = stageStates + DormandPrinceTableau.last * width
    var (fifth, third) = (0.0, 0.0)
    for k in 0..<equations.stateCount where tested[k] {
      var (five, three) = (0.0, 0.0)
      for stage in 0..<DormandPrinceTableau.stageCount {
        let slope = slopes[stage * width + k]
        five = multiplyAdd(tableau.errorOfOrder5[stage], slope, five)
        three = multiplyAdd(tableau.errorOfOrder3[stage], slope, three)
      }
      let unit = tolerances.relative * max(largest[k], abs(end[k])) + absolutes[k]
      let size = abs(five) * h / unit
      if !(size <= fifth) { (fifth, worst) = (size, k) }
      third = max(third, abs(three) * h / unit)
    }
    let both = fifth * fifth + 0.01 * third * third
    return both > 0 ? fifth * fifth / both.squareRoot() : both
  }

  private func accept(_ h: Double, _ lands: Bool) {
    stepStart = time
    length = h
    lastLength = h
    if lands, let stopTime {
      time = stopTime
      self.stopTime = nil
    } else {
      time += h
    }
    hasStepped = true
    output.forget()
    earlier.steps += 1
  }
}

extension DormandPrince {
  public func restart(
    at start: Double, x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>?, stepInitial: Double?
  ) throws {
    equations.split(x, stageStates, stageAlgebraics)
    time = start
    (stepStart, length) = (start, 0)
    (hasStepped, hasSlope) = (false, false)
    nextStep = stepInitial ?? 0
    growthMaximum = Self.growthAtStart
    output.forget()
    earlier.restarts += 1
    try linearise()
  }

  public func setStopTime(_ stop: Double) throws {
    precondition(stop > time, "the stop time lies ahead")
    stopTime = stop
  }

  public func setStepMaximum(_ step: Double?) throws { stepMaximum = step ?? .infinity }

  public var lastStep: ClosedRange<Double> { stepStart...time }

  public func withState<Result, Failure: Error>(
    _ body: (
      _ x: UnsafePointer<Double>, _ rates: UnsafePointer<Double>,
      _ chargeRates: UnsafePointer<Double>
    ) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    interpolate(at: time, derivative: 0, into: state)
    interpolate(at: time, derivative: 1, into: rates)
    return try body(state, rates, rates)
  }

  public func interpolate(
    at time: Double, derivative: Int, into result: UnsafeMutablePointer<Double>
  ) {
    precondition(derivative == 0 || derivative == 1, "values or rates")
    precondition(lastStep.contains(time), "the time of interpolation is outside the last step")
    output.move(to: time, in: self)
    if derivative == 0 { output.values(into: result) } else { output.rates(into: result, self) }
  }

  public var statistics: IDA.Statistics {
    var all = earlier
    all.residualEvaluations = equations.evaluations
    all.jacobianEvaluations = equations.jacobians
    all.lastOrder = 8
    all.lastStep = lastLength
    return all
  }

  /// How far from a time of the last step derivatives by time may look, seconds.
  var probingStep: Double {
    if length > 0 { return 1e-7 * length }
    let ahead = min(stepMaximum, (stopTime ?? .infinity) - time)
    return ahead < .infinity ? 1e-9 * ahead : 1e-6 * max(1, abs(time))
  }

  private func failure(_ name: String, _ message: String) -> IntegrationFailure {
    var components = WorstComponents()
    components.unknown = equations.unknown(ofState: worst)
    return IntegrationFailure(
      code: nil, name: name, message: message, time: time,
      advice: "the implicit integrator, or a smaller largest step", worst: components)
  }

  private func tooSmall() -> IntegrationFailure {
    failure("step too small", "the step cannot be told from zero")
  }

  private func singular() -> IntegrationFailure {
    failure("singular", "the algebraic equations have no unique solution")
  }

  private func notFinite() -> IntegrationFailure {
    failure("not solved", "the equations could not be solved, or are not finite")
  }
}
