extension SignalHistory {
  /// Where a reader found its last value, so that the next is near.
  public struct Cursor: Hashable, Sendable {
    var behind = 0
    public init() {}
  }

  /// The signal at `time`.
  ///
  /// - Parameters:
  ///   - now: the present time and the signal's (perhaps still unknown) value then; used only for
  ///     times behind the last recorded point. Nil where no value of the present may be used: the
  ///     last value then holds.
  ///   - cursor: the reader's own.
  ///
  /// Before the first recorded point the signal had that point's value. At a jump the value after
  /// it is read.
  public func read(
    at time: Double, now: (time: Double, value: Double)? = nil, cursor: inout Cursor
  ) -> Reading {
    guard count > 0 else { return Reading(value: now?.value ?? 0, weight: now == nil ? 0 : 1) }
    // the distance from the end survives the dropping of old points
    let next = index(after: time, near: count - cursor.behind)
    cursor.behind = count - next
    if next == 0 { return Reading(value: value(0), weight: 0) }
    if time == self.time(next - 1) { return Reading(value: value(next - 1), weight: 0) }
    if next == count {
      guard let now, now.time > self.time(count - 1) else {
        return Reading(value: value(count - 1), weight: 0)
      }
      return polynomial(at: time, from: count - 1, to: count, now: now)
    }
    return polynomial(at: time, from: next - 1, to: next, now: nil)
  }

  /// Lagrange's polynomial through the points around the interval `from...to`, as many as the
  /// smooth piece has, not more than six; index `count` is the present.
  private func polynomial(
    at time: Double, from: Int, to: Int, now: (time: Double, value: Double)?
  ) -> Reading {
    let own = piece(from)
    if to < count && piece(to) != own { return Reading(value: value(from), weight: 0) }
    let end = now == nil ? count : count + 1
    let width = interpolation == .linear ? 2 : Self.pointsMaximum
    var (first, last) = (from, to)
    func moment(_ k: Int) -> Double { k == count ? now!.time : self.time(k) }
    // Points much closer together than the interval's ends would magnify their errors.
    let shortest = 0.1 * (moment(to) - moment(from))
    while last - first + 1 < width {
      let canGrowBack =
        first > 0 && piece(first - 1) == own && moment(first) - moment(first - 1) > shortest
      let canGrowAhead =
        last + 1 < end && (last + 1 == count || piece(last + 1) == own)
        && moment(last + 1) - moment(last) > shortest
      if !canGrowBack && !canGrowAhead { break }
      // towards the side that has fewer points, so that the interval stays in the middle
      if canGrowBack && (from - first <= last - to || !canGrowAhead) {
        first -= 1
      } else {
        last += 1
      }
    }
    var reading = Reading(value: 0, weight: 0)
    for k in first...last {
      let place = moment(k)
      var factor = 1.0
      for j in first...last where j != k {
        let other = moment(j)
        factor *= (time - other) / (place - other)
      }
      if k == count {
        reading.weight = factor
        reading.value += factor * now!.value
      } else {
        reading.value += factor * value(k)
      }
    }
    return reading
  }
}
