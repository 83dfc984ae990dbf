/// Straight lines between points, once or again and again: PULSE, PWL and PAT.
///
/// The points are passed once; from the time `loopEnd` on, the part from `loopStart` to `loopEnd`
/// is repeated, `passes` times in all.
struct PeriodicCurve: Waveform {
  /// When the points' time 0 is, seconds.
  var delay = 0.0
  /// Not decreasing; equal times make a jump.
  var times: [Double]
  var values: [Double]
  var loopStart = 0.0
  var loopEnd = Double.infinity
  var passes = Double.infinity
  /// Value after the last pass.
  var rest = 0.0

  private var period: Double { loopEnd - loopStart }

  func value(at time: Double, leftLimit: Bool) -> Double {
    let side = Instant.displaced(time, leftLimit: leftLimit)
    let index = pass(side)
    guard index < passes else { return rest }
    let start = index == 0 ? 0 : index * period
    return curve((time - delay) - start, chosenBy: (side - delay) - start)
  }

  /// Which pass a time belongs to, from 0.
  private func pass(_ time: Double) -> Double {
    guard period.isFinite, time - delay >= loopEnd else { return 0 }
    var index = max(0, ((time - delay - loopStart) / period).rounded(.down))
    // the division may have rounded across a whole number
    if corner(index, loopStart) > time { index -= 1 }
    if corner(index + 1, loopStart) <= time { index += 1 }
    return max(0, index)
  }

  /// The time at which the point `offset` of a pass is met.
  private func corner(_ pass: Double, _ offset: Double) -> Double {
    pass == 0 ? delay + offset : delay + (pass * period + offset)
  }

  /// The polyline at `time`; `side` says which segment counts at a jump.
  private func curve(_ time: Double, chosenBy side: Double) -> Double {
    let next = times.firstIndex(above: side)
    guard next > 0 else { return values[0] }
    guard next < times.count else { return values[next - 1] }
    let (t0, t1) = (times[next - 1], times[next])
    let fraction = min(max((time - t0) / (t1 - t0), 0), 1)
    return values[next - 1] + (values[next] - values[next - 1]) * fraction
  }

  func nextBreakpoint(after time: Double) -> Double {
    let bound = Instant.displaced(time, leftLimit: false)
    var index = max(0, pass(bound) - 1)
    // the pass found, its neighbours, and one more for rounding
    for _ in 0..<4 {
      guard index < passes else { break }
      if let found = nextCorner(of: index, after: bound) { return found }
      guard period.isFinite else { break }
      index += 1
    }
    let end = period.isFinite && passes.isFinite ? corner(passes, loopStart) : -.infinity
    return end > bound ? end : .infinity
  }

  private func nextCorner(of pass: Double, after bound: Double) -> Double? {
    let start = pass == 0 ? delay : delay + pass * period
    // corners are compared by the times they are met at, so the search begins a little early
    var next = times.firstIndex(above: bound - start - 8 * bound.ulp)
    let first = pass == 0 ? -Double.infinity : loopStart
    while next < times.count, times[next] <= loopEnd {
      let found = corner(pass, times[next])
      if found > bound, times[next] >= first { return found }
      next += 1
    }
    guard period.isFinite else { return nil }
    let end = corner(pass, loopEnd)
    return end > bound ? end : nil
  }
}

extension [Double] {
  /// The index of the first element above `value`; `count` where there is none. In order.
  func firstIndex(above value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
