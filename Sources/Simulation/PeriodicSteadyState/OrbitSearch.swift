// Follows a transient analysis until the circuit goes round. Of an oscillator the rising passages
// of one signal through the middle of its swing are found; where the whole state comes back after
// m of them and the swing has stopped growing, the last m cycles are a guess of the orbit. How far
// the swing will still grow is extrapolated from its last two changes, so that a slow start is not
// taken for the end. Of a driven circuit the passages are the multiples of the given period.

import Devices

/// Finds a nearly periodic stretch at the end of a transient analysis.
final class OrbitSearch: TransientObserver {
  struct Passage {
    var time: Double
    var state: [Double]
    /// The signal's swing since the passage before.
    var swing: Double
    /// Of switches and comparisons, until then.
    var switchings: Int
  }

  /// Passages that one period may have.
  private static let multiplicityMaximum = 8
  /// How near a state must come back, in parts of the unknowns' swings.
  private static let closeness = 0.05

  let wantsSteps = true
  let needsRates = true
  /// Unknowns with ground at 0.
  private let signal: (unknown: Int, reference: Int)?
  private let isTested: [Bool]
  /// Seconds; of a driven circuit.
  private let period: Double?
  private let timeMinimum: Double
  private let isPatient: Bool
  /// Passages wanted beyond those that seem enough.
  let passagesMinimum: Int

  private var passages: [Passage] = []
  private var swings: [Double] = []
  private var record = RecordedStretch()
  private var level = 0.0
  private var extremes: (low: Double, high: Double)?
  private var last: (time: Double, value: Double)?
  /// Since the time doubled last.
  private var window: (start: Double, passages: Int, extremes: (low: Double, high: Double)?) =
    (0, 0, nil)
  /// The stretch that was found.
  private(set) var found: RecordedStretch?
  private(set) var passageCount = 0
  /// How often switches and comparisons changed within it.
  private(set) var switchings = 0
  private let countSwitchings: () -> Int

  /// - Parameters:
  ///   - timeMinimum: seconds before which nothing counts; then what is there is taken unless
  ///     `isPatient`.
  init(
    signal: (Int, Int)?, period: Double?, isTested: [Bool], timeMinimum: Double, isPatient: Bool,
    passagesMinimum: Int, countSwitchings: @escaping () -> Int
  ) {
    self.countSwitchings = countSwitchings
    self.signal = signal.map { (unknown: $0.0, reference: $0.1) }
    self.period = period
    self.isTested = isTested
    self.timeMinimum = timeMinimum
    self.isPatient = isPatient
    self.passagesMinimum = passagesMinimum
  }

  func output(_ point: SolutionPoint) {}

  func step(
    from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint
  ) {
    if found != nil { return }
    if let period {
      var next = Double(passageCount) * period
      while next <= end {
        if next >= start { pass(at: next, point(next)) }
        if found != nil { return }
        next = Double(passageCount) * period
      }
      record.append(end, point(end).evaluation, count: isTested.count)
      return
    }
    let now = point(end)
    let value = read(now)
    record.append(end, now.evaluation, count: isTested.count)
    defer { last = (end, value) }
    let before = extremes ?? (value, value)
    extremes = (min(before.low, value), max(before.high, value))
    guard let last, end > last.time else { return }
    if last.value < level, value >= level, end > start {
      let time = passage(from: max(start, last.time), to: end, point)
      pass(at: time, point(time))
      return
    }
    seekLevel(end, value)
  }

  /// A level may be left behind by what the circuit did at its start: whenever the time has doubled
  /// with hardly a passage, the middle of what was seen meanwhile is the next.
  private func seekLevel(_ now: Double, _ value: Double) {
    let seen = window.extremes ?? (value, value)
    window.extremes = (min(seen.low, value), max(seen.high, value))
    guard now > 2 * window.start else { return }
    if passageCount - window.passages < 3, let seen = window.extremes {
      level = 0.5 * (seen.low + seen.high)
      extremes = (value, value)
      passages = []
      swings = []
    }
    window = (now, passageCount, (value, value))
  }

  private func read(_ point: SolutionPoint) -> Double {
    guard let signal else { return 0 }
    return point.evaluation.values[signal.unknown] - point.evaluation.values[signal.reference]
  }

  private func passage(
    from start: Double, to end: Double, _ point: (Double) -> SolutionPoint
  ) -> Double {
    var (low, high) = (start, end)
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      if read(point(middle)) < level { low = middle } else { high = middle }
    }
    return high
  }

  private func pass(at time: Double, _ point: SolutionPoint) {
    passageCount += 1
    let swing = extremes.map { $0.high - $0.low } ?? 0
    let values = point.evaluation.values
    passages.append(
      Passage(
        time: time, state: (0..<isTested.count).map { values[$0 + 1] }, swing: swing,
        switchings: countSwitchings()))
    swings.append(swing)
    record.append(time, point.evaluation, count: isTested.count)
    if let extremes, period == nil {
      level = 0.5 * (extremes.low + extremes.high)
      let value = read(point)
      self.extremes = (value, value)
    }
    if passages.count > 2 * Self.multiplicityMaximum + 1 { passages.removeFirst() }
    if let first = passages.first { record.forget(before: first.time) }
    if time >= timeMinimum, passageCount > passagesMinimum { look() }
  }

  private func look() {
    guard let now = passages.last, passages.count > 1 else { return }
    let sizes = record.swings
    var best = (multiplicity: 1, distance: Double.infinity)
    let most = period == nil ? Self.multiplicityMaximum : 1
    for m in 1...most where m < passages.count {
      let before = passages[passages.count - 1 - m]
      let distance = Self.distance(now.state, before.state, sizes, isTested)
      if distance < best.distance { best = (m, distance) }
      if distance < Self.closeness { break }
    }
    let isClose = best.distance < Self.closeness
    if isPatient || period != nil {
      let enough = period != nil && passageCount > (isPatient ? 200 : 2)
      guard enough || isClose && (period != nil || hasSettled(best.multiplicity)) else { return }
    } else if !isClose, passages.count < 2 * Self.multiplicityMaximum {
      return
    }
    let first = passages[passages.count - 1 - best.multiplicity]
    found = record.stretch(from: first.time, to: now.time)
    switchings = now.switchings - first.switchings
  }

  /// At the end of all patience: the last cycles, where the state comes back at all.
  func settleForLast() {
    guard found == nil, let now = passages.last, passageCount > 10 else { return }
    let sizes = record.swings
    for m in 1...Self.multiplicityMaximum where m < passages.count {
      let before = passages[passages.count - 1 - m]
      if Self.distance(now.state, before.state, sizes, isTested) < Self.closeness {
        found = record.stretch(from: before.time, to: now.time)
        switchings = now.switchings - before.switchings
        return
      }
    }
  }

  /// Whether the swing, over a quarter of what is known of it, changes little and less and less.
  private func hasSettled(_ multiplicity: Int) -> Bool {
    let count = swings.count
    let span = multiplicity * max(1, count / (4 * multiplicity))
    guard count > 2 * span + multiplicity, count >= 6 else { return false }
    func swing(_ end: Int) -> Double { swings[(end - multiplicity)..<end].max() ?? 0 }
    let (new, old, older) = (swing(count), swing(count - span), swing(count - 2 * span))
    let change = new - old
    let ratio = old == older ? 0 : change / (old - older)
    let rest = ratio >= 1 ? .infinity : ratio <= 0 ? abs(change) : abs(change) * ratio / (1 - ratio)
    return new > 0 && (abs(change) < 1e-4 * new || abs(change) < 0.02 * new && rest < 0.03 * new)
  }

  private static func distance(
    _ a: [Double], _ b: [Double], _ sizes: [Double], _ isTested: [Bool]
  ) -> Double {
    a.indices.reduce(0) { worst, k in
      isTested[k] && sizes[k] > 0 ? max(worst, abs(a[k] - b[k]) / sizes[k]) : worst
    }
  }
}
