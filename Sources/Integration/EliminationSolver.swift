// The elimination of charges and KLU in the shape of a linear solver of SUNDIALS. The matrix of the
// interface is a husk: the numbers live in `ChargeElimination`, and the Jacobian's callback has
// already factored them when the solver's turn comes.

import CSundials

/// Owns a `SUNLinearSolver` and its `SUNMatrix` that stand for one `ChargeElimination`.
struct EliminationSolver: ~Copyable {
  let raw: SUNLinearSolver
  let matrix: SUNMatrix
  /// Kept alive for `raw.content`.
  private let elimination: ChargeElimination

  init(_ elimination: ChargeElimination, context: borrowing Context) {
    guard let solver = SUNLinSolNewEmpty(context.raw), let husk = SUNMatNewEmpty(context.raw) else {
      preconditionFailure("SUNDIALS could not make a linear solver")
    }
    self.elimination = elimination
    raw = solver
    matrix = husk
    solver.pointee.content = Unmanaged.passUnretained(elimination).toOpaque()
    let table = solver.pointee.ops.unsafelyUnwrapped
    table.pointee.gettype = { _ in SUNLINEARSOLVER_DIRECT }
    table.pointee.getid = { _ in SUNLINEARSOLVER_CUSTOM }
    table.pointee.initialize = { _ in 0 }
    table.pointee.setup = { _, _ in 0 }
    table.pointee.solve = { solver, _, x, b, _ in
      let held = solver.unsafelyUnwrapped.pointee.content.unsafelyUnwrapped
      return Unmanaged<ChargeElimination>.fromOpaque(held)._withUnsafeGuaranteedRef {
        // after a matrix that could not be factored IDA may solve before it sets up again: a
        // positive return makes it do so
        guard $0.isReady else { return 1 }
        let (result, right) = (elements(x), elements(b))
        if result != right { result.update(from: right, count: content(x).pointee.count) }
        $0.solve(result)
        return 0
      }
    }
    table.pointee.free = {
      SUNLinSolFreeEmpty($0)
      return 0
    }
    let operations = husk.pointee.ops.unsafelyUnwrapped
    operations.pointee.getid = { _ in SUNMATRIX_CUSTOM }
    operations.pointee.zero = { _ in 0 }
    operations.pointee.destroy = { SUNMatFreeEmpty($0) }
  }

  deinit {
    SUNLinSolFree(raw)
    SUNMatDestroy(matrix)
  }
}
