import Numerics

extension StateEquations {
  /// Part of the largest error of a step that an unsolved rest of z may add to its rates.
  private static let effectMaximum = 0.05
  /// Of z itself in units of its tolerance, where it is a result.
  private static let restMaximum = 0.1
  /// How much of a correction is believed to be left, before two tell.
  private static let rateBeforeAny = 0.3
  private static let iterationsMaximum = 12
  /// In units of the tolerances.
  private static let instructiveMinimum = 0.01

  /// The rates y' at (t, y), and z there.
  ///
  /// - Parameters:
  ///   - z: a guess, and what was found.
  ///   - step: by what rates will be multiplied, seconds.
  ///   - isResult: whether z must be as accurate as its tolerance, not only as the rates need.
  /// - Returns: false where z was not found, or a rate is not finite.
  @inline(__always)
  func rates(
    at time: Double, _ y: Numbers, _ z: Numbers, into k: Numbers, step: Double, isResult: Bool
  ) throws -> Bool {
    let n = algebraicCount
    for i in 0..<stateCount { x[Int(states[i])] = y[i] }
    if n == 0 {
      try evaluate(time)
      return read(k)
    }
    var last = Double.infinity
    for iteration in 0..<Self.iterationsMaximum {
      for i in 0..<n { x[Int(algebraics[i])] = z[i] }
      try evaluate(time)
      guard read(k) else { return false }
      var surprise = 0.0
      for i in 0..<n { rest[i] = residual[Int(algebraics[i])] }
      // of smaller corrections rounding errors are too large a part
      if iteration > 0, last > Self.instructiveMinimum {
        surprise = improve(k)
        guard factor() else { return false }
      }
      for i in 0..<n { (change[i], lastRest[i]) = (-rest[i], rest[i]) }
      solve(change)
      let size = largestOf(change, algebraicWeights, n)
      guard size.isFinite else { return false }
      for i in 0..<stateCount { correction[i] = influence.product(i, change) }
      let effect = step * (largestOf(correction, stateWeights, stateCount) + surprise)
      for i in 0..<n { z[i] += change[i] }
      let rate = iteration == 0 ? Self.rateBeforeAny : min(1, size / last)
      last = size
      // a single correction tells little of what it leaves
      let isSmall = iteration > 0 || size <= 1
      let isEnough = !isResult || rate * size <= Self.restMaximum
      if isSmall, isEnough, rate * effect <= Self.effectMaximum {
        for i in 0..<stateCount { k[i] += correction[i] }
        return true
      }
      for i in 0..<stateCount { lastRates[i] = k[i] }
    }
    return false
  }

  /// The rates of the evaluated point; whether they are finite.
  @inline(__always)
  private func read(_ k: Numbers) -> Bool {
    var poison = 0.0
    for i in 0..<stateCount {
      k[i] = residual[Int(states[i])] * negativeInverses[i]
      poison += k[i] * 0
    }
    return poison == 0
  }

  /// Improves both blocks by what the last change of z did to g and to the rates; how wrong the
  /// rates' was, in units of the states' tolerances a second.
  @inline(__always)
  private func improve(_ rates: Numbers) -> Double {
    for k in 0..<algebraicCount {
      weighted[k] = change[k] * algebraicWeights[k] * algebraicWeights[k]
    }
    for k in 0..<algebraicCount {
      _ = inner.improve(k, change, weighted: weighted, did: rest[k] - lastRest[k])
    }
    var surprise = 0.0
    for i in 0..<stateCount {
      let miss = influence.improve(i, change, weighted: weighted, did: rates[i] - lastRates[i])
      surprise = max(surprise, abs(miss) * stateWeights[i])
    }
    return surprise
  }
}

/// The largest |x_i| w_i; not a number where one is.
@inline(__always)
func largestOf(_ x: Numbers, _ weights: Numbers, _ count: Int) -> Double {
  var largest = 0.0
  for k in 0..<count {
    let size = abs(x[k]) * weights[k]
    if !(size <= largest) { largest = size }
  }
  return largest
}
