import Numerics

/// Functions given by points: `table`, `pwl` and `spline` of deck expressions.
enum Interpolation {
  /// The function at `x` through `points`: x0, y0, x1, y1, ... with increasing abscissae. Points
  /// out of order give NaN (the parser refuses those it can see).
  static func apply<Scalar: RealScalar>(
    _ function: Function, _ x: Scalar, _ points: [Scalar]
  ) -> Scalar {
    let count = points.count / 2
    if count == 1 { return points[1] }
    for i in 1..<count where !(points[2 * i - 2].value < points[2 * i].value) {
      return Scalar(.nan)
    }
    if function == .spline && count > 2 { return naturalSpline(x, points) }
    let below = x.value < points[0].value
    let above = x.value > points[2 * count - 2].value
    if function == .table {
      if below { return points[1] }
      if above { return points[2 * count - 1] }
    }
    let i = interval(x.value, points)
    let (x0, y0) = (points[2 * i], points[2 * i + 1])
    let (x1, y1) = (points[2 * i + 2], points[2 * i + 3])
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
  }

  /// The interval to use for `x`: the first or the last outside.
  private static func interval<Scalar: RealScalar>(_ x: Double, _ points: [Scalar]) -> Int {
    var low = 0
    var high = points.count / 2 - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if points[2 * middle].value <= x { low = middle } else { high = middle }
    }
    return low
  }

  /// The natural cubic spline (second derivative zero at both ends), straight outside. The second
  /// derivatives solve a tridiagonal system by Thomas' algorithm.
  private static func naturalSpline<Scalar: RealScalar>(
    _ x: Scalar, _ points: [Scalar]
  ) -> Scalar {
    let count = points.count / 2
    var curvature = [Scalar](repeating: Scalar(0), count: count)
    var upper = curvature
    for i in 1..<count - 1 {
      let h0 = points[2 * i] - points[2 * i - 2]
      let h1 = points[2 * i + 2] - points[2 * i]
      let right: Scalar = (points[2 * i + 3] - points[2 * i + 1]) / h1
      let left: Scalar = (points[2 * i + 1] - points[2 * i - 1]) / h0
      let pivot: Scalar = 2 * (h0 + h1) - h0 * upper[i - 1]
      upper[i] = h1 / pivot
      curvature[i] = (6 * (right - left) - h0 * curvature[i - 1]) / pivot
    }
    for i in stride(from: count - 2, to: 0, by: -1) {
      curvature[i] = curvature[i] - upper[i] * curvature[i + 1]
    }
    let i = interval(x.value, points)
    let h = points[2 * i + 2] - points[2 * i]
    let (y0, y1) = (points[2 * i + 1], points[2 * i + 3])
    let (c0, c1) = (curvature[i], curvature[i + 1])
    let sixth = Scalar(6)
    let chord = (y1 - y0) / h
    if x.value < points[0].value {
      let slope = chord - h * (c0 + c0 + c1) / sixth
      return y0 + slope * (x - points[0])
    }
    if x.value > points[2 * count - 2].value {
      let slope = chord + h * (c0 + c1 + c1) / sixth
      return y1 + slope * (x - points[2 * count - 2])
    }
    let a = (points[2 * i + 2] - x) / h
    let b = (x - points[2 * i]) / h
    let bend: Scalar = (a * a * a - a) * c0 + (b * b * b - b) * c1
    let line: Scalar = a * y0 + b * y1
    return line + h * h * bend / sixth
  }
}
