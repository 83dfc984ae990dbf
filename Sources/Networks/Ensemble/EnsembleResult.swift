/// The limits of the error of one step: the root mean square over a trial's oscillators, of the
/// error of the phasor e^{i phi}, is at most `relative * 1 + absolute`.
public struct EnsembleTolerances: Hashable, Sendable {
  /// Of the phasor's modulus, which is 1; dimensionless.
  public var relative: Double
  /// Radians.
  public var absolute: Double

  /// - Precondition: neither is negative, and their sum is positive.
  public init(relative: Double = 1e-6, absolute: Double = 1e-6) {
    precondition(relative >= 0 && absolute >= 0 && relative + absolute > 0)
    self.relative = relative
    self.absolute = absolute
  }

  var phase: Double { relative + absolute }
}

/// What an ensemble came to.
public struct EnsembleResult: Sendable {
  /// What one trial cost.
  public struct Statistics: Hashable, Sendable {
    /// Accepted steps.
    public var steps = 0
    /// Columns multiplied by the weights: accepted and rejected steps, and one for the start.
    public var products = 0
    /// Steps tried again with a shorter one.
    public var rejected = 0
  }

  /// Oscillators N.
  public let count: Int
  /// Phases (rad, in (-pi, pi]) at the end: N for each trial, trial after trial.
  public internal(set) var phases: [Double]
  /// The time (s) each trial reached: the end, or where its observer stopped it.
  public internal(set) var times: [Double]
  public internal(set) var statistics: [Statistics]

  init(count: Int, trials: Int) {
    self.count = count
    phases = [Double](repeating: 0, count: count * trials)
    times = [Double](repeating: 0, count: trials)
    statistics = [Statistics](repeating: Statistics(), count: trials)
  }
}

/// Why a trial could not go on.
public struct EnsembleFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: String, Hashable, Sendable {
    /// A phase, a weight, a gain or a detuning is not a number, or a product overflowed.
    case notFinite = "a value is not finite"
    /// No step is short enough for the tolerance.
    case stepUnderflow = "the step became too small"
  }

  public let reason: Reason
  public let trial: Int
  /// The last time (s) the trial reached.
  public let time: Double

  public var description: String { "trial \(trial) stopped at t = \(time): \(reason.rawValue)" }
}
