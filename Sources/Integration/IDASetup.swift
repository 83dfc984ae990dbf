import CSundials
import Numerics

/// IDA's memory block.
struct IDAMemory: ~Copyable {
  let raw: UnsafeMutableRawPointer

  init(bridge: ImplicitBridge, context: borrowing Context) {
    guard let made = IDACreate(context.raw) else { preconditionFailure("IDA could not be made") }
    raw = made
    IDASetErrHandlerFn(made, keepImplicitMessage, bridge.pointer)
  }

  deinit {
    var raw: UnsafeMutableRawPointer? = self.raw
    IDAFree(&raw)
  }
}

extension IDA {
  /// Gives IDA its callbacks, its state and its limits.
  func begin() throws {
    try bridge.prepareWeights(time, elements(state.raw), elements(rates.raw))
    try require(IDAInit(solver.raw, implicitResidual, time, state.raw, rates.raw))
    try require(IDASetUserData(solver.raw, bridge.pointer))
    try require(IDAWFtolerances(solver.raw, implicitWeights))
    try require(IDASetLinearSolver(solver.raw, elimination.raw, elimination.matrix))
    try require(IDASetJacFn(solver.raw, implicitJacobian))
    try beginIteration()
    try require(IDASetMaxOrd(solver.raw, Int32(min(5, max(1, options.orderMaximum)))))
    try require(IDASetMaxNonlinIters(solver.raw, Int32(max(1, options.iterationsMaximum))))
    try require(IDASetNonlinConvCoef(solver.raw, options.iterationTolerance))
    try require(IDASetMaxErrTestFails(solver.raw, Int32(max(1, options.failuresMaximum))))
    try require(IDASetMaxConvFails(solver.raw, Int32(max(1, options.failuresMaximum))))
    if let step = options.stepMaximum { try require(IDASetMaxStep(solver.raw, step)) }
    if let step = options.stepInitial { try require(IDASetInitStep(solver.raw, step)) }
    if let stopTime { try require(IDASetStopTime(solver.raw, stopTime)) }
    try beginErrorTest()
    let events = bridge.system.eventCount
    if events > 0 {
      try require(IDARootInit(solver.raw, Int32(events), implicitEvents))
      try require(IDASetNoInactiveRootWarn(solver.raw))
    }
    if quadratureCount > 0 { try beginQuadratures() }
  }

  /// Leaves unknowns out of the error test, if any are to be.
  private func beginIteration() throws {
    bridge.memory = solver.raw
    try require(IDASetNonlinearSolver(solver.raw, iteration.raw))
    SUNNonlinSolSetConvTestFn(iteration.raw, implicitConvergence, bridge.pointer)
  }

  private func beginErrorTest() throws {
    guard let tested = tolerances.tested, tested.contains(false) else { return }
    N_VConst(1, view.raw)
    let mask = elements(view.raw)
    for k in 0..<unknownCount { mask[k] = tested[k] ? 1 : 0 }
    try require(IDASetId(solver.raw, view.raw))
    try require(IDASetSuppressAlg(solver.raw, SUNTRUE))
  }

  private func beginQuadratures() throws {
    N_VConst(0, quadratureState.raw)
    try require(IDAQuadInit(solver.raw, implicitQuadratures, quadratureState.raw))
    guard let scales = tolerances.quadratures else {
      try require(IDASetQuadErrCon(solver.raw, SUNFALSE))
      return
    }
    precondition(scales.count == quadratureCount, "a tolerance a quadrature")
    N_VConst(1, quadratureState.raw)
    elements(quadratureState.raw).update(from: scales, count: quadratureCount)
    try require(
      IDAQuadSVtolerances(solver.raw, tolerances.relative, quadratureState.raw))
    try require(IDASetQuadErrCon(solver.raw, SUNTRUE))
    N_VConst(0, quadratureState.raw)
  }

  /// Fills the vectors with a state and its rates, and the charges with q(x).
  func load(
    at start: Double, x: UnsafePointer<Double>, rates newRates: UnsafePointer<Double>,
    chargeRates: UnsafePointer<Double>?
  ) throws {
    let (n, charges) = (unknownCount, chargeCount)
    let (y, derivatives) = (elements(state.raw), elements(rates.raw))
    if UnsafePointer(y) != x { y.update(from: x, count: n) }
    if UnsafePointer(derivatives) != newRates { derivatives.update(from: newRates, count: n) }
    if let chargeRates {
      let place = derivatives + n
      if UnsafePointer(place) != chargeRates { place.update(from: chargeRates, count: charges) }
    } else {
      (derivatives + n).update(repeating: 0, count: charges)
    }
    try requireFinite(y, n, time: start)
    try requireFinite(derivatives, n + charges, time: start)
    if charges > 0 {
      try bridge.system.evaluate(
        at: start, y, rates: derivatives, residual: elements(view.raw), charges: y + n)
      elements(view.raw).update(repeating: 0, count: n)
      bridge.residuals += 1
    }
    time = start
    hasStepped = false
  }

  func require(_ code: Int32) throws {
    if code < 0 { throw failure(code) }
  }
}
