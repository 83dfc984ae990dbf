import Schematic

/// An evaluator that looks at a window, which may be moved.
protocol WindowedEvaluator: MeasureEvaluator {
  var window: ClosedRange<Double> { get set }
}

/// A statistic of one stretch of the result: from the count-th rise (fall, crossing) of the
/// quantity through a level to the next one, or to the end; counts below 0 are from the last.
struct StretchMeasure<Inner: WindowedEvaluator>: MeasureEvaluator {
  /// The statistic before anything was recorded; its window bounds the crossings too.
  private let fresh: Inner
  private let count: Int
  /// Never settled: it is asked after each step whether it has seen one more.
  private var counter: CrossingCounter
  private var open: [Inner] = []
  private var seen = 0

  init(_ fresh: Inner, of value: Int, _ stretch: MeasureCard.Stretch, resolution: Double) {
    self.fresh = fresh
    count = stretch.count
    counter = CrossingCounter(
      value: value, level: .constant(stretch.level ?? 0), edge: stretch.edge, count: -1,
      window: fresh.window, resolution: resolution)
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    counter.begin(values: values)
    if let last = open.indices.last { open[last].begin(at: x, values: values) }
  }

  mutating func advance(_ step: MeasureStep) {
    // behind the stretch that is asked for nothing changes
    guard count < 0 || seen <= count else { return }
    let before = counter.seen
    counter.advance(step) { _ in 0 }
    let last = open.indices.last
    guard counter.seen > before, let x = counter.found?.x else {
      if let last { open[last].advance(step) }
      return
    }
    seen += 1
    if let last {
      let begin = open[last].window.lowerBound
      // in a falling sweep the crossings come from above
      open[last].window =
        step.start <= step.end
        ? begin...max(begin, x)
        : min(x, open[last].window.upperBound)...open[last].window.upperBound
      open[last].advance(step)
    }
    var next = fresh
    next.window =
      step.start <= step.end
      ? x...fresh.window.upperBound : fresh.window.lowerBound...x
    next.begin(at: step.start, values: step.before)
    next.advance(step)
    if count > 0 {
      if seen == count { open = [next] }
    } else {
      if open.count == -count { open.removeFirst() }
      open.append(next)
    }
  }

  func finish() -> MeasureOutcome {
    let found = count > 0 ? seen >= count : open.count == -count
    guard found, let stretch = open.first else { return .failed(counter.shortage(count, seen)) }
    return stretch.finish()
  }
}
