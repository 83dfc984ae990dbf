// The state of rest: Newton's method, and where it fails ways around.
//
// In the order of their cost: Newton from the first guess (KINSOL, whole steps, then line search);
// conductances from every node to ground that fade away; sources that grow from zero; and implicit
// Euler steps of growing length (pseudo-transient). Each way ends with Newton on the true
// equations, judged by the change of the unknowns.

import Devices
import Integration
public import Schematic

/// Finds operating points of one circuit.
public final class OperatingPoint {
  /// How a solution was come by.
  public enum Method: String, Sendable {
    case newton = "Newton's method"
    case lineSearch = "Newton's method with line search"
    case conductanceStepping = "gmin stepping"
    case sourceStepping = "source stepping"
    case pseudoTransient = "pseudo-transient"
  }

  public struct Solution: Sendable {
    /// Without ground.
    public var x: [Double]
    public var method: Method
    public var iterations: Int
  }

  /// Unknowns up to which the line search comes before the continuations.
  private static let lineSearchLimit = 10_000

  let equations: CircuitEquations
  let options: SolverOptions
  let problem: StaticProblem
  private let polish: NewtonPolish
  private let solver: KINSOL
  private var iterations = 0
  private var lastFailure: KINSOL.Failure?

  public init(_ equations: CircuitEquations, _ options: SolverOptions) throws {
    self.equations = equations
    self.options = options
    problem = StaticProblem(equations)
    polish = NewtonPolish(problem)
    let residuals = equations.layout.unknowns.dropFirst().enumerated().map { index, unknown in
      if index + 1 < equations.layout.nodeCount { return options.currentTolerance }
      return switch unknown.kind {
      case .voltage, .current, .inductorCurrent: options.voltageTolerance
      case .state(let scale), .auxiliary(let scale): scale
      }
    }
    let unknowns = equations.layout.unknowns.dropFirst().map { unknown in
      if case .state(let scale) = unknown.kind { return max(scale, 1e-3) }
      return 1.0
    }
    solver = try KINSOL(equations, problem, residuals, unknowns)
  }

  /// The operating point at the present source values.
  ///
  /// - Parameters:
  ///   - guess: where Newton's method begins; zeros where nil.
  ///   - holding: voltages that nodes are held at (`.ic`).
  ///   - startsTransient: sources have the values of their waveforms at time 0, not `dc`, and
  ///     capacitors and inductors their `ic=`.
  /// - Throws: `AnalysisFailure`.
  public func solve(
    from guess: [Double]? = nil, holding: [NodeVoltagesCard.Entry] = [],
    startsTransient: Bool = false
  ) throws -> Solution {
    equations.moment.startsTransient = startsTransient
    equations.moment.analysis = .operatingPoint
    let imposes = startsTransient && options.imposesInitialValues
    equations.moment.initialRate = imposes ? Self.holdingRate : 0
    defer { equations.moment.initialRate = 0 }
    problem.time = 0
    problem.rest()
    return try solveStatic(from: guess, holding: holding)
  }

  /// 1/s: a capacitor of 1 pF with an initial value is held by a conductance of 1000 S, an inductor
  /// of 1 nH by 1 Mohm.
  private static let holdingRate = 1e15

  /// The state immediately after initial values `x` are imposed (UIC): one implicit Euler step of
  /// the vanishing length `duration`, in which devices' own initial values count.
  public func impose(_ x: [Double], duration: Double) throws -> Solution {
    equations.moment.analysis = .initial
    equations.moment.initialRate = 1 / duration
    problem.time = 0
    problem.step(from: x, rateFactor: 1 / duration)
    defer {
      problem.rest()
      equations.moment.initialRate = 0
    }
    return try solveStatic(from: x, holding: [])
  }

  private func solveStatic(
    from guess: [Double]?, holding: [NodeVoltagesCard.Entry]
  ) throws -> Solution {
    equations.held = holding.map { (Int($0.node), $0.voltage) }.filter { $0.0 > 0 }
    defer {
      equations.held = []
      equations.shunt = 0
      equations.moment.sourceFactor = 1
    }
    iterations = 0
    var start = guess ?? [Double](repeating: 0, count: equations.unknownCount)
    for hold in equations.held { start[hold.unknown - 1] = hold.voltage }
    if !problem.isFinite(at: start), let other = problem.finiteStart {
      // what is given stays; a magnetisation of no length is no place to begin
      start = guess == nil ? other : zip(start, other).map { $0 == 0 ? $1 : $0 }
    }
    equations.moment.junctionConductance = options.gmin
    // switches choose their state by the solution, which depends on it
    var found: Solution?
    for _ in 0..<100 {
      let solution = try anyway(from: found?.x ?? start)
      found = solution
      solution.x.withUnsafeBufferPointer { equations.loadPoint(problem.time, $0.baseAddress!, nil) }
      if !equations.settle() { return solution }
    }
    throw failure("switches and comparisons find no consistent state", "a hysteresis (vh, ih)")
  }

  private func anyway(from start: [Double]) throws -> Solution {
    lastFailure = nil
    if let x = try newton(from: start) { return solution(x, .newton) }
    // in long chains of stages the line search crawls, at many evaluations an iteration
    let isLarge = equations.unknownCount > Self.lineSearchLimit
    if !isLarge, let x = try newton(from: start, .lineSearch) { return solution(x, .lineSearch) }
    if let x = try conductanceStepping(start) { return solution(x, .conductanceStepping) }
    if isLarge, let x = try newton(from: start, .lineSearch) { return solution(x, .lineSearch) }
    if let x = try sourceStepping(start) { return solution(x, .sourceStepping) }
    if let x = try pseudoTransient(start) { return solution(x, .pseudoTransient) }
    throw failure(
      "no operating point was found by Newton's method, gmin stepping, source stepping or "
        + "pseudo-transient",
      "a .nodeset near the expected voltages, or a transient analysis with UIC")
  }

  private func solution(_ x: [Double], _ method: Method) -> Solution {
    Solution(x: x, method: method, iterations: iterations)
  }

  /// Newton's method on the equations as they stand; nil where it fails.
  func newton(from start: [Double], _ strategy: KINSOL.Strategy = .newton) throws -> [Double]? {
    solver.options.strategy = strategy
    var x: [Double]
    do {
      let result = try solver.solve(from: start)
      iterations += result.iterations
      x = result.x
    } catch let failure as KINSOL.Failure {
      iterations += failure.best.iterations
      lastFailure = failure
      x = failure.best.x
    }
    do {
      return try polish.run(&x) ? x : nil
    } catch {
      return nil
    }
  }

  private func failure(_ message: String, _ advice: String) -> AnalysisFailure {
    AnalysisFailure(
      analysis: "operating point", message: message,
      equation: lastFailure.map { equations.name(of: $0.best.worstRow + 1) },
      residual: lastFailure?.best.worstResidual, advice: advice)
  }
}

extension KINSOL {
  fileprivate convenience init(
    _ equations: CircuitEquations, _ problem: StaticProblem, _ residualScales: [Double],
    _ unknownScales: [Double]
  ) throws {
    var settings = Options()
    settings.iterationsMaximum = 100
    // far beyond any circuit; KINSOL's own choice would be 1 V from a guess of zeros
    settings.stepMaximum = 1e9
    try self.init(
      problem, residualScales: residualScales, unknownScales: unknownScales, options: settings)
  }
}
