/// Distance of a quantity from a file's column: the sum of the magnitudes of the differences, the
/// root of the sum of their squares, or the largest one.
///
/// The quantity is interpolated at the file's abscissae; over a dc sweep point meets row in order
/// and no abscissa is looked at (both as in Xyce, which interpolates by Akima's splines instead).
struct ErrorMeasure: MeasureEvaluator {
  enum Norm: String { case l1norm, l2norm, infnorm }

  let value: Int
  let norm: Norm
  /// nil: point by point.
  let window: ClosedRange<Double>?
  private let rows: [(x: Double, y: Double)]
  private var next = 0
  private var sum = CompensatedSum()
  private var largest = 0.0

  init(of value: Int, norm: Norm, rows: [(x: Double, y: Double)], window: ClosedRange<Double>?) {
    self.value = value
    self.norm = norm
    self.window = window
    if let window {
      self.rows = rows.filter { window.contains($0.x) }.sorted { $0.x < $1.x }
    } else {
      self.rows = rows
    }
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    if window == nil { return meet(values[value]) }
    while next < rows.count, rows[next].x == x { meet(values[value]) }
  }

  mutating func advance(_ step: MeasureStep) {
    if window == nil { return meet(step.after[value]) }
    while next < rows.count, rows[next].x <= step.end, step.holds(rows[next].x) {
      meet(step.value(value, at: rows[next].x))
    }
  }

  private mutating func meet(_ found: Double) {
    guard next < rows.count else { return }
    let distance = abs(found - rows[next].y)
    next += 1
    if !(distance <= largest) { largest = distance }
    sum.add(norm == .l2norm ? distance * distance : distance)
  }

  func finish() -> MeasureOutcome {
    guard !rows.isEmpty else { return .failed("no row of the file lies within the window") }
    guard next == rows.count else {
      return .failed("the result reaches \(next) of the file's \(rows.count) rows")
    }
    switch norm {
    case .l1norm: return .found(sum.value)
    case .l2norm: return .found(sum.value.squareRoot())
    case .infnorm: return .found(largest)
    }
  }
}
