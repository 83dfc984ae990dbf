// Newton's method for nonlinear equations: KINSOL of SUNDIALS behind Swift, on KLU.
//
// Source: A. C. Hindmarsh et al., "SUNDIALS: suite of nonlinear and differential/algebraic equation
// solvers", ACM Trans. Math. Softw. 31 (2005) 363, doi:10.1145/1089014.1089020.

import CSundials
import Numerics

/// One solver for one system, which keeps its order of elimination from solution to solution.
public final class KINSOL {
  /// How Newton's step is used.
  public enum Strategy: Hashable, Sendable {
    /// The whole step.
    case newton
    /// The part of it that makes the scaled residual fall enough.
    case lineSearch
  }

  /// What the iteration is held to; residuals and unknowns are measured by their scales.
  public struct Options: Hashable, Sendable {
    public var strategy = Strategy.lineSearch
    public var iterationsMaximum = 100
    /// Converged when the largest scaled residual is below this.
    public var residualTolerance = 1.0
    /// Given up (or converged, if the residual says so) when a step becomes shorter than this.
    public var stepTolerance = 1e-12
    /// The longest step: the Euclidean norm of the scaled unknowns' changes; nil lets KINSOL choose
    /// (1000 times the norm of the scaled first guess).
    public var stepMaximum: Double?
    /// Iterations that may use one Jacobian; 1 computes each anew.
    public var jacobianAge = 1

    public init() {}
  }

  /// A solution, or the nearest to one that was found.
  public struct Result: Hashable, Sendable {
    public var x: [Double]
    public var iterations: Int
    /// The largest scaled residual, its row, and its value in the row's own unit.
    public var scaledResidual: Double
    public var worstRow: Int
    public var worstResidual: Double
  }

  /// A solution was not found; the nearest to one is kept.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// KINSOL's raw code and its name; nil and a name of this room where it was not asked.
    public let code: Int32?
    public let name: String
    public let message: String
    /// The iterate with the smallest scaled residual.
    public let best: Result
    /// Where the last Jacobian was singular, if it was.
    public let singularity: SingularMatrix?
    public let advice: String

    public var description: String {
      let said = message.isEmpty ? "" : ": \(message)"
      let place = singularity.map { "; \($0)" } ?? ""
      return "no solution after \(best.iterations) iterations, \(name)\(said)\(place); "
        + "worst equation \(best.worstRow) (residual \(best.worstResidual)); try: \(advice)"
    }
  }

  public var options: Options
  public let unknownCount: Int
  let bridge: NonlinearBridge
  let memory: KINSOLMemory
  let elimination: EliminationSolver
  let state: Vector
  let unknownScales: Vector
  let residualScales: Vector
  private let context: Context

  /// - Parameters:
  ///   - residualScales: the size of each row's residual that would do, in its own unit.
  ///   - unknownScales: the typical size of each unknown, in its own unit.
  /// - Precondition: one positive scale a row and an unknown.
  public init(
    _ system: any NonlinearSystem, residualScales: [Double], unknownScales: [Double],
    options: Options = Options()
  ) throws {
    let n = system.unknownCount
    precondition(residualScales.count == n && unknownScales.count == n, "a scale each")
    precondition((residualScales + unknownScales).allSatisfy { $0 > 0 }, "scales are positive")
    let context = Context()
    let matrix = ChargeElimination(system.pattern)
    let bridge = NonlinearBridge(system, matrix: matrix, residualScales: residualScales)
    let state = Vector(count: n, maximumNormOver: n, context: context)
    let memory = KINSOLMemory(bridge: bridge, context: context)
    self.options = options
    unknownCount = n
    self.bridge = bridge
    self.memory = memory
    elimination = EliminationSolver(matrix, context: context)
    self.unknownScales = Vector(count: n, maximumNormOver: n, context: context)
    self.residualScales = Vector(count: n, maximumNormOver: n, context: context)
    self.state = state
    self.context = context
    // the numbers that fill the last group up are measured too, though they are always zero
    N_VConst(1, self.unknownScales.raw)
    N_VConst(1, self.residualScales.raw)
    for k in 0..<n {
      elements(self.unknownScales.raw)[k] = 1 / unknownScales[k]
      elements(self.residualScales.raw)[k] = 1 / residualScales[k]
    }
    try require(KINInit(self.memory.raw, nonlinearResidual, self.state.raw))
    try require(KINSetUserData(self.memory.raw, bridge.pointer))
    try require(KINSetLinearSolver(self.memory.raw, elimination.raw, elimination.matrix))
    try require(KINSetJacFn(self.memory.raw, nonlinearJacobian))
  }

  /// Solves f(x) = 0 from a first guess.
  ///
  /// - Throws: what the system throws, or `KINSOL.Failure` with the best iterate.
  public func solve(from guess: [Double]) throws -> Result {
    precondition(guess.count == unknownCount, "a value an unknown")
    bridge.begin(guess)
    guard guess.allSatisfy(\.isFinite) else {
      throw failure(nil, "first guess not finite", "a first guess of finite numbers")
    }
    if try bridge.isSolved(guess, tolerance: options.residualTolerance) { return bridge.best }
    try setOptions()
    let x = elements(state.raw)
    x.update(from: guess, count: unknownCount)
    let strategy = options.strategy == .newton ? KIN_NONE : KIN_LINESEARCH
    let code = KINSol(memory.raw, state.raw, strategy, unknownScales.raw, residualScales.raw)
    if let error = bridge.thrown { throw error }
    var iterations = 0
    KINGetNumNonlinSolvIters(memory.raw, &iterations)
    bridge.best.iterations = iterations
    // the code alone is not believed: KINSOL takes what is not a number for a solution
    if bridge.best.scaledResidual <= options.residualTolerance { return bridge.best }
    if code < 0 { throw failure(code, kinsolName(of: code), kinsolAdvice(for: code)) }
    throw failure(
      code, "residual too large", "source or conductance stepping, or another first guess")
  }

  private func setOptions() throws {
    bridge.message = ""
    try require(KINSetNumMaxIters(memory.raw, max(1, options.iterationsMaximum)))
    try require(KINSetFuncNormTol(memory.raw, options.residualTolerance))
    try require(KINSetScaledStepTol(memory.raw, options.stepTolerance))
    try require(KINSetMaxNewtonStep(memory.raw, options.stepMaximum ?? 0))
    try require(KINSetMaxSetupCalls(memory.raw, max(1, options.jacobianAge)))
    try require(KINSetNoResMon(memory.raw, SUNTRUE))
  }

  func require(_ code: Int32) throws {
    if code < 0 { throw failure(code, kinsolName(of: code), kinsolAdvice(for: code)) }
  }

  private func failure(_ code: Int32?, _ name: String, _ advice: String) -> Failure {
    Failure(
      code: code, name: name, message: bridge.message, best: bridge.best,
      singularity: bridge.singularity, advice: advice)
  }
}
