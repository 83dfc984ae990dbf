import Numerics

/// Functions given by points: `table`, `pwl`, `cubic`, `akima` and `bli` of deck expressions.
///
/// Points are read where they stand among the values of the expression, so that nothing is copied.
/// Their abscissae increase; two equal ones make a step.
struct Interpolation<Scalar: RealScalar> {
  /// Indices into `values`: x0, y0, x1, y1, ...
  let operands: ArraySlice<Int32>
  let values: [Scalar]

  private var count: Int { operands.count / 2 }

  private func x(_ i: Int) -> Scalar { values[Int(operands[operands.startIndex + 2 * i])] }
  private func y(_ i: Int) -> Scalar { values[Int(operands[operands.startIndex + 2 * i + 1])] }

  func value(of function: Function, at x: Scalar) -> Scalar {
    if count == 1 { return y(0) }
    switch function {
    case .spline where count > 2: return naturalSpline(x)
    case .akima where count > 2: return akima(x)
    case .barycentric: return barycentric(x)
    case .pwl, .spline: return line(x, interval(x.value))
    default:
      if x.value <= self.x(0).value { return y(0) }
      if x.value >= self.x(count - 1).value { return y(count - 1) }
      return line(x, interval(x.value))
    }
  }

  private func line(_ at: Scalar, _ i: Int) -> Scalar {
    let (x0, x1) = (x(i), x(i + 1))
    guard x1.value != x0.value else { return y(i + 1) }
    return y(i) + (y(i + 1) - y(i)) * (at - x0) / (x1 - x0)
  }

  /// The interval to use for `x`: the first or the last outside.
  private func interval(_ x: Double) -> Int {
    var low = 0
    var high = count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.x(middle).value <= x { low = middle } else { high = middle }
    }
    return low
  }

  /// The natural cubic spline (second derivative zero at both ends), straight outside. The second
  /// derivatives solve a tridiagonal system by Thomas' algorithm.
  private func naturalSpline(_ at: Scalar) -> Scalar {
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * count) { room in
      room.initialize(repeating: Scalar(0))
      let curvature = room[0..<count]
      let upper = count
      for i in 1..<count - 1 {
        let h0 = x(i) - x(i - 1)
        let h1 = x(i + 1) - x(i)
        let right: Scalar = (y(i + 1) - y(i)) / h1
        let left: Scalar = (y(i) - y(i - 1)) / h0
        let pivot: Scalar = 2 * (h0 + h1) - h0 * room[upper + i - 1]
        room[upper + i] = h1 / pivot
        room[i] = (6 * (right - left) - h0 * room[i - 1]) / pivot
      }
      for i in stride(from: count - 2, to: 0, by: -1) {
        room[i] = room[i] - room[upper + i] * room[i + 1]
      }
      return cubic(at, curvature)
    }
  }

  private func cubic(_ at: Scalar, _ curvature: Slice<UnsafeMutableBufferPointer<Scalar>>)
    -> Scalar
  {
    let i = interval(at.value)
    let h = x(i + 1) - x(i)
    let (y0, y1) = (y(i), y(i + 1))
    let (c0, c1) = (curvature[i], curvature[i + 1])
    let sixth = Scalar(6)
    let chord = (y1 - y0) / h
    if at.value < x(0).value {
      let slope = chord - h * (c0 + c0 + c1) / sixth
      return y0 + slope * (at - x(0))
    }
    if at.value > x(count - 1).value {
      let slope = chord + h * (c0 + c1 + c1) / sixth
      return y1 + slope * (at - x(count - 1))
    }
    let a = (x(i + 1) - at) / h
    let b = (at - x(i)) / h
    let bend: Scalar = (a * a * a - a) * c0 + (b * b * b - b) * c1
    return a * y0 + b * y1 + h * h * bend / sixth
  }

  /// Akima's local spline (J. ACM 17 (1970) 589): the slope at a point is the mean of the slopes
  /// beside it, weighed by how little the next ones turn. Constant outside.
  private func akima(_ at: Scalar) -> Scalar {
    if at.value <= x(0).value { return y(0) }
    if at.value >= x(count - 1).value { return y(count - 1) }
    let i = interval(at.value)
    let h = x(i + 1) - x(i)
    let t = (at - x(i)) / h
    let chord = chordSlope(i)
    let (s0, s1) = (slope(i), slope(i + 1))
    let second: Scalar = 3 * chord - 2 * s0 - s1
    let third: Scalar = s0 + s1 - 2 * chord
    return y(i) + h * t * (s0 + t * (second + t * third))
  }

  /// Slope of interval `i`; beyond both ends two more follow as a parabola would have them.
  private func chordSlope(_ i: Int) -> Scalar {
    let last = count - 2
    if i < 0 { return 2 * chordSlope(i + 1) - (i + 2 <= last ? chordSlope(i + 2) : chordSlope(0)) }
    if i > last {
      return 2 * chordSlope(i - 1) - (i - 2 >= 0 ? chordSlope(i - 2) : chordSlope(last))
    }
    return (y(i + 1) - y(i)) / (x(i + 1) - x(i))
  }

  private func slope(_ i: Int) -> Scalar {
    let (m0, m1) = (chordSlope(i - 2), chordSlope(i - 1))
    let (m2, m3) = (chordSlope(i), chordSlope(i + 1))
    let (w1, w2) = ((m3 - m2).magnitude, (m1 - m0).magnitude)
    let sum = w1 + w2
    if sum.value == 0 { return (m1 + m2) / Scalar(2) }
    return (w1 * m1 + w2 * m2) / sum
  }

  /// Lagrange's polynomial in its second barycentric form (J.-P. Berrut and L. N. Trefethen, SIAM
  /// Review 46 (2004) 501).
  private func barycentric(_ at: Scalar) -> Scalar {
    var above = Scalar(0)
    var below = Scalar(0)
    for i in 0..<count {
      let distance = at - x(i)
      if distance.value == 0 { return y(i) }
      var weight = Scalar(1)
      for j in 0..<count where j != i { weight = weight / (x(i) - x(j)) }
      let term = weight / distance
      above = above + term * y(i)
      below = below + term
    }
    return above / below
  }
}
