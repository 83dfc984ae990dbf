// Owners of what CVODE allocates: noncopyable, so that each thing is freed exactly once.

import CSundials

/// CVODE's memory block.
struct Solver: ~Copyable {
  let raw: UnsafeMutableRawPointer

  init(_ method: IntegrationMethod, context: borrowing Context) {
    let formula = method == .adams ? CV_ADAMS : CV_BDF
    guard let made = CVodeCreate(formula, context.raw) else {
      preconditionFailure("CVODE could not be made")
    }
    raw = made
  }

  deinit {
    var raw: UnsafeMutableRawPointer? = self.raw
    CVodeFree(&raw)
  }
}

/// Functional iteration without acceleration: what Adams' formula needs when nothing is stiff.
struct FunctionalIteration: ~Copyable {
  let raw: SUNNonlinearSolver

  init(like vector: borrowing Vector, context: borrowing Context) {
    guard let made = SUNNonlinSol_FixedPoint(vector.raw, 0, context.raw) else {
      preconditionFailure("the functional iteration could not be made")
    }
    raw = made
  }

  deinit { SUNNonlinSolFree(raw) }
}

/// GMRES without preconditioner, on products with the Jacobian.
struct KrylovSolver: ~Copyable {
  let raw: SUNLinearSolver

  init(dimension: Int, like vector: borrowing Vector, context: borrowing Context) {
    guard
      let made = SUNLinSol_SPGMR(vector.raw, Int32(SUN_PREC_NONE), Int32(dimension), context.raw)
    else {
      preconditionFailure("the Krylov solver could not be made")
    }
    raw = made
  }

  deinit { SUNLinSolFree(raw) }
}
