/// A success rate with its Wilson score interval.
///
/// Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209: unlike the normal interval it stays in
/// [0, 1] and is sensible at 0 and n successes.
public struct SuccessStatistics: Equatable, Sendable {
  public let successes: Int
  public let trials: Int
  /// Standard normal quantile of the confidence level: 1.96 for 95 %.
  public let quantile: Double

  /// - Precondition: `0 <= successes <= trials`.
  public init(successes: Int, trials: Int, quantile: Double = 1.959963984540054) {
    precondition(successes >= 0 && successes <= trials, "successes are some of the trials")
    self.successes = successes
    self.trials = trials
    self.quantile = quantile
  }

  /// nil without a trial.
  public var rate: Double? { trials > 0 ? Double(successes) / Double(trials) : nil }

  /// The whole of [0, 1] without a trial.
  public var interval: ClosedRange<Double> {
    guard let rate else { return 0...1 }
    let n = Double(trials)
    let square = quantile * quantile
    let centre = (rate + square / (2 * n)) / (1 + square / n)
    let half =
      quantile / (1 + square / n)
      * (rate * (1 - rate) / n + square / (4 * n * n)).squareRoot()
    // Rounding must not push the ends off what they are exactly at 0 and n successes.
    let lower = successes == 0 ? 0 : max(centre - half, 0)
    let upper = successes == trials ? 1 : min(centre + half, 1)
    return lower...upper
  }
}

/// Order statistics of values some of which were never reached.
public enum Quantile {
  /// The quantile `fraction` in [0, 1] by linear interpolation between order statistics (Hyndman
  /// and Fan's type 7). nil counts as later than every value; the result is nil where the quantile
  /// falls on such a trial, or where there are no values.
  public static func of(_ values: [Double?], _ fraction: Double) -> Double? {
    precondition(fraction >= 0 && fraction <= 1, "a quantile lies between 0 and 1")
    guard !values.isEmpty else { return nil }
    let reached = values.compactMap { $0 }.sorted()
    let place = fraction * Double(values.count - 1)
    let below = Int(place.rounded(.down))
    let part = place - Double(below)
    guard below < reached.count else { return nil }
    if part == 0 { return reached[below] }
    guard below + 1 < reached.count else { return nil }
    return reached[below] + part * (reached[below + 1] - reached[below])
  }

  public static func median(_ values: [Double?]) -> Double? { of(values, 0.5) }
}
