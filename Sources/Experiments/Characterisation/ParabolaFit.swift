/// y = c0 + c1 u + c2 u^2 with u = x / x_last - 1, by least squares.
struct ParabolaFit {
  private let scale: Double
  private let coefficients: (Double, Double, Double)

  /// - Precondition: three different abscissas at least, the last not 0.
  init(_ x: [Double], _ y: [Double]) {
    let last = x[x.count - 1]
    scale = last
    let u = x.map { $0 / last - 1 }
    func moment(_ order: Int) -> Double {
      u.reduce(0) { sum, value in sum + (0..<order).reduce(1) { power, _ in power * value } }
    }
    func product(_ order: Int) -> Double {
      zip(u, y).reduce(0) { sum, point in
        sum + (0..<order).reduce(point.1) { power, _ in power * point.0 }
      }
    }
    let m = (0...4).map(moment)
    let p = (0...2).map(product)
    func determinant(_ a: [Double], _ b: [Double], _ c: [Double]) -> Double {
      a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1])
        + c[0] * (a[1] * b[2] - a[2] * b[1])
    }
    let columns = (0...2).map { [m[$0], m[$0 + 1], m[$0 + 2]] }
    let whole = determinant(columns[0], columns[1], columns[2])
    coefficients = (
      determinant(p, columns[1], columns[2]) / whole,
      determinant(columns[0], p, columns[2]) / whole,
      determinant(columns[0], columns[1], p) / whole
    )
  }

  /// Where it meets 0 below the last abscissa, going up; NaN where it does not.
  var root: Double {
    let (c0, c1, c2) = coefficients
    let inner = c1 * c1 - 4 * c2 * c0
    guard inner >= 0 else { return .nan }
    // of the two roots the one that stays finite as c2 vanishes
    return scale * (1 - 2 * c0 / (c1 + inner.squareRoot()))
  }

  func slope(at x: Double) -> Double {
    (coefficients.1 + 2 * coefficients.2 * (x / scale - 1)) / scale
  }
}
