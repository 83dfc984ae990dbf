extension IDA {
  /// How IDA walks; the defaults leave the choice to it.
  public struct Options: Hashable, Sendable {
    /// The solver never evaluates its system beyond this time, in seconds; nil for no limit.
    public var stopTime: Double?
    /// The first step, in seconds; nil lets the solver estimate it from the rates.
    public var stepInitial: Double?
    /// The largest step, in seconds; nil for no limit.
    public var stepMaximum: Double?
    /// The highest order of the formula, 1 to 5.
    public var orderMaximum = 5
    /// Newton iterations a step may take.
    public var iterationsMaximum = 4
    /// How far below the tolerance Newton's iteration must converge: this fraction of it.
    public var iterationTolerance = 0.33
    /// How often a step may fail its error test, and as often its iteration, before giving up.
    public var failuresMaximum = 30

    public init() {}
  }

  /// What one step came to.
  public enum Outcome: Hashable, Sendable {
    case stepped
    /// The state is at the stop time, and there is no stop time any more.
    case reachedStop
    /// Event functions vanish at the present time, which lies inside the last step.
    case event([Event])
  }

  /// A zero of an event function.
  public struct Event: Hashable, Sendable {
    public let index: Int
    /// Whether the function grew through zero.
    public let isRising: Bool
  }

  /// What an integration cost so far, restarts included.
  public struct Statistics: Hashable, Sendable {
    public var steps = 0
    public var restarts = 0
    public var residualEvaluations = 0
    public var jacobianEvaluations = 0
    /// Factorisations with new pivots, and with those of the last time.
    public var pivotings = 0
    public var refactorisations = 0
    public var nonlinearIterations = 0
    public var nonlinearFailures = 0
    public var errorTestFailures = 0
    /// The order of the last step.
    public var lastOrder = 0
    /// The length of the last step, in seconds.
    public var lastStep = 0.0

    public init() {}
  }
}
