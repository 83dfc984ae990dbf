extension SignalHistory {
  /// How many points a polynomial may go through.
  public enum Interpolation: Hashable, Sendable {
    case smooth
    case linear
  }

  /// Where a reader found its last place, so that the next is near.
  public struct Cursor: Hashable, Sendable {
    var behind = 0
    public init() {}
  }

  /// Every signal at one time: a weighted sum over recorded points, and the present's weight.
  public struct Stencil: Sendable {
    /// The first recorded point and how many follow each other.
    var first = 0
    var points = 1
    var weights = SIMD8<Double>.zero
    /// The derivative by the present value; 0 where the past alone decides.
    public internal(set) var presentWeight = 0.0

    init(point: Int) {
      first = point
      weights[0] = 1
    }
  }

  /// The weights with which signals are read at `time`.
  ///
  /// - Parameters:
  ///   - now: the present time, used only for times behind the last recorded point. Nil where no
  ///     value of the present may be used: the last value then holds.
  ///   - cursor: the reader's own.
  ///
  /// Before the first recorded point the signals had that point's values. At a jump the value after
  /// it is read.
  /// - Precondition: something is recorded.
  public func stencil(
    at time: Double, now: Double? = nil, interpolation: Interpolation = .smooth,
    cursor: inout Cursor
  ) -> Stencil {
    precondition(count > 0, "nothing is recorded")
    // the distance from the end survives the dropping of old points
    let next = index(after: time, near: count - cursor.behind)
    cursor.behind = count - next
    if next == 0 { return Stencil(point: 0) }
    if time == self.time(next - 1) { return Stencil(point: next - 1) }
    if next < count {
      if piece(next) != piece(next - 1) { return Stencil(point: next - 1) }
      return polynomial(at: time, from: next - 1, now: nil, interpolation)
    }
    guard let now, now > self.time(count - 1) else { return Stencil(point: count - 1) }
    return polynomial(at: time, from: count - 1, now: now, interpolation)
  }

  /// Lagrange's polynomial through the points around the interval that begins with point `from`, as
  /// many as the smooth piece has, not more than six; index `count` is the present.
  private func polynomial(
    at time: Double, from: Int, now: Double?, _ interpolation: Interpolation
  ) -> Stencil {
    let own = piece(from)
    let end = now == nil ? count : count + 1
    let width = interpolation == .linear ? 2 : Self.pointsMaximum
    let present = now ?? 0
    var (first, last) = (from, from + 1)
    @inline(__always) func moment(_ k: Int) -> Double { k == count ? present : self.time(k) }
    // Points much closer together than the interval's ends would magnify their errors.
    let shortest = 0.1 * (moment(last) - moment(from))
    while last - first + 1 < width {
      let canGrowBack =
        first > 0 && piece(first - 1) == own && moment(first) - moment(first - 1) > shortest
      let canGrowAhead =
        last + 1 < end && (last + 1 == count || piece(last + 1) == own)
        && moment(last + 1) - moment(last) > shortest
      if !canGrowBack && !canGrowAhead { break }
      // towards the side that has fewer points, so that the interval stays in the middle
      if canGrowBack && (from - first <= last - from - 1 || !canGrowAhead) {
        first -= 1
      } else {
        last += 1
      }
    }
    var places = SIMD8<Double>.zero
    for k in first...last { places[k - first] = moment(k) }
    return weigh(places, last - first + 1, time, first, presentIsLast: last == count)
  }

  private func weigh(
    _ places: SIMD8<Double>, _ points: Int, _ time: Double, _ first: Int, presentIsLast: Bool
  ) -> Stencil {
    let lanes = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
    var (above, below) = (SIMD8<Double>(repeating: 1), SIMD8<Double>(repeating: 1))
    for j in 0..<points {
      let own = lanes .== Int64(j)
      above *= SIMD8(repeating: time - places[j]).replacing(with: 1, where: own)
      below *= (places - places[j]).replacing(with: 1, where: own)
    }
    var stencil = Stencil(point: first)
    stencil.points = points
    stencil.weights = (above / below).replacing(with: 0, where: lanes .>= Int64(points))
    if presentIsLast {
      stencil.presentWeight = stencil.weights[points - 1]
      stencil.weights[points - 1] = 0
      stencil.points -= 1
    }
    return stencil
  }

  /// What the recorded points alone make of one signal.
  public func value(_ stencil: Stencil, of signal: Int) -> Double {
    var sum = 0.0
    for k in 0..<stencil.points { sum += stencil.weights[k] * row(stencil.first + k)[signal] }
    return sum
  }

  /// `value` of `readerCount` signals, their numbers in `signals`, into `bases`.
  public func read(
    _ stencil: Stencil, signals: UnsafePointer<Int32>, readerCount: Int,
    into bases: UnsafeMutablePointer<Double>
  ) {
    // rows beyond the last have a weight of zero, and the first row's numbers
    func row(_ k: Int) -> UnsafePointer<Double> {
      self.row(stencil.first + (k < stencil.points ? k : 0))
    }
    let weights = stencil.weights
    let (a, b, c, d, e, f) = (row(0), row(1), row(2), row(3), row(4), row(5))
    for j in 0..<readerCount {
      let signal = Int(signals[j])
      let early = weights[0] * a[signal] + weights[1] * b[signal] + weights[2] * c[signal]
      let late = weights[3] * d[signal] + weights[4] * e[signal] + weights[5] * f[signal]
      bases[j] = early + late
    }
  }
}
