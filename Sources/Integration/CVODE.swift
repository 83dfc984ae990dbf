// Variable-order, variable-step multistep integration: CVODE of SUNDIALS behind Swift.
//
// Goals, in order: every failure is an error that says where and what to try; each trial of a batch
// is as accurate as alone; speed (own vectors, see Vector.swift).
//
// Source: A. C. Hindmarsh et al., "SUNDIALS: suite of nonlinear and differential/algebraic equation
// solvers", ACM Trans. Math. Softw. 31 (2005) 363, doi:10.1145/1089014.1089020.

import CSundials
import Numerics
public import Ranks

/// One solver for one system: make it, use it and drop it inside one task.
public final class CVODE {
  public let method: IntegrationMethod
  public let tolerances: Tolerances
  public let count: Int
  /// The time that `withState` shows, in seconds.
  public private(set) var time: Double
  /// The solver never evaluates its system beyond this time, in seconds; nil for no limit.
  public private(set) var stopTime: Double?

  /// What earlier reinitialisations would have made the solver forget.
  var earlier = Statistics()

  // Members die in the order of their declaration. All of SUNDIALS' refer to its context, so that
  // is declared last and dies last.
  let solver: Solver
  private let iteration: FunctionalIteration?
  private let krylov: KrylovSolver?
  private let state: Vector
  private let view: Vector
  private let context: Context
  // Only callbacks use the bridge, and freeing the solver calls none of them.
  private let bridge: Bridge
  private let span: VectorSpan

  /// Prepares an integration of `system` from `initial` at time `at`.
  ///
  /// - Parameters:
  ///   - initial: `system.count` doubles.
  ///   - stepMaximum: the largest step in seconds; nil for no limit.
  ///   - stepInitial: the first step in seconds; nil lets the solver estimate it.
  ///   - orderMaximum: the highest order; each order costs memory of one state, and each step
  ///     costs time with its order's square. The method's own limit where nil or higher.
  ///   - stepsMaximum: how many steps one `advance` may take.
  ///   - krylovDimension: how many Jacobian products one linear solve may take.
  ///   - ranks: over which the state is spread: `system` and `initial` are this rank's part, as
  ///     much of each block. Every call is then made by all ranks.
  /// - Throws: `IntegrationFailure` where the initial state is not finite or the solver refuses.
  /// - Precondition: `initial` has `system.count` numbers, a multiple of the tolerances' blocks;
  ///   `stopTime`, if any, lies after `at`.
  public init(
    _ system: any OrdinarySystem, initial: [Double], at start: Double = 0,
    method: IntegrationMethod = .adams, tolerances: Tolerances = Tolerances(),
    stopTime: Double? = nil, stepMaximum: Double? = nil, stepInitial: Double? = nil,
    orderMaximum: Int? = nil, stepsMaximum: Int = 5_000_000, krylovDimension: Int = 12,
    over ranks: Ranks = .alone
  ) throws {
    let blocks = tolerances.blockCount
    precondition(!initial.isEmpty && initial.count == system.count, "a state has count numbers")
    precondition(initial.count % blocks == 0, "a state consists of equally long blocks")
    precondition(stopTime.map { $0 > start } ?? true, "the stop time lies ahead")
    let bridge = Bridge(system: system, ranks: ranks)
    let span = VectorSpan(ranks, count: initial.count)
    let context = Context()
    let view = try Vector(viewOf: initial.count, blockCount: blocks, context: context)
      .spread(over: span, context: context)
    let state = try Vector(count: initial.count, blockCount: blocks, context: context)
      .spread(over: span, context: context)
    state.data.update(from: initial, count: initial.count)
    try requireFinite(state.data, initial.count, time: start)
    let solver = Solver(method, bridge: bridge, time: start, context: context)
    try solver.begin(at: start, from: state, tolerances: tolerances, bridge: bridge)
    try solver.require(CVodeSetMaxNumSteps(solver.raw, stepsMaximum))
    if let stepMaximum { try solver.require(CVodeSetMaxStep(solver.raw, stepMaximum)) }
    if let stepInitial { try solver.require(CVodeSetInitStep(solver.raw, stepInitial)) }
    if let orderMaximum {
      let order = min(max(1, orderMaximum), method.orderLimit)
      try solver.require(CVodeSetMaxOrd(solver.raw, Int32(order)))
    }
    if let stopTime { try solver.require(CVodeSetStopTime(solver.raw, stopTime)) }
    var iteration: FunctionalIteration?
    var krylov: KrylovSolver?
    switch method {
    case .adams:
      iteration = try FunctionalIteration(for: solver, like: state, context: context)
    case .bdfKrylov:
      krylov = try KrylovSolver(
        for: solver, dimension: krylovDimension, like: state, context: context)
    }
    self.method = method
    self.tolerances = tolerances
    self.stopTime = stopTime
    self.count = initial.count
    self.time = start
    self.solver = solver
    self.iteration = iteration
    self.krylov = krylov
    self.state = state
    self.view = view
    self.context = context
    self.bridge = bridge
    self.span = span
  }

  /// Takes one internal step and returns the time reached; at the stop time it returns that.
  ///
  /// - Throws: what the system threw, or `IntegrationFailure`; the state is then that of `time`.
  @discardableResult
  public func step() throws -> Double {
    if let stopTime, time >= stopTime { return time }
    var reached = time
    let code = CVode(solver.raw, try horizon(), state.raw, &reached, CV_ONE_STEP)
    time = reached
    try check(code)
    return reached
  }

  /// Integrates until `end`, where the state is interpolated; internal steps may go further, but
  /// never past the stop time.
  ///
  /// - Throws: what the system threw, or `IntegrationFailure`; the state is then that of `time`.
  /// - Precondition: `end` lies neither before `time` nor after the stop time.
  public func advance(to end: Double) throws {
    precondition(end >= time, "time goes forward")
    precondition(stopTime.map { end <= $0 } ?? true, "the stop time comes first")
    if end == time { return }
    var reached = time
    let code = CVode(solver.raw, end, state.raw, &reached, CV_NORMAL)
    time = reached
    try check(code)
  }

  /// The state at `time`, `count` doubles, valid inside `body`.
  public func withState<Result, Failure: Error>(
    _ body: (UnsafePointer<Double>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafePointer(state.data))
  }

  /// A copy of the state at `time`.
  public var stateValues: [Double] {
    Array(UnsafeBufferPointer(start: state.data, count: count))
  }

  /// The last internal step: where `interpolate` is valid. Empty (both ends equal) before a step.
  public var lastStep: ClosedRange<Double> {
    var length = 0.0
    var end = time
    CVodeGetLastStep(solver.raw, &length)
    CVodeGetCurrentTime(solver.raw, &end)
    if let stopTime, end > stopTime { end = stopTime }
    return (end - length)...end
  }

  /// Writes the state, or its derivative of the given order, at a time of the last internal step,
  /// from the solver's own polynomial (accurate to the tolerances).
  ///
  /// - Precondition: `at` lies in `lastStep`; before the first step only the state itself is known.
  public func interpolate(
    at time: Double, derivative: Int = 0, into result: UnsafeMutablePointer<Double>
  ) {
    var steps = 0
    CVodeGetNumSteps(solver.raw, &steps)
    if steps == 0 {
      precondition(derivative == 0 && time == self.time, "nothing to interpolate before a step")
      result.update(from: state.data, count: count)
      return
    }
    view.point(to: result)
    let code = CVodeGetDky(solver.raw, time, Int32(derivative), view.raw)
    precondition(code == 0, "the time or the order of interpolation is outside the last step's")
  }

  /// Starts again at `time` after a jump: in the equations, in the state, or in both.
  ///
  /// - Parameters:
  ///   - state: the new state; nil keeps the present one.
  ///   - stopTime: the new stop time; nil for no limit.
  /// - Throws: `IntegrationFailure` where the state is not finite.
  public func reinitialise(
    at start: Double? = nil, state newState: [Double]? = nil, stopTime: Double? = nil
  ) throws {
    let start = start ?? time
    precondition(newState.map { $0.count == count } ?? true, "a state has count numbers")
    precondition(stopTime.map { $0 > start } ?? true, "the stop time lies ahead")
    let total = statistics
    if let newState { state.data.update(from: newState, count: count) }
    try requireFinite(state.data, count, time: start)
    try check(CVodeReInit(solver.raw, start, state.raw))
    earlier = total
    time = start
    self.stopTime = stopTime
    // The library cannot forget a stop time, but one that is never reached does no harm.
    try check(CVodeSetStopTime(solver.raw, stopTime ?? .greatestFiniteMagnitude))
  }

  /// The time the solver is told to aim at: only its first step makes use of the distance.
  private func horizon() throws -> Double {
    if let stopTime { return stopTime }
    var steps = 0
    CVodeGetNumSteps(solver.raw, &steps)
    if steps > 0 { return time + max(1, abs(time)) }
    var slope = [Double](repeating: 0, count: count)
    try bridge.system.derivative(at: time, of: state.data, into: &slope)
    var ratio = 0.0
    for k in 0..<count {
      let size = abs(state.data[k]) + tolerances.absolute
      if size > 0 { ratio = max(ratio, abs(slope[k]) / size) }
    }
    ratio = bridge.ranks.maximum(ratio)
    let distance = ratio > 0 && ratio.isFinite ? 1000 / ratio : 1
    return time + max(distance, 1e-9 * abs(time))
  }

  private func check(_ code: Int32) throws {
    if let error = bridge.thrown {
      bridge.thrown = nil
      throw error
    }
    if code >= 0 { return }
    throw IntegrationFailure(code, bridge: bridge, time: time)
  }
}

func requireFinite(_ state: UnsafePointer<Double>, _ count: Int, time: Double) throws {
  if allFinite(state, count) { return }
  let place = (0..<count).first { !state[$0].isFinite } ?? 0
  throw IntegrationFailure(
    code: nil, name: "state not finite", message: "component \(place) is \(state[place])",
    time: time, advice: "a smaller step, or looking for an overflow in the equations")
}
