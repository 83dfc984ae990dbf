// The harmonics of the last period of a transient result.
//
// With x_n the quantity on a uniform grid of N samples of the period that ends with the result,
//   a_k = 2/N sum x_n cos(2 pi k n / N),  b_k = 2/N sum x_n sin(2 pi k n / N)
//   m_k = sqrt(a_k^2 + b_k^2),  phase_k = atan2(a_k, b_k)
// SPICE's conventions: phases are those of sines and count from the start of that period.

public import Schematic

/// One `.four` card, fed with the points of a transient; keeps those of the last period alone.
public struct FourierAnalysis {
  public let card: FourierCard
  /// Of the fundamental and its multiples; SPICE's tables have nine.
  public let harmonicCount: Int
  /// What is to be evaluated at each point, in the order in which `record` takes the values.
  public var expressions: [Expression] { card.quantities.map(\.value) }

  private var times: [Double] = []
  /// Point by point, one value an expression.
  private var values: [Double] = []
  /// Points before it are older than a period.
  private var first = 0

  /// - Precondition: the card's frequency lies above 0, as its reader grants; harmonics are counted
  ///   from 1.
  public init(_ card: FourierCard, harmonicCount: Int = 9) {
    precondition(card.frequency > 0 && harmonicCount > 0, "a fundamental and its multiples")
    self.card = card
    self.harmonicCount = harmonicCount
  }

  /// Takes the next point.
  /// - Parameters:
  ///   - time: seconds, not before the last one.
  ///   - values: of `expressions`, as many.
  ///   - dense: the solver's interpolation since the point before, which fills in three points.
  public mutating func record(time: Double, values: Span<Double>, dense: DenseOutput? = nil) {
    precondition(values.count == card.quantities.count, "a value a quantity")
    if let dense, let last = times.last, time > last {
      for piece in 1..<4 {
        let between = last + (time - last) * Double(piece) / 4
        times.append(between)
        for index in 0..<values.count { self.values.append(dense(index, between)) }
      }
    }
    times.append(time)
    for index in 0..<values.count { self.values.append(values[index]) }
    forget(before: time - 1 / card.frequency)
  }

  /// Leaves three points before the period, from which interpolation at its start draws.
  private mutating func forget(before start: Double) {
    while first + 3 < times.count, times[first + 3] <= start { first += 1 }
    guard first > 1024, first > times.count / 2 else { return }
    values.removeFirst(first * card.quantities.count)
    times.removeFirst(first)
    first = 0
  }

  /// A table for each quantity, in the card's order.
  public func finish() -> [HarmonicTable] {
    let period = 1 / card.frequency
    let last = times.last ?? 0
    let reached = times.isEmpty ? 0 : last - times[first]
    let start = last - period
    // a run of exactly one period, to rounding
    guard times.count > 1, reached >= period * (1 - 1e-9) else {
      return card.quantities.map {
        HarmonicTable(
          label: $0.label, harmonics: [], totalHarmonicDistortion: 0, start: start, samples: 0,
          failure: "the result is shorter than one period of the fundamental")
      }
    }
    // enough samples that neither the points nor the highest harmonic are undersampled
    let wanted = max(1024, 4 * (times.count - first), 16 * (harmonicCount + 1))
    var samples = 1024
    while samples < wanted && samples < 1 << 20 { samples *= 2 }
    let count = card.quantities.count
    return card.quantities.indices.map { index in
      let curve = AkimaCurve(
        times[first...], (first..<times.count).map { values[$0 * count + index] })
      let grid = (0..<samples).map { start + period * Double($0) / Double(samples) }
      return HarmonicTable(
        label: card.quantities[index].label, samples: curve.values(at: grid), start: start,
        frequency: card.frequency, count: harmonicCount)
    }
  }
}
