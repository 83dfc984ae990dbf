public import Numerics
public import Ranks

/// What a network does at one time of one trial, as far as its energy depends on it.
public struct NetworkActivity: Sendable, Equatable {
  /// Mean of |c|^2 over the oscillators; nil in the phase equation, which does not know it.
  public var meanPower: Double?
  /// Sum over oscillators of |sum_j W_ij s_j|, in units of one fully driven input.
  public var feedbackSum: Double
  /// Sum over oscillators of |sum_j W_ij s_j|^2.
  public var feedbackSquares: Double

  public init(meanPower: Double?, feedbackSum: Double, feedbackSquares: Double) {
    self.meanPower = meanPower
    self.feedbackSum = feedbackSum
    self.feedbackSquares = feedbackSquares
  }

  /// That of all ranks, of which this is one's part.
  public func over(_ ranks: Ranks, count: Int) -> NetworkActivity {
    if ranks.isAlone { return self }
    let own = Double(count)
    let sums = ranks.sums([feedbackSum, feedbackSquares, (meanPower ?? 0) * own, own])
    return NetworkActivity(
      meanPower: meanPower == nil ? nil : sums[2] / sums[3], feedbackSum: sums[0],
      feedbackSquares: sums[1])
  }

  /// The activity of one trial.
  ///
  /// - Parameters:
  ///   - amplitudes: complex amplitudes of the oscillators; nil in the phase equation.
  ///   - received: what each receives, sum_j W_ij s_j.
  ///   - factor: of the coupling's schedule.
  public init(
    amplitudes: UnsafePointer<Complex>? = nil, received: UnsafePointer<Complex>, count: Int,
    factor: Double = 1
  ) {
    var power = 0.0
    var sum = 0.0
    var squares = 0.0
    for i in 0..<count {
      if let amplitudes { power += amplitudes[i].squaredModulus }
      let square = received[i].squaredModulus
      squares += square
      sum += square.squareRoot()
    }
    self.init(
      meanPower: amplitudes == nil ? nil : power / Double(count), feedbackSum: factor * sum,
      feedbackSquares: factor * factor * squares)
  }
}
