// One step of a result: everything that a measure may ask between two points.

/// The value of expression number `expression` at an abscissa within the step that ends at the
/// point being recorded: a solver's dense output.
public typealias DenseOutput = (_ expression: Int, _ abscissa: Double) -> Double

/// The stretch from one point to the next; the second may lie below the first in a falling sweep.
struct MeasureStep {
  let start: Double
  let end: Double
  /// Values of all expressions at `start` and `end`.
  let before: UnsafePointer<Double>
  let after: UnsafePointer<Double>
  /// nil: straight lines between the points.
  let dense: DenseOutput?

  func holds(_ x: Double) -> Bool { x >= min(start, end) && x <= max(start, end) }

  /// The expression within the step.
  func value(_ index: Int, at x: Double) -> Double {
    if x == start { return before[index] }
    if x == end { return after[index] }
    if let dense { return dense(index, x) }
    return before[index] + (after[index] - before[index]) * ((x - start) / (end - start))
  }

  /// The part inside a window, `nil` when the step lies outside.
  func clipped(_ window: ClosedRange<Double>) -> (Double, Double)? {
    let low = max(min(start, end), window.lowerBound)
    let high = min(max(start, end), window.upperBound)
    guard low <= high else { return nil }
    return start <= end ? (low, high) : (high, low)
  }

  /// Slope of the expression at `x`: of the quartic through five values of the dense output, of the
  /// straight line without.
  func slope(_ index: Int, at x: Double) -> Double {
    let count = dense == nil ? 2 : 5
    let nodes = (0..<count).map { k in
      k == count - 1 ? end : start + (end - start) * Double(k) / Double(count - 1)
    }
    let values = nodes.map { value(index, at: $0) }
    var slope = 0.0
    for i in 0..<count {
      // derivative of Lagrange's polynomial i
      var sum = 0.0
      for j in 0..<count where j != i {
        var product = 1 / (nodes[i] - nodes[j])
        for k in 0..<count where k != i && k != j {
          product *= (x - nodes[k]) / (nodes[i] - nodes[k])
        }
        sum += product
      }
      slope += values[i] * sum
    }
    return slope
  }

  /// Where a quantity that is `first` at `start` and `last` at `end`, of different signs or one of
  /// them 0, becomes 0. Straight without dense output; with it, the Illinois variant of the false
  /// position on `function` (G. Dahlquist, A. Björck, Numerical Methods, 1974, section 6.3).
  func root(_ first: Double, _ last: Double, of function: (Double) -> Double) -> Double {
    if last == 0 { return end }
    if first == 0 { return start }
    var (a, b, fa, fb) = (start, end, first, last)
    var x = a + (b - a) * (fa / (fa - fb))
    guard dense != nil else { return x }
    for _ in 0..<60 where x != a && x != b {
      let f = function(x)
      if f == 0 { return x }
      if (f < 0) != (fb < 0) {
        (a, fa) = (b, fb)
      } else {
        fa /= 2
      }
      (b, fb) = (x, f)
      if abs(b - a) <= 4 * max(abs(a), abs(b)).ulp { break }
      let next = b - fb * (b - a) / (fb - fa)
      if abs(next - x) <= 2 * x.ulp { return next }
      x = next
    }
    return x
  }
}

/// A sum that stays accurate over 1e8 terms. Source: A. Neumaier, Z. angew. Math. Mech. 54, 39
/// (1974), doi:10.1002/zamm.19740540106.
struct CompensatedSum {
  private var sum = 0.0
  private var correction = 0.0

  var value: Double { sum + correction }

  mutating func add(_ term: Double) {
    let next = sum + term
    correction += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}

/// One measure, fed step by step.
protocol MeasureEvaluator {
  /// The first point, and each first point after an interruption.
  mutating func begin(at x: Double, values: UnsafePointer<Double>)
  mutating func advance(_ step: MeasureStep)
  func finish() -> MeasureOutcome
  /// Names of the measures without which it has no outcome.
  var needs: [String] { get }
  /// The outcome, given the other measures' results by name.
  func finish(knowing measures: [String: Double]) -> MeasureOutcome
}

extension MeasureEvaluator {
  var needs: [String] { [] }
  func finish(knowing measures: [String: Double]) -> MeasureOutcome { finish() }
}
