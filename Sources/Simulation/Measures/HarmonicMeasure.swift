import Schematic

/// `four`: harmonics of the last period within a window. The points are resampled by Akima's
/// piecewise cubics, as for `.four`, on as many samples as the card says; the value is the total
/// harmonic distortion in per cent.
struct HarmonicMeasure: MeasureEvaluator {
  private let value: Int
  private let label: String
  private let frequency: Double
  private let count: Int
  private let samples: Int
  private let window: ClosedRange<Double>
  private var times: [Double] = []
  private var values: [Double] = []
  /// Points before it are older than a period.
  private var first = 0

  init(
    _ value: Int, label: String, frequency: Double, count: Int, samples: Int,
    window: ClosedRange<Double>
  ) {
    self.value = value
    self.label = label
    self.frequency = frequency
    self.count = count
    self.samples = samples
    self.window = window
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    if window.contains(x) { take(x, values[value]) }
  }

  mutating func advance(_ step: MeasureStep) {
    guard let (a, b) = step.clipped(window), b > a else { return }
    if times.last != a { take(a, step.value(value, at: a)) }
    take(b, step.value(value, at: b))
    // three points before the period, from which interpolation at its start draws
    while first + 3 < times.count, times[first + 3] <= b - 1 / frequency { first += 1 }
    if first > 1024, first > times.count / 2 {
      times.removeFirst(first)
      values.removeFirst(first)
      first = 0
    }
  }

  private mutating func take(_ x: Double, _ y: Double) {
    times.append(x)
    values.append(y)
  }

  func finish() -> MeasureOutcome {
    let period = 1 / frequency
    guard times.count > 1, let last = times.last, last - times[first] >= period * (1 - 1e-9) else {
      return .failed("the window is shorter than one period of the fundamental")
    }
    let curve = AkimaCurve(times[first...], Array(values[first...]))
    let start = last - period
    let table = HarmonicTable(
      label: label,
      samples: curve.values(
        at: (0..<samples).map { start + period * Double($0) / Double(samples) }),
      start: start, frequency: frequency, count: count)
    return .found(
      table.totalHarmonicDistortion, details: [MeasureResult.Detail("from", start)],
      harmonics: table)
  }
}
