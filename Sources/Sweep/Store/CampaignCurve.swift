// Points of a campaign as curves: one quantity against one axis, a curve for each value of another.

/// What is drawn of a point.
public enum PointQuantity: String, Sendable, CaseIterable {
  /// Median of the final error, with its quartiles; a fraction of the encoding's range.
  case error
  /// Part of the trials that reached the target, with Wilson's 95 % interval.
  case success
  /// Median of the time to the target, with its quartiles; seconds.
  case time
  /// Median of the energy to the target, with its quartiles; joules.
  case energy
}

/// A value and the band around it; NaN where it is not there.
public struct PointFigure: Sendable, Equatable {
  public var value: Double
  public var low: Double
  public var high: Double

  public init(_ value: Double?, _ low: Double?, _ high: Double?) {
    self.value = value ?? .nan
    self.low = low ?? .nan
    self.high = high ?? .nan
  }
}

extension PointStatistics {
  public func figure(_ quantity: PointQuantity) -> PointFigure {
    switch quantity {
    case .error: PointFigure(errorFinal, errorQuartiles.low, errorQuartiles.high)
    case .success:
      successRate == nil
        ? PointFigure(nil, nil, nil)
        : PointFigure(successRate, successInterval.lowerBound, successInterval.upperBound)
    case .time: PointFigure(timeToTarget, timeQuartiles.low, timeQuartiles.high)
    case .energy: PointFigure(energyToTarget, energyQuartiles.low, energyQuartiles.high)
    }
  }

  /// Rms deviation of angular frequencies over the relaxation rate: the abscissa of the linear law
  /// of small errors. Nil where no trial has a result.
  public var relativeSpread: Double? {
    guard let frequencySpread, let relaxationRate, relaxationRate > 0 else { return nil }
    return frequencySpread / relaxationRate
  }
}

/// Points that differ on one axis alone, in its order.
public struct CampaignCurve: Sendable {
  /// What the points have in common on the axis that tells curves apart; nil without one.
  public var common: Double?
  public var points: [PointStatistics]

  /// The curves of `points`, by rising common value.
  ///
  /// - Parameters:
  ///   - x: index of the axis that they run along.
  ///   - by: index of the axis that tells them apart.
  ///   - fixed: values by index of further axes; points elsewhere are left out.
  public static func all(
    _ points: [PointStatistics], along x: Int, by: Int?, fixed: [Int: Double]
  ) -> [CampaignCurve] {
    let kept = points.filter { point in fixed.allSatisfy { point.values[$0.key] == $0.value } }
    let sorted = kept.sorted { ($0.values[x], $0.point) < ($1.values[x], $1.point) }
    guard let by else { return sorted.isEmpty ? [] : [CampaignCurve(common: nil, points: sorted)] }
    return Dictionary(grouping: sorted) { $0.values[by] }
      .map { CampaignCurve(common: $0.key, points: $0.value) }
      .sorted { $0.common ?? 0 < $1.common ?? 0 }
  }

  /// Whether the networks' frequency spread is proportional to the axis at `index`: within a
  /// factor of 1.5, which the draws of small networks need, over values at least twice apart.
  public static func isFrequencySpread(_ points: [PointStatistics], axis index: Int) -> Bool {
    let drawn = points.filter { $0.values[index] > 0 && $0.frequencySpread ?? 0 > 0 }
    let values = drawn.map { $0.values[index] }
    let ratios = drawn.map { ($0.frequencySpread ?? 0) / $0.values[index] }
    guard let least = values.min(), let most = values.max(), most >= 2 * least,
      let low = ratios.min(), let high = ratios.max()
    else { return false }
    return high < 1.5 * low
  }
}
