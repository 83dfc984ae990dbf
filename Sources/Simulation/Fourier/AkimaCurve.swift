// Piecewise cubics through points, by Akima's slopes: smooth where the data are, straight where the
// data lie on a straight line, so that corners of pulses do not ring.
//
// Source: H. Akima, J. ACM 17, 589 (1970), doi:10.1145/321607.321609. Where the weights of both
// sides vanish the slope is the mean of the neighbouring chords. A jump (two points at one
// abscissa) ends one curve and begins another.

/// A curve through points in the order of their abscissae.
struct AkimaCurve {
  private var x: [Double] = []
  private var y: [Double] = []
  private var slopes: [Double] = []
  /// Number of the smooth stretch each point belongs to.
  private var stretch: [Int] = []

  init(_ abscissae: ArraySlice<Double>, _ values: [Double]) {
    precondition(abscissae.count == values.count && !values.isEmpty, "a value a point")
    var begin = 0
    let all = Array(abscissae)
    for index in 1...all.count where index == all.count || all[index] <= all[index - 1] {
      append(all[begin..<index], values[begin..<index])
      begin = index
    }
  }

  private mutating func append(_ xs: ArraySlice<Double>, _ ys: ArraySlice<Double>) {
    let number = (stretch.last ?? -1) + 1
    x += xs
    y += ys
    stretch += [Int](repeating: number, count: xs.count)
    slopes += Self.slopes(Array(xs), Array(ys))
  }

  private static func slopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let count = x.count
    guard count > 1 else { return [0] }
    var chords: [Double] = []
    for i in 1..<count { chords.append((y[i] - y[i - 1]) / (x[i] - x[i - 1])) }
    guard count > 2 else { return [chords[0], chords[0]] }
    // two chords beyond each end continue the parabola through the last three points
    let last = chords.count - 1
    let beyond = 2 * chords[last] - chords[last - 1]
    let ahead = 2 * chords[0] - chords[1]
    let farAhead: Double = 2 * ahead - chords[0]
    let farBeyond: Double = 2 * beyond - chords[last]
    var m: [Double] = [farAhead, ahead]
    m += chords
    m += [beyond, farBeyond]
    return (0..<count).map { (i: Int) -> Double in
      // chords m[i + 1] and m[i + 2] meet at point i
      let left = abs(m[i + 1] - m[i])
      let right = abs(m[i + 3] - m[i + 2])
      let sum = left + right
      guard sum > 1e-12 * (abs(m[i + 1]) + abs(m[i + 2])) else {
        return 0.5 * (m[i + 1] + m[i + 2])
      }
      return (right * m[i + 1] + left * m[i + 2]) / sum
    }
  }

  /// Values at rising abscissae; outside the points the first or last value.
  func values(at grid: [Double]) -> [Double] {
    var i = 0
    return grid.map { t in
      while i + 2 < x.count, x[i + 1] <= t { i += 1 }
      if t <= x[0] { return y[0] }
      guard i + 1 < x.count, t < x[x.count - 1] else { return y[y.count - 1] }
      let h = x[i + 1] - x[i]
      guard h > 0, stretch[i] == stretch[i + 1] else { return y[i + 1] }
      let s = (t - x[i]) / h
      let chord = (y[i + 1] - y[i]) / h
      let c = 3 * chord - 2 * slopes[i] - slopes[i + 1]
      let d = slopes[i] + slopes[i + 1] - 2 * chord
      return y[i] + s * h * (slopes[i] + s * (c + s * d))
    }
  }
}
