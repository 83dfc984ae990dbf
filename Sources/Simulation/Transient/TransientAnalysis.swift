// Integration in time: steps from corner to corner of the sources, a new start at order 1
// behind each corner and each switching event, results from the solver's own polynomial.

import Devices
public import Integration
import Numerics
public import Schematic

/// One transient analysis of one circuit.
public final class TransientAnalysis {
  public struct Outcome: Sendable {
    /// Whether the stop time was reached; false where the caller asked to stop before.
    public var isComplete: Bool
    /// Seconds.
    public var time: Double
    public var statistics: IDA.Statistics
    /// Where the energy went; nil where no ledger was kept.
    public var energies: EnergyTally?
  }

  let equations: CircuitEquations
  let card: TransientCard
  let options: SolverOptions
  private(set) var tolerances: ImplicitTolerances
  let starter: ConsistentStart
  private let shouldStop: () -> Bool
  private var lastTimes = SIMD4(repeating: Double.nan)
  private var derived: DerivedUnknowns?
  /// How much longer than usual the vanishing steps are that step over a place without a solution.
  private static var stretches: [Double] { [1, 10, 100, 1000] }
  private var stretch = 1.0
  /// In all, lest an analysis creep from one to the next.
  private static var failuresMaximum: Int { 10_000 }

  /// - Parameter shouldStop: asked after every step; true ends the analysis where it is.
  public init(
    _ equations: CircuitEquations, _ card: TransientCard, _ options: SolverOptions,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.equations = equations
    self.card = card
    self.options = options
    self.shouldStop = shouldStop
    let usual = ImplicitTolerances(
      relative: options.stepTolerance, absolute: equations.absoluteTolerances(options),
      tested: equations.testedUnknowns)
    tolerances = equations.ledger?.tightened(usual) ?? usual
    starter = ConsistentStart(equations, tolerances: usual)
    guard let ledger = equations.ledger else { return }
    starter.follower = { number, length, time, x, rates in
      equations.loadPoint(time, x, rates)
      ledger.jumped(number, length, equations.pointEvaluation)
    }
  }

  /// Integrates from the operating point (or initial values) `x` at time 0, ground removed, to the
  /// stop time.
  ///
  /// - Parameter observer: is told of every output point and, where it wants, of every step.
  /// - Throws: `AnalysisFailure` where the integration cannot go on; what was recorded is valid.
  public func run<Observer: TransientObserver>(
    from x: [Double], _ observer: inout Observer
  ) throws -> Outcome {
    try withSubnormalsFlushed { try integrate(from: x, &observer) }
  }

  private func integrate<Observer: TransientObserver>(
    from x: [Double], _ observer: inout Observer
  ) throws -> Outcome {
    equations.moment.analysis = .transient
    equations.moment.initialRate = 0
    let plan = OutputPlan(card, options)
    quieten(observer.readUnknowns, plan.steps == .all ? [] : observer.sampledUnknowns, x)
    try begin(x)
    return switch options.integrator {
    case .implicit: try integrate(by: implicitSolver(), plan, from: x, &observer)
    case .explicit: try integrate(by: explicitSolver(), plan, from: x, &observer)
    }
  }

  private func integrate<Observer: TransientObserver>(
    by solver: some TimeStepper, _ plan: OutputPlan, from x: [Double], _ observer: inout Observer
  ) throws -> Outcome {
    defer { equations.moment.time = solver.time }
    var recorder = StepRecorder(
      plan, equations, tested: tolerances.tested ?? equations.testedUnknowns, derived: derived,
      observer)
    defer { observer = recorder.observer }
    recorder.shouldStop = shouldStop
    try recorder.start(x, solver)
    var failures = 0
    var failuresInAll = 0
    var failed = 0.0
    while solver.time < card.stopTime {
      if shouldStop() { return outcome(solver, isComplete: false) }
      let before = solver.time
      do {
        // a step that ends at a source's jump ends before it
        equations.moment.takesLeftLimit = true
        defer { equations.moment.takesLeftLimit = false }
        let result = try solver.step()
        note(solver.time)
        try account(solver, from: before)
        try recorder.step(from: before, solver)
        equations.moment.takesLeftLimit = false
        try follow(result, solver)
        if solver.time > failed + 1e-6 * longestStep { failures = 0 }
      } catch let failure as IntegrationFailure {
        failures += 1
        failuresInAll += 1
        failed = solver.time
        if failures > Self.stretches.count + 1 || failuresInAll > Self.failuresMaximum {
          throw explained(failure)
        }
        try restart(solver, behind: failure, attempt: failures)
      }
    }
    try recorder.finish(solver)
    return outcome(solver, isComplete: true)
  }

  /// Leaves to themselves the islands between delays that nobody reads.
  private func quieten(_ read: Set<Int>?, _ sampled: Set<Int>, _ x: [Double]) {
    let delayed = equations.delayed
    guard let read, !delayed.isEmpty, equations.ledger == nil, equations.noise == nil else {
      return delayed.leave(equations.layout.unknowns.map { _ in false })
    }
    x.withUnsafeBufferPointer { equations.loadPoint(0, $0.baseAddress!, nil) }
    equations.startDelays(at: 0, imposesInitial: card.skipsOperatingPoint)
    let islands = QuietIslands(equations, read: read, sampled: sampled)
    derived = DerivedUnknowns(islands.derived, delayed)
    delayed.leave(islands.isQuiet)
    var tested = tolerances.tested ?? equations.testedUnknowns
    for k in tested.indices where islands.isQuiet[k + 1] { tested[k] = false }
    tolerances.tested = tested
    starter.tested = tested
  }

  /// Finds a consistent start.
  private func begin(_ x: [Double]) throws {
    try x.withUnsafeBufferPointer { values in
      equations.loadPoint(0, values.baseAddress!, nil)
      equations.startDelays(at: 0, imposesInitial: card.skipsOperatingPoint)
      _ = equations.settle()
      equations.moment.takesLeftLimit = false
      equations.ledger?.start(equations.pointEvaluation)
      do {
        try solveConsistently(from: 0, values.baseAddress!)
      } catch let failure as IntegrationFailure {
        throw explained(failure)
      }
    }
    // nothing moved before the start: what moves behind it has a corner there, which delays pass on
    starter.withSolution { x, rates, _ in
      equations.loadPoint(starter.time, x, rates)
      equations.restartDelays(at: 0)
    }
  }

  private func implicitSolver() throws -> IDA {
    var settings = IDA.Options()
    settings.orderMaximum = options.orderMaximum
    settings.stepMaximum = longestStep
    settings.stopTime = nextCorner(after: 0)
    settings.stepInitial = firstStep
    return try IDA(
      equations, at: starter.time, x: starter.stateValues, rates: starter.rateValues,
      chargeRates: starter.chargeRateValues, tolerances: tolerances, options: settings)
  }

  private func follow(_ result: IDA.Outcome, _ solver: some TimeStepper) throws {
    switch result {
    case .stepped: return
    case .reachedStop:
      if solver.time >= card.stopTime { return }
      solver.withState { x, rates, _ in equations.loadPoint(solver.time, x, rates) }
      _ = equations.settle()
      try restart(solver, at: solver.time, nil)
    case .event(let events):
      for event in events { equations.crossed(event: event.index, isRising: event.isRising) }
      solver.withState { x, rates, _ in equations.loadPoint(solver.time, x, rates) }
      guard equations.settle() else { return }
      try restart(solver, at: solver.time, nil)
    }
  }

  /// Starts anew at order 1; `cause` is what made it necessary, where it was a failure.
  private func restart(
    _ solver: some TimeStepper, at time: Double, _ cause: IntegrationFailure?
  ) throws {
    do {
      try solver.withState { x, rates, _ in
        equations.loadPoint(time, x, rates)
        try solveConsistently(from: time, x)
      }
    } catch let failure as IntegrationFailure {
      throw explained(cause ?? failure)
    }
    try starter.withSolution { x, rates, chargeRates in
      equations.loadPoint(starter.time, x, rates)
      equations.restartDelays(at: time)
      try solver.restart(
        at: starter.time, x: x, rates: rates, chargeRates: chargeRates,
        stepInitial: firstStep)
    }
    let stop = nextCorner(after: starter.time)
    if stop > starter.time { try solver.setStopTime(stop) }
  }

  /// Starts anew where the integration failed: first as near as can be, then over longer and longer
  /// vanishing steps, which pass what is too steep for any step that could be measured.
  private func restart(
    _ solver: some TimeStepper, behind failure: IntegrationFailure, attempt: Int
  ) throws {
    let usual = starter.limits
    if attempt > 1 {
      starter.limits.shorteningsMaximum = 0
      starter.limits.forgetsJump = true
      stretch = Self.stretches[attempt - 2]
    }
    defer {
      starter.limits = usual
      stretch = 1
    }
    do {
      try restart(solver, at: solver.time, failure)
    } catch  where attempt < Self.stretches.count + 1 {
      // the next one steps farther
    }
  }

  private func account(_ solver: some TimeStepper, from before: Double) throws {
    guard let ledger = equations.ledger else { return }
    ledger.follow(solver, from: before, equations)
    try solver.setStepMaximum(
      ledger.stepMaximum(from: 1e-4 * longestStep, to: longestStep))
  }

  /// Seconds.
  var longestStep: Double {
    let asked = card.stepMaximum ?? (card.stopTime - card.startTime) / 50
    return min(asked, options.stepMaximum, equations.noise?.stepMaximum ?? .infinity)
  }

  /// How many jumps may follow from each other at one instant.
  private static let cascadeLimit = 100

  /// Finds consistent values behind the loaded point, whose unknowns are `x`. What jumps there may
  /// make other switches and comparisons change at the same instant, and so on.
  private func solveConsistently(from time: Double, _ x: UnsafePointer<Double>) throws {
    try jump(from: time, x)
    for _ in 0..<Self.cascadeLimit {
      starter.withSolution { x, rates, _ in equations.loadPoint(starter.time, x, rates) }
      guard equations.settle() else { return }
      let before = starter.stateValues
      try before.withUnsafeBufferPointer { try jump(from: starter.time, $0.baseAddress!) }
    }
  }

  /// One jump; the ledger counts what it costs.
  private func jump(from time: Double, _ x: UnsafePointer<Double>) throws {
    equations.ledger?.beginJump(equations.pointEvaluation)
    try starter.solve(from: time, x: x, distance: stretch * distance(after: time))
    guard let ledger = equations.ledger else { return }
    starter.withSolution { x, rates, _ in equations.loadPoint(starter.time, x, rates) }
    ledger.endJump(equations.pointEvaluation)
  }

  /// Seconds; nil leaves the choice to the solver. What is linear and has no memory keeps no error:
  /// there the first step may go as far as halfway to what happens next. Elsewhere the cautious
  /// start pays: later steps carry its errors on.
  private var firstStep: Double? {
    guard equations.hasConstantJacobian else { return nil }
    return starter.firstStep(upTo: 0.5 * distance(after: starter.time))
  }

  func nextCorner(after time: Double) -> Double {
    let asked = options.breakpoints.first { $0 > time + 1e-12 * card.stopTime } ?? .infinity
    return min(card.stopTime, asked, equations.nextBreakpoint(after: time))
  }

  private func distance(after time: Double) -> Double {
    max(nextCorner(after: time) - time, 1e-12 * card.stopTime)
  }

  private func note(_ time: Double) {
    lastTimes = SIMD4(lastTimes.y, lastTimes.z, time, .nan)
  }

  private func outcome(_ solver: some TimeStepper, isComplete: Bool) -> Outcome {
    solver.withState { x, rates, _ in equations.loadPoint(solver.time, x, rates) }
    return Outcome(
      isComplete: isComplete, time: solver.time, statistics: solver.statistics,
      energies: equations.ledger?.tally(equations.pointEvaluation))
  }

  func explained(_ failure: IntegrationFailure) -> AnalysisFailure {
    AnalysisFailure(
      analysis: "transient analysis", message: "\(failure.name): \(failure.message)",
      equation: (failure.worst.equation ?? failure.worst.unknown)
        .map { equations.name(of: $0 + 1) },
      residual: failure.worst.residual,
      times: (0..<3).map { lastTimes[$0] }.filter { !$0.isNaN }, advice: failure.advice)
  }
}
