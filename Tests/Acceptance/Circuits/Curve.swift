/// Straight lines through points of rising abscissa.
struct Curve {
  var x: [Double]
  var y: [Double]

  var span: Double { (y.max() ?? 0) - (y.min() ?? 0) }

  /// The first point behind `place`.
  private func index(behind place: Double) -> Int {
    var (low, high) = (0, x.count)
    while low < high {
      let middle = (low + high) / 2
      if x[middle] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func value(at place: Double) -> Double {
    let next = index(behind: place)
    if next == 0 { return y[0] }
    if next == x.count { return y[next - 1] }
    let share = (place - x[next - 1]) / (x[next] - x[next - 1])
    return y[next - 1] + share * (y[next] - y[next - 1])
  }

  /// All values within `slack` of `place`.
  func range(around place: Double, slack: Double) -> ClosedRange<Double> {
    let ends = [value(at: place - slack), value(at: place), value(at: place + slack)]
    var (least, most) = (ends.min()!, ends.max()!)
    var next = index(behind: place - slack)
    while next < x.count, x[next] < place + slack {
      least = min(least, y[next])
      most = max(most, y[next])
      next += 1
    }
    return least...most
  }

  /// How far this curve leaves the band that `reference` sweeps when its abscissa is off by up to
  /// `slack`, in parts of the reference's span; `map` takes an abscissa to the reference's.
  func deviation(
    from reference: Curve, slack: Double, within part: ClosedRange<Double>? = nil,
    map: (Double) -> Double = { $0 }
  ) -> Double {
    var worst = 0.0
    for (place, own) in zip(x, y) where part?.contains(place) ?? true {
      let band = reference.range(around: map(place), slack: slack)
      let excess = max(0, band.lowerBound - own, own - band.upperBound)
      // a value that is no number is infinitely wrong
      worst = excess.isFinite && own.isFinite ? max(worst, excess) : .infinity
    }
    return worst / max(reference.span, 1e-300)
  }

  /// Where the curve rises through the middle of what it spans in its second half.
  var risingCrossings: [Double] {
    guard let last = x.last else { return [] }
    let late = x.indices.filter { x[$0] > 0.5 * last }.map { y[$0] }
    let middle = 0.5 * ((late.min() ?? 0) + (late.max() ?? 0))
    return x.indices.dropFirst().filter { y[$0 - 1] < middle && y[$0] >= middle }.map { k in
      x[k - 1] + (middle - y[k - 1]) / (y[k] - y[k - 1]) * (x[k] - x[k - 1])
    }
  }
}

extension Curve {
  /// Where it is highest between two rises through its middle.
  var peaks: [Double] {
    let rises = risingCrossings
    return zip(rises, rises.dropFirst()).compactMap { start, end in
      x.indices.filter { x[$0] >= start && x[$0] < end }.max { y[$0] < y[$1] }.map { x[$0] }
    }
  }
}
