// Owners of what CVODE allocates: noncopyable, so that each thing is freed exactly once.

import CSundials

/// CVODE's memory block.
struct Solver: ~Copyable {
  let raw: UnsafeMutableRawPointer
  private let bridge: Bridge
  private let time: Double

  /// - Parameter time: what failures during the preparation are reported at.
  init(
    _ method: IntegrationMethod, bridge: Bridge, time: Double, context: borrowing Context
  ) {
    let formula = method == .adams ? CV_ADAMS : CV_BDF
    guard let made = CVodeCreate(formula, context.raw) else {
      preconditionFailure("CVODE could not be made")
    }
    raw = made
    self.bridge = bridge
    self.time = time
  }

  deinit {
    var raw: UnsafeMutableRawPointer? = self.raw
    CVodeFree(&raw)
  }

  /// Gives the solver its callbacks, its state and its tolerances; nothing will be printed.
  func begin(
    at start: Double, from state: borrowing Vector, tolerances: Tolerances, bridge: Bridge
  ) throws {
    try require(CVodeSetErrHandlerFn(raw, keepMessage, bridge.pointer))
    try require(CVodeInit(raw, rightHandSide, start, state.raw))
    try require(CVodeSetUserData(raw, bridge.pointer))
    try require(CVodeSStolerances(raw, tolerances.relative, tolerances.absolute))
    try require(CVodeSetMaxHnilWarns(raw, -1))
  }

  /// Throws where the code of a preparing call says so.
  func require(_ code: Int32) throws {
    if code < 0 { throw IntegrationFailure(code, bridge: bridge, time: time) }
  }
}

extension IntegrationFailure {
  /// What SUNDIALS' return code and its last message say.
  init(_ code: Int32, bridge: Bridge, time: Double) {
    self.init(
      code: code, name: Integration.name(of: code), message: bridge.message, time: time,
      advice: Integration.advice(for: code))
  }
}

/// Functional iteration without acceleration: what Adams' formula needs when nothing is stiff.
struct FunctionalIteration: ~Copyable {
  let raw: SUNNonlinearSolver

  init(
    for solver: borrowing Solver, like vector: borrowing Vector, context: borrowing Context
  ) throws {
    guard let made = SUNNonlinSol_FixedPoint(vector.raw, 0, context.raw) else {
      preconditionFailure("the functional iteration could not be made")
    }
    raw = made
    try solver.require(CVodeSetNonlinearSolver(solver.raw, made))
  }

  deinit { SUNNonlinSolFree(raw) }
}

/// GMRES without preconditioner, on products with the Jacobian.
struct KrylovSolver: ~Copyable {
  let raw: SUNLinearSolver

  init(
    for solver: borrowing Solver, dimension: Int, like vector: borrowing Vector,
    context: borrowing Context
  ) throws {
    let shape = vector.shape
    let most = Int32(min(shape.count, max(1, dimension)))
    guard let made = SUNLinSol_SPGMR(vector.raw, Int32(SUN_PREC_NONE), most, context.raw) else {
      preconditionFailure("the Krylov solver could not be made")
    }
    raw = made
    try solver.require(CVodeSetLinearSolver(solver.raw, made, nil))
    try solver.require(CVodeSetJacTimes(solver.raw, nil, jacobianTimes))
    // The residual is held in the Euclidean norm; measured against the length of one block it
    // bounds every block's own norm.
    let count = shape.span?.takeUnretainedValue().count ?? shape.count
    let length = Double(count / shape.blockCount)
    try solver.require(CVodeSetLSNormFactor(solver.raw, length.squareRoot()))
  }

  deinit { SUNLinSolFree(raw) }
}
