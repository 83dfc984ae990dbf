/// Follows one trial's error and keeps the time since when it has stayed below its target.
///
/// Feed it every sample in order of time. A downward crossing is located at once by root finding
/// on the refining closure (the solver's dense output is at hand only then); an upward crossing
/// forgets it. An excursion above the target that begins and ends between two samples is not seen.
public struct ErrorCrossing: Sendable {
  public let target: Double
  /// Relative width, in units of the bracket, to which a crossing is located.
  public let tolerance: Double
  /// The time since when the error has been below the target; nil while it is not below.
  public private(set) var belowSince: Double?
  /// Number of downward crossings seen so far.
  public private(set) var crossings = 0
  private var last: (time: Double, error: Double)?

  public init(target: Double, tolerance: Double = 1e-9) {
    self.target = target
    self.tolerance = tolerance
  }

  /// Takes the next sample. A NaN counts as above the target.
  /// - Parameter refine: the error at any time between the last sample and this one.
  public mutating func record(
    time: Double, error: Double, refine: (Double) throws -> Double
  ) rethrows {
    defer { last = (time, error) }
    guard error < target else {
      belowSince = nil
      return
    }
    guard belowSince == nil else { return }
    guard let last else {
      belowSince = time
      return
    }
    crossings += 1
    guard last.error.isFinite else {
      belowSince = time
      return
    }
    belowSince = try Self.root(
      from: last.time, last.error - target, to: time, error - target,
      tolerance: tolerance * (time - last.time)
    ) { try refine($0) - target }
  }

  /// The same with the error linear between samples.
  public mutating func record(time: Double, error: Double) {
    let start = last
    record(time: time, error: error) { t in
      guard let start, time > start.time else { return error }
      return start.error + (error - start.error) * (t - start.time) / (time - start.time)
    }
  }

  /// The time to target of a whole run: the last downward crossing such that the error stays below
  /// until the end, the first time if it always was below, nil if it is not below at the end.
  /// - Precondition: as many times as errors, times ascending.
  public static func timeToTarget(
    times: [Double], errors: [Double], target: Double,
    refine: ((Double) -> Double)? = nil
  ) -> Double? {
    precondition(times.count == errors.count, "each error has its time")
    var crossing = ErrorCrossing(target: target)
    for (time, error) in zip(times, errors) {
      if let refine {
        crossing.record(time: time, error: error, refine: refine)
      } else {
        crossing.record(time: time, error: error)
      }
    }
    return crossing.belowSince
  }

  /// A root of `function` between two times where it is >= 0 and < 0, by the Illinois variant of
  /// regula falsi (M. Dowell, P. Jarratt, BIT 11 (1971) 168), every fourth step a bisection, until
  /// the estimate moves by no more than `tolerance`.
  private static func root(
    from start: Double, _ startValue: Double, to end: Double, _ endValue: Double,
    tolerance: Double, _ function: (Double) throws -> Double
  ) rethrows -> Double {
    var (above, aboveValue) = (start, startValue)
    var (below, belowValue) = (end, endValue)
    var estimate = end
    var belowMovedLast: Bool?
    for round in 1...200 where below - above > tolerance {
      let previous = estimate
      let bisects = round % 4 == 0
      estimate =
        bisects
        ? above + 0.5 * (below - above)
        : below - belowValue * (below - above) / (belowValue - aboveValue)
      let value = try function(estimate)
      if value == 0 { return estimate }
      if value < 0 {
        (below, belowValue) = (estimate, value)
        if belowMovedLast == true { aboveValue *= 0.5 }
      } else {
        (above, aboveValue) = (estimate, value)
        if belowMovedLast == false { belowValue *= 0.5 }
      }
      belowMovedLast = bisects ? nil : value < 0
      if !bisects, abs(estimate - previous) <= tolerance { return estimate }
    }
    return estimate
  }
}
