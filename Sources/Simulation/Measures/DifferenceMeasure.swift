import Numerics
import Schematic

/// Distance of a second quantity c from a first one m over the points n of a window, as in HSPICE
/// (and Xyce, which has its first two forms):
///
///   err1: sqrt(mean of ((m - c) / max(minval, |m|))^2)
///   err2: mean of |m - c| / max(minval, |m|)
///   err3: mean of |log |m / c|| / |log max(minval, |m|)|
///
/// Points where |m| lies outside least...greatest do not count.
struct DifferenceMeasure: MeasureEvaluator {
  let first: Int
  let second: Int
  let comparison: MeasureCard.Comparison
  let magnitudes: ClosedRange<Double>
  let floor: Double
  let window: ClosedRange<Double>
  private var sum = CompensatedSum()
  private var count = 0

  init(
    _ first: Int, _ second: Int, _ comparison: MeasureCard.Comparison,
    magnitudes: ClosedRange<Double>, floor: Double, window: ClosedRange<Double>
  ) {
    self.first = first
    self.second = second
    self.comparison = comparison
    self.magnitudes = magnitudes
    self.floor = floor
    self.window = window
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) { take(x, values) }
  mutating func advance(_ step: MeasureStep) { take(step.end, step.after) }

  private mutating func take(_ x: Double, _ values: UnsafePointer<Double>) {
    let (m, c) = (values[first], values[second])
    guard window.contains(x), magnitudes.contains(abs(m)) else { return }
    let scale = max(floor, abs(m))
    count += 1
    switch comparison {
    case .rootMeanSquare: sum.add((m - c) / scale * ((m - c) / scale))
    case .meanMagnitude: sum.add(abs(m - c) / scale)
    case .logarithm: sum.add(abs(naturalLogarithm(abs(m / c)) / naturalLogarithm(scale)))
    }
  }

  func finish() -> MeasureOutcome {
    guard count > 0 else { return .failed("no point of the result counts") }
    let mean = sum.value / Double(count)
    return .found(
      comparison == .rootMeanSquare ? mean.squareRoot() : mean,
      details: [MeasureResult.Detail("points", Double(count))])
  }
}
