public import Numerics
public import Ranks

/// The realised synapses in numbers: how many, how long their delays, how large their weights.
///
/// A synapse of weight w delays its signal by (arg w mod 2 pi) / (2 pi f). Delays are counted in
/// bins, exact for delays on K levels, 1/4096 of a period wide for continuous ones, so that the
/// tally of a million synapses stays small.
public struct SynapseTally: Equatable, Sendable {
  /// Hertz.
  public let frequency: Double
  /// Synapses that carry something (weight not zero).
  public private(set) var count = 0
  /// Sum of |w|.
  public private(set) var weightTotal = 0.0
  /// Sum of the delays, seconds.
  public private(set) var delayTotal = 0.0
  /// Synapses by delay: bin b holds delays around b / (bins * frequency).
  public private(set) var delayCounts: [Int]

  /// An empty tally.
  /// - Parameter levels: delay levels a period; nil for continuous delays.
  public init(frequency: Double, levels: Int?) {
    precondition(frequency > 0 && (levels ?? 1) > 0, "a period and at least one level")
    self.frequency = frequency
    delayCounts = [Int](repeating: 0, count: levels ?? 4096)
  }

  /// The tally of a whole weight matrix, row by row: a low-rank one is never written out.
  public init(_ weights: Weights, frequency: Double, levels: Int?) {
    self.init(frequency: frequency, levels: levels)
    switch weights {
    case .dense(let matrix):
      for weight in matrix.elements { add(weight) }
    case .lowRank(let matrix):
      let n = matrix.left.rows
      for i in 0..<n {
        for j in 0..<matrix.right.rows {
          var weight = Complex.zero
          for k in 0..<matrix.rank {
            weight += matrix.left[i, k] * matrix.right[j, k].conjugate
          }
          add(weight)
        }
      }
    }
  }

  /// The tally of all ranks, of which this is one's part, and of `ratio` times as many synapses.
  public func over(_ ranks: Ranks, times ratio: Double = 1) -> SynapseTally {
    if ranks.isAlone, ratio == 1 { return self }
    let own = [Double(count), weightTotal, delayTotal] + delayCounts.map(Double.init)
    let sums = ranks.sums(own).map { ratio * $0 }
    var whole = self
    whole.count = Int(sums[0].rounded())
    (whole.weightTotal, whole.delayTotal) = (sums[1], sums[2])
    whole.delayCounts = sums.dropFirst(3).map { Int($0.rounded()) }
    return whole
  }

  /// Mean |w| of the realised synapses; 0 without one.
  public var weightMean: Double { count > 0 ? weightTotal / Double(count) : 0 }

  /// Counts one synapse; a zero weight is a synapse not built.
  public mutating func add(_ weight: Complex) {
    let modulus = weight.modulus
    guard modulus > 0 else { return }
    let turns = weight.argument / (2 * Double.pi)
    let bin = Int(((turns - turns.rounded(.down)) * Double(delayCounts.count)).rounded())
    let place = bin % delayCounts.count
    count += 1
    weightTotal += modulus
    delayCounts[place] += 1
    delayTotal += Double(place) / (Double(delayCounts.count) * frequency)
  }

  /// The stages that chains need, one chain a synapse: the sum of ceil(delay / `stageDelay`), where
  /// no delay needs no stage.
  public func stageCount(stageDelay: Double) -> Int {
    var stages = 0
    for (bin, synapses) in delayCounts.enumerated() where synapses > 0 {
      let delay = Double(bin) / (Double(delayCounts.count) * frequency)
      // A delay of exactly k stages must not become k + 1 by rounding.
      stages += synapses * Int((delay / stageDelay - 1e-9).rounded(.up))
    }
    return stages
  }
}
