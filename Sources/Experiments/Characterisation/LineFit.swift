import Numerics

/// y = intercept + slope x by least squares.
struct LineFit {
  let slope: Double
  let intercept: Double
  /// Root mean square of the residuals.
  let residual: Double

  /// - Precondition: two different abscissas at least.
  init(_ x: [Double], _ y: [Double]) {
    let count = Double(x.count)
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let slope = product / spread
    self.slope = slope
    let intercept = meanY - slope * meanX
    self.intercept = intercept
    let squares = zip(x, y).reduce(0) { sum, point in
      let miss = point.1 - intercept - slope * point.0
      return sum + miss * miss
    }
    residual = (squares / count).squareRoot()
  }

  /// Where the line meets 0.
  var root: Double { -intercept / slope }

  /// Root mean square of the relative deviations of `measured` from `model`.
  static func deviation(_ measured: [Double], from model: [Double]) -> Double {
    let squares = zip(measured, model).reduce(0) { sum, pair in
      let miss = pair.0 / pair.1 - 1
      return sum + miss * miss
    }
    return (squares / Double(max(1, measured.count))).squareRoot()
  }
}
