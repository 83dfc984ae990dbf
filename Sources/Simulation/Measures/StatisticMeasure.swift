/// Smallest and largest value, average, root mean square and integral inside a window, whose ends
/// are interpolated. Integrals are trapezoidal sums over the points, that of the square too (as in
/// Xyce and ngspice); the average is the integral over the window's length.
struct StatisticMeasure: WindowedEvaluator {
  enum Form: String {
    case min, max, pp, avg, rms, integ
    case minimumPlace = "min_at"
    case maximumPlace = "max_at"
  }

  let form: Form
  let value: Int
  var window: ClosedRange<Double>

  private var integral = CompensatedSum()
  private var square = CompensatedSum()
  private var span = CompensatedSum()
  private var smallest: (x: Double, y: Double)?
  private var largest: (x: Double, y: Double)?
  private var first = 0.0
  private var last = 0.0

  init(_ form: Form, of value: Int, in window: ClosedRange<Double>) {
    self.form = form
    self.value = value
    self.window = window
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    if window.contains(x) { take(x, values[value]) }
  }

  mutating func advance(_ step: MeasureStep) {
    guard let (a, b) = step.clipped(window) else { return }
    let ya = step.value(value, at: a)
    let yb = step.value(value, at: b)
    take(a, ya)
    take(b, yb)
    let half = 0.5 * (b - a)
    integral.add(half * (ya + yb))
    square.add(half * (ya * ya + yb * yb))
    span.add(b - a)
  }

  private mutating func take(_ x: Double, _ y: Double) {
    if smallest == nil { first = x }
    last = x
    if !(y >= smallest?.y ?? .infinity) { smallest = (x, y) }
    if !(y <= largest?.y ?? -.infinity) { largest = (x, y) }
  }

  func finish() -> MeasureOutcome {
    guard let smallest, let largest else {
      return .failed("no point of the result lies within the window")
    }
    let ends = [MeasureResult.Detail("from", first), MeasureResult.Detail("to", last)]
    switch form {
    case .min: return .found(smallest.y, abscissa: smallest.x, details: ends)
    case .max: return .found(largest.y, abscissa: largest.x, details: ends)
    case .minimumPlace:
      return .found(
        smallest.x, abscissa: smallest.x, details: [MeasureResult.Detail("with", smallest.y)])
    case .maximumPlace:
      return .found(
        largest.x, abscissa: largest.x, details: [MeasureResult.Detail("with", largest.y)])
    case .pp: return .found(largest.y - smallest.y, details: ends)
    case .avg, .rms:
      guard span.value != 0 else { return .failed("a single point has no average") }
      let mean = (form == .avg ? integral : square).value / span.value
      return .found(form == .avg ? mean : mean.squareRoot(), details: ends)
    case .integ: return .found(integral.value, details: ends)
    }
  }
}
