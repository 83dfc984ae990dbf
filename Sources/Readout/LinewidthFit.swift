// The linewidth of an oscillation with phase noise.
//
// Phase diffusion <dphi^2> = D t makes the line a Lorentzian of full width at half maximum
// D / (2 pi) in hertz:  S(f) = height / (1 + (2 (f - centre) / width)^2) + floor.
// The averaged density scatters in proportion to itself and its distribution is that of a gamma
// variable, so the fit maximises the Whittle likelihood, minimising the sum over bins of
// ln S + P / S (P. Whittle, 1953), by Levenberg-Marquardt steps of Fisher scoring, which are
// weighted least squares with weights 1 / S^2.

import Numerics

public struct LinewidthFit: Equatable, Sendable {
  /// Hertz.
  public var centre: Double
  /// Full width at half maximum, in hertz.
  public var width: Double
  /// Density at the centre above the floor, in the signal's unit squared per hertz.
  public var height: Double
  /// Density far from the line.
  public var floor: Double
  /// Root-mean-square relative residual over the fitted bins times the square root of the number of
  /// independent segments: near 1 for a Lorentzian, larger for another shape.
  public var scatter: Double
  /// Bins fitted.
  public var bins: Int

  public enum Failure: Error, Hashable, Sendable {
    /// No line: fewer than 8 bins, or all zero, or not finite.
    case noLine
    /// The line is narrower than four bins, near the window's own width: take longer segments.
    case unresolved(resolution: Double)
    /// The steps did not settle.
    case noConvergence
  }

  /// Fits the highest line of a density.
  ///
  /// - Parameters:
  ///   - halfRange: hertz on each side of the peak; nil for 10 times a first guess of the width.
  /// - Throws: `Failure`.
  public init(_ density: SpectralDensity, halfRange: Double? = nil) throws {
    guard let peak = density.peak, density.values.count >= 8, density.values[peak] > 0,
      density.values.allSatisfy(\.isFinite)
    else { throw Failure.noLine }
    let guess = LinewidthFit.guess(density, peak)
    let resolution = density.resolution
    let range = halfRange ?? max(10 * guess.width, 8 * resolution)
    let reach = max(4, Int(min((range / resolution).rounded(), Double(density.values.count))))
    // The bin at zero holds the removed mean and is left out.
    let first = max(1, guess.bin - reach)
    let last = min(density.values.count - 1, guess.bin + reach)
    guard last - first >= 7 else { throw Failure.noLine }
    // In units of bins and of the peak, where all four parameters are of order one.
    let scale = density.values[peak]
    let points = (first...last).map { bin in
      (Double(bin - guess.bin), density.values[bin] / scale)
    }
    let width = max(1, guess.width / resolution)
    var fit = Lorentzian(centre: 0, width: width, height: guess.height / scale, floor: 1e-3)
    let settled = fit.improve(points)
    // A Hann window alone makes a line 1.44 bins wide.
    guard fit.width >= 4 else { throw Failure.unresolved(resolution: resolution) }
    guard settled else { throw Failure.noConvergence }
    centre = (Double(guess.bin) + fit.centre) * resolution
    self.width = fit.width * resolution
    height = fit.height * scale
    floor = fit.floor * scale
    bins = points.count
    let squares = points.reduce(0) { sum, point in
      let residual = point.1 / fit.value(point.0) - 1
      return sum + residual * residual
    }
    // Hann segments that overlap by half are correlated by 1/36 in power (Welch 1967).
    let independent = max(1, Double(density.segments) * 18 / 19)
    scatter = (squares / Double(points.count) * independent).squareRoot()
  }

  /// The line's first guess: half of its power lies within half a width of its centre.
  private static func guess(
    _ density: SpectralDensity, _ peak: Int
  ) -> (bin: Int, width: Double, height: Double) {
    let values = density.values
    // The highest single bin scatters; the width at half maximum of a smoothed line steadies it.
    var reach = 1
    var width = 1
    while reach < values.count {
      let window = (max(1, peak - reach)...min(values.count - 1, peak + reach))
      let mean = window.reduce(0) { $0 + values[$1] } / Double(window.count)
      // The mean of a Lorentzian over +- one half-width is pi / 4 of its height.
      if mean < 0.5 * values[peak] { break }
      width = 2 * reach
      reach = max(reach + 1, reach * 5 / 4)
    }
    let half = max(1, width / 2)
    var bin = peak
    var sum = 0.0
    var moment = 0.0
    for index in max(1, peak - half)...min(values.count - 1, peak + half) {
      sum += values[index]
      moment += Double(index) * values[index]
    }
    // Finite values of 1e308 have a sum that is not.
    if sum > 0, moment.isFinite { bin = Int((moment / sum).rounded()) }
    let height = sum / Double(2 * half + 1) * 4 / Double.pi
    return (bin, Double(width) * density.resolution, height)
  }
}

/// The line in units of bins.
private struct Lorentzian {
  var centre: Double
  var width: Double
  var height: Double
  var floor: Double

  func value(_ x: Double) -> Double {
    let u = 2 * (x - centre) / width
    return height / (1 + u * u) + floor
  }

  /// Derivatives by centre, ln width, ln height and ln floor, which keep the last three positive.
  func gradient(_ x: Double) -> [Double] {
    let u = 2 * (x - centre) / width
    let bell = 1 / (1 + u * u)
    let slope = height * bell * bell * 2 * u
    return [slope * 2 / width, slope * u, height * bell, floor]
  }

  func moved(_ step: [Double]) -> Lorentzian {
    // No step may change a quantity by more than a factor of e^2.
    let bounded = step.map { min(2, max(-2, $0)) }
    return Lorentzian(
      centre: centre + min(width, max(-width, step[0])), width: width * exponential(bounded[1]),
      height: height * exponential(bounded[2]), floor: max(1e-15, floor * exponential(bounded[3])))
  }

  func cost(_ points: [(Double, Double)]) -> Double {
    points.reduce(0) { sum, point in
      let expected = value(point.0)
      return sum + naturalLogarithm(expected) + point.1 / expected
    }
  }

  /// Moves to the least cost; false if it is not found in 200 steps.
  mutating func improve(_ points: [(Double, Double)]) -> Bool {
    var damping = 1e-3
    var current = cost(points)
    for _ in 0..<200 {
      var matrix = [Double](repeating: 0, count: 16)
      var right = [Double](repeating: 0, count: 4)
      for (x, y) in points {
        let expected = value(x)
        let slopes = gradient(x).map { $0 / expected }
        let residual = y / expected - 1
        for row in 0..<4 {
          right[row] += slopes[row] * residual
          for column in 0..<4 { matrix[4 * row + column] += slopes[row] * slopes[column] }
        }
      }
      for index in 0..<4 { matrix[5 * index] = matrix[5 * index] * (1 + damping) + 1e-12 }
      guard let step = solved(matrix, right) else { return false }
      let next = moved(step)
      let cost = next.cost(points)
      guard cost.isFinite, cost <= current else {
        damping *= 10
        if damping > 1e12 { return true }
        continue
      }
      let gain = current - cost
      self = next
      current = cost
      damping = max(1e-12, damping / 10)
      if gain < 1e-12 * Double(points.count) { return true }
    }
    return false
  }
}

/// The solution of four linear equations by Gauss' elimination with row exchanges; nil if singular.
private func solved(_ matrix: [Double], _ right: [Double]) -> [Double]? {
  var rows = (0..<4).map { row in Array(matrix[(4 * row)..<(4 * row + 4)]) + [right[row]] }
  for column in 0..<4 {
    let pivot = (column..<4).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
    guard abs(rows[pivot][column]) > 0, rows[pivot][column].isFinite else { return nil }
    rows.swapAt(column, pivot)
    for row in 0..<4 where row != column {
      let factor = rows[row][column] / rows[column][column]
      for index in column..<5 { rows[row][index] -= factor * rows[column][index] }
    }
  }
  return (0..<4).map { rows[$0][4] / rows[$0][$0] }
}
