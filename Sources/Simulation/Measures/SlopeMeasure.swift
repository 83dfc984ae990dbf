import Schematic

/// A statistic of one rise (or fall) of a quantity, from where it turns upwards to where it turns
/// downwards again; counts below 0 are from the last. Source: Xyce Reference Guide, `.MEASURE`
/// without RFC_LEVEL.
struct SlopeMeasure<Inner: WindowedEvaluator>: MeasureEvaluator {
  private let fresh: Inner
  private let value: Int
  private let rises: Bool
  private let count: Int
  private var largest = 0.0
  /// 1 while rising, -1 while falling, 0 before either.
  private var direction = 0
  /// Where the quantity went farthest in its direction.
  private var turn = 0.0
  private var seen = 0
  /// The last ones, the one under way included; of the one asked for, that one.
  private var open: [Inner] = []
  private var isOpen = false

  init(_ fresh: Inner, of value: Int, rises: Bool, count: Int) {
    self.fresh = fresh
    self.value = value
    self.rises = rises
    self.count = count
  }

  mutating func begin(at x: Double, values: UnsafePointer<Double>) {
    direction = 0
    isOpen = false
    turn = values[value]
    largest = max(largest, abs(turn))
  }

  mutating func advance(_ step: MeasureStep) {
    let next = step.after[value]
    largest = max(largest, abs(next))
    // rounding turns nothing
    let change = next - turn
    if abs(change) > 1e-9 * largest {
      let now = change > 0 ? 1 : -1
      if now != direction { follow(now, step) }
      direction = now
      turn = next
    } else if direction == 1 ? next > turn : direction == -1 && next < turn {
      turn = next
    }
    if isOpen, let last = open.indices.last, fresh.window.contains(step.end) {
      open[last].advance(step)
    }
  }

  /// Opens a stretch where the direction is that asked for, and ends one where it is not.
  private mutating func follow(_ direction: Int, _ step: MeasureStep) {
    isOpen = false
    guard (direction == 1) == rises, fresh.window.contains(step.end) else { return }
    seen += 1
    if count > 0, seen != count { return }
    if count < 0, open.count == -count { open.removeFirst() }
    var next = fresh
    if fresh.window.contains(step.start) { next.begin(at: step.start, values: step.before) }
    open.append(next)
    isOpen = true
  }

  func finish() -> MeasureOutcome {
    guard let found = open.first, count > 0 || open.count == -count else {
      return .failed(
        "there is no \(rises ? "rise" : "fall") number \(count): only \(seen) were seen")
    }
    return found.finish()
  }
}
