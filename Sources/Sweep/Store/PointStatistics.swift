import AssociativeMemory

/// What the trials of one point amount to.
public struct PointStatistics: Sendable {
  public var point: Int
  /// By axis.
  public var values: [Double]
  /// 0 for the design's own points, then the round of refinement that added it.
  public var round: Int
  public var trials: Int
  /// Trials without a result.
  public var failures: Int
  /// Why the first of them failed.
  public var failure: String?
  public var successes: Int
  /// Over all trials, failed ones included; nil without a target or a trial.
  public var successRate: Double?
  /// Wilson's, at 95 %.
  public var successInterval: ClosedRange<Double>
  /// Medians over trials with a result; errors are fractions of the range.
  public var errorInitial: Double?
  public var errorFinal: Double?
  /// Quartiles of the final error.
  public var errorQuartiles: (low: Double?, high: Double?)
  /// Root of the mean square of the final errors.
  public var errorRms: Double?
  /// Medians; a trial that never reached the target counts as later than all others, and they are
  /// nil where they fall on such a trial. Seconds and joules.
  public var timeToTarget: Double?
  public var timeQuartiles: (low: Double?, high: Double?)
  public var energyToTarget: Double?
  public var energyQuartiles: (low: Double?, high: Double?)
  /// Median over the whole run, joules.
  public var energy: Double?
  /// Mean over trials with a result.
  public var overlap: Double?
  public var orderParameter: Double?
  /// Means over the trials' networks: kappa (1/s), rms deviation of angular frequencies (rad/s), D
  /// (rad^2/s).
  public var relaxationRate: Double?
  public var frequencySpread: Double?
  public var phaseDiffusion: Double?

  public init(_ state: PointState, _ records: [TrialRecord]) {
    point = state.id
    values = state.values
    round = state.round
    trials = records.count
    let good = records.filter { $0.failure == nil }
    failures = records.count - good.count
    failure = records.first { $0.failure != nil }?.failure
    successes = good.count { $0.success == true }
    let hasTarget = good.contains { $0.success != nil } || good.isEmpty
    let statistics = SuccessStatistics(successes: successes, trials: records.count)
    successRate = hasTarget ? statistics.rate : nil
    successInterval = statistics.interval
    errorInitial = Quantile.median(good.map(\.errorInitial))
    let errors = good.map(\.errorFinal)
    errorFinal = Quantile.median(errors)
    errorQuartiles = (Quantile.of(errors, 0.25), Quantile.of(errors, 0.75))
    errorRms = Self.mean(errors.map { $0.map { $0 * $0 } })?.squareRoot()
    let times = good.map(\.timeToTarget)
    timeToTarget = Quantile.median(times)
    timeQuartiles = (Quantile.of(times, 0.25), Quantile.of(times, 0.75))
    let energies = good.map(\.energyToTarget)
    energyToTarget = Quantile.median(energies)
    energyQuartiles = (Quantile.of(energies, 0.25), Quantile.of(energies, 0.75))
    energy = Quantile.median(good.map { $0.energies.reduce(0) { $0 + $1.whole } })
    overlap = Self.mean(good.map(\.overlap))
    orderParameter = Self.mean(good.map(\.orderParameter))
    relaxationRate = Self.mean(good.map(\.relaxationRate))
    frequencySpread = Self.mean(good.map(\.frequencySpread))
    phaseDiffusion = Self.mean(good.map(\.phaseDiffusion))
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let there = values.compactMap { $0 }
    return there.isEmpty ? nil : there.reduce(0, +) / Double(there.count)
  }
}
