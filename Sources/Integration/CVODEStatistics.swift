import CSundials

extension CVODE {
  /// What an integration cost so far, reinitialisations included.
  public struct Statistics: Hashable, Sendable {
    public var steps = 0
    public var derivativeEvaluations = 0
    public var jacobianProducts = 0
    public var errorTestFailures = 0
    public var nonlinearIterations = 0
    public var nonlinearFailures = 0
    /// The order of the last step.
    public var lastOrder = 0
    /// The length of the last step, in seconds.
    public var lastStep = 0.0

    public init() {}

    /// Whether stability rather than accuracy seems to choose the step: functional iteration
    /// failed in more than every tenth step. The stiff method is then likely to be faster.
    public var isStabilityLimited: Bool { steps >= 50 && 10 * nonlinearFailures > steps }
  }

  public var statistics: Statistics {
    var total = earlier
    var (steps, evaluations, setups, failures) = (0, 0, 0, 0)
    var (order, nextOrder): (Int32, Int32) = (0, 0)
    var (first, last, next, now) = (0.0, 0.0, 0.0, 0.0)
    CVodeGetIntegratorStats(
      solver.raw, &steps, &evaluations, &setups, &failures, &order, &nextOrder, &first, &last,
      &next, &now)
    var (iterations, misses) = (0, 0)
    CVodeGetNonlinSolvStats(solver.raw, &iterations, &misses)
    total.steps += steps
    total.derivativeEvaluations += evaluations
    total.errorTestFailures += failures
    total.nonlinearIterations += iterations
    total.nonlinearFailures += misses
    if method == .bdfKrylov {
      var products = 0
      CVodeGetNumJtimesEvals(solver.raw, &products)
      total.jacobianProducts += products
    }
    total.lastOrder = Int(order)
    total.lastStep = last
    return total
  }
}
