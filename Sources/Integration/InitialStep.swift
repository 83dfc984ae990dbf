// How far the first step behind a discontinuity may go. At order one its local error is
// h^2 |x''| / 2, and the vanishing steps that found consistent rates have also seen how these
// change. IDA's own choice, the step in which x changes by half a tolerance, knows nothing of x'':
// where signals are broken lines it is a hundred thousand times shorter than need be, and doubling
// it costs seventeen steps a corner.

import Numerics

extension ConsistentStart {
  /// The part of the tolerance that the first step's error may be estimated at.
  private static let errorAimed = 0.25
  /// Changes of a rate below so many units in the last place of its unknown, or of the time, over
  /// the vanishing step are taken for rounding. A bend hidden there costs a failed step or two.
  private static let roundingUnits = 32.0

  /// The length of a first step of order one from the solution, in seconds, not above `longest`;
  /// whoever takes it tests its error.
  public func firstStep(upTo longest: Double) -> Double {
    var (change, speed) = (0.0, 0.0)
    for k in 0..<unknownCount where tested?[k] ?? true {
      let rounding = Self.roundingUnits * (abs(x[k]).ulp + abs(rates[k]) * time.ulp) / lastStep
      change = max(change, (abs(rates[k] - earlierRates[k]) - rounding) * weights[k])
      speed = max(speed, abs(rates[k]) * weights[k])
    }
    let bend = change / lastStep
    let byBend = (2 * Self.errorAimed / max(bend, .leastNormalMagnitude)).squareRoot()
    // where other rounding has spoilt the change of rates, no shorter than the solver's own choice
    let bySpeed = min(1e-3 * longest, 0.5 / max(speed, .leastNormalMagnitude))
    return min(longest, max(byBend, bySpeed))
  }
}
