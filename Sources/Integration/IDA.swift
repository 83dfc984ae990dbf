// Variable-order, variable-step integration of differential-algebraic systems by backward
// differentiation: IDAS of SUNDIALS behind Swift.
//
// Goals, in order: every failure is an error that says where and what to try; each unknown is as
// accurate as its tolerance says; a step of a small system costs little more than its equations.
// Charges are unknowns of the formula, so they are conserved exactly, but not of the linear solver
// (see ChargeElimination.swift).
//
// Source: A. C. Hindmarsh et al., "SUNDIALS: suite of nonlinear and differential/algebraic equation
// solvers", ACM Trans. Math. Softw. 31 (2005) 363, doi:10.1145/1089014.1089020.

import CSundials
import Numerics

/// One solver for one system: make it, use it and drop it inside one task.
public final class IDA {
  public let options: Options
  public let tolerances: ImplicitTolerances
  /// The number of unknowns x, and of charges.
  public let unknownCount: Int
  public let chargeCount: Int
  /// The time of the state, in seconds.
  public internal(set) var time: Double
  /// The solver never evaluates its system beyond this time, in seconds; nil for no limit.
  public internal(set) var stopTime: Double?

  var earlier = Statistics()
  var hasStepped = false
  let bridge: ImplicitBridge
  let quadratureCount: Int

  // Members die in the order of their declaration. All of SUNDIALS' refer to its context, so that
  // is declared last and dies last.
  let solver: IDAMemory
  let elimination: EliminationSolver
  let iteration: NewtonIteration
  let state: Vector
  let rates: Vector
  let view: Vector
  let quadratureState: Vector
  private let context: Context

  /// Prepares an integration from a consistent state, for which `ConsistentStart` is a source.
  ///
  /// - Parameters:
  ///   - at: the time, in seconds.
  ///   - x: `unknownCount` values; `rates`: their derivatives in 1/s.
  ///   - chargeRates: the charges' derivatives, one for each charge row; empty for zeros.
  /// - Throws: what the system throws, or `IntegrationFailure`.
  public init(
    _ system: any ImplicitSystem, at start: Double, x: [Double], rates: [Double],
    chargeRates: [Double] = [], tolerances: ImplicitTolerances, options: Options = Options()
  ) throws {
    let bridge = ImplicitBridge(system: system, tolerances: tolerances)
    let (n, charges) = (bridge.count, bridge.chargeCount)
    precondition(x.count == n && rates.count == n, "a value and a rate an unknown")
    precondition(chargeRates.isEmpty || chargeRates.count == charges, "a rate a charge")
    let context = Context()
    let state = Vector(count: n + charges, maximumNormOver: n + charges, context: context)
    let derivatives = Vector(count: n + charges, maximumNormOver: n + charges, context: context)
    let quadratureCount = system.quadratureCount
    self.options = options
    self.tolerances = tolerances
    self.quadratureCount = quadratureCount
    self.bridge = bridge
    unknownCount = n
    chargeCount = charges
    time = start
    stopTime = options.stopTime
    elimination = EliminationSolver(bridge.matrix, context: context)
    iteration = NewtonIteration(like: state, context: context)
    view = Vector(count: n + charges, maximumNormOver: n + charges, context: context)
    quadratureState = Vector(
      count: quadratureCount, maximumNormOver: quadratureCount, context: context)
    solver = IDAMemory(bridge: bridge, context: context)
    self.state = state
    self.rates = derivatives
    self.context = context
    let chargeRates = chargeRates.isEmpty ? [Double](repeating: 0, count: charges) : chargeRates
    try load(at: start, x: x, rates: rates, chargeRates: chargeRates)
    try begin()
  }

  /// Takes one internal step, not beyond the stop time.
  ///
  /// At an event the state is that of the event; going on without `restart` continues behind it.
  /// - Throws: what the system threw, or `IntegrationFailure`; the state is then that of `time`.
  public func step() throws -> Outcome {
    var reached = time
    let before = time
    let aim = stopTime ?? (time + max(1, abs(time)))
    let code = IDASolve(solver.raw, aim, &reached, state.raw, rates.raw, IDA_ONE_STEP)
    if code < 0 || bridge.thrown != nil { throw failure(code) }
    time = reached
    hasStepped = true
    try bridge.system.accepted(at: reached, elements(state.raw), rates: elements(rates.raw))
    switch code {
    case IDA_TSTOP_RETURN:
      stopTime = nil
      return .reachedStop
    case IDA_ROOT_RETURN:
      return .event(foundEvents())
    default:
      if reached <= before { throw tooSmall() }
      return .stepped
    }
  }

  private func foundEvents() -> [Event] {
    var marks = [Int32](repeating: 0, count: bridge.system.eventCount)
    IDAGetRootInfo(solver.raw, &marks)
    return marks.indices.filter { marks[$0] != 0 }
      .map { Event(index: $0, isRising: marks[$0] > 0) }
  }

  /// Starts again at order 1 from a consistent state, after a jump of the equations or the state.
  /// Allocates nothing; quadratures and statistics go on.
  ///
  /// - Parameters: as for `init`; pointers are read before the call returns. `x`, `rates` and
  ///   `chargeRates` may be those of `withState`.
  ///   - stepInitial: the first step, in seconds; nil lets the solver estimate it.
  public func restart(
    at start: Double, x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>?, stepInitial: Double? = nil
  ) throws {
    earlier = statistics
    earlier.restarts += 1
    if quadratureCount > 0 {
      var at = 0.0
      if hasStepped { try require(IDAGetQuad(solver.raw, &at, quadratureState.raw)) }
      try require(IDAQuadReInit(solver.raw, quadratureState.raw))
    }
    try load(at: start, x: x, rates: rates, chargeRates: chargeRates)
    try require(IDAReInit(solver.raw, start, state.raw, self.rates.raw))
    try require(IDASetInitStep(solver.raw, stepInitial ?? 0))
    if let stopTime, stopTime > start { try require(IDASetStopTime(solver.raw, stopTime)) }
  }

  /// - Precondition: the time lies ahead.
  public func setStopTime(_ stop: Double) throws {
    precondition(stop > time, "the stop time lies ahead")
    stopTime = stop
    try require(IDASetStopTime(solver.raw, stop))
  }

  /// Changes the largest step, in seconds; nil for no limit.
  public func setStepMaximum(_ step: Double?) throws {
    try require(IDASetMaxStep(solver.raw, step ?? 0))
  }

  /// Lends x (n values), x' (n) and Q' (one for each charge) at `time`.
  public func withState<Result, Failure: Error>(
    _ body: (
      _ x: UnsafePointer<Double>, _ rates: UnsafePointer<Double>,
      _ chargeRates: UnsafePointer<Double>
    ) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let derivatives = elements(rates.raw)
    return try body(elements(state.raw), derivatives, derivatives + unknownCount)
  }

  /// A copy of x at `time`.
  public var stateValues: [Double] {
    Array(UnsafeBufferPointer(start: elements(state.raw), count: unknownCount))
  }

  /// The charges Q at `time`, as the formula keeps them.
  public var chargeValues: [Double] {
    Array(UnsafeBufferPointer(start: elements(state.raw) + unknownCount, count: chargeCount))
  }
}
