import Schematic

/// Counts crossings of one quantity through another and remembers the one that is asked for.
///
/// A rise is a step from below the level to it or beyond it, a fall the reverse; a record that
/// begins on the level has not crossed it (as in ngspice). With a resolution the quantity must have
/// been more than that away from the level, on the side it comes from, since the last crossing.
struct CrossingCounter {
  /// What stands to the left of the `=`, and what it meets.
  let value: Int
  let level: Level
  let edge: MeasureCard.Crossing.Edge
  let count: Int
  let window: ClosedRange<Double>
  let resolution: Double
  /// Every crossing from the one asked for on is kept, not that one alone.
  let keepsAll: Bool

  enum Level {
    case constant(Double)
    case expression(Int)
  }

  private var difference = 0.0
  private var armedBelow = false
  private var armedAbove = false
  private(set) var seen = 0
  /// The last `-count` crossings, or the one asked for.
  private var kept: [(x: Double, found: Double)] = []

  init(
    value: Int, level: Level, edge: MeasureCard.Crossing.Edge, count: Int,
    window: ClosedRange<Double>, resolution: Double,
    keepsAll: Bool = false
  ) {
    precondition(count != 0, "crossings count from 1, or from -1 backwards")
    self.value = value
    self.level = level
    self.edge = edge
    self.count = count
    self.window = window
    self.resolution = resolution
    self.keepsAll = keepsAll && count > 0
  }

  /// The crossing asked for has been passed: nothing that follows can change it.
  var isSettled: Bool { count > 0 && seen >= count && !keepsAll }

  /// Its abscissa, and the quantity found there; nil when there was none.
  var found: (x: Double, found: Double)? {
    if count > 0 { return kept.first }
    return kept.count == -count ? kept.first : nil
  }

  /// All that were kept, when that was asked for.
  var all: [(x: Double, found: Double)] { keepsAll ? kept : [] }

  mutating func begin(values: UnsafePointer<Double>) {
    armedBelow = false
    armedAbove = false
    take(distance(values))
  }

  private func distance(_ values: UnsafePointer<Double>) -> Double {
    switch level {
    case .constant(let level): values[value] - level
    case .expression(let index): values[value] - values[index]
    }
  }

  private func distance(_ step: MeasureStep, at x: Double) -> Double {
    switch level {
    case .constant(let level): step.value(value, at: x) - level
    case .expression(let index): step.value(value, at: x) - step.value(index, at: x)
    }
  }

  private mutating func take(_ distance: Double) {
    difference = distance
    if distance < -resolution { armedBelow = true }
    if distance > resolution { armedAbove = true }
  }

  /// Looks for a crossing in the step; `find` is asked for the quantity to keep beside it.
  mutating func advance(_ step: MeasureStep, find: (Double) -> Double) {
    guard !isSettled else { return }
    let previous = difference
    let next = distance(step.after)
    let rises = armedBelow && previous < 0 && next >= 0
    let falls = armedAbove && previous > 0 && next <= 0
    if rises || falls {
      if rises { armedBelow = false } else { armedAbove = false }
      let wanted = edge == .cross || (edge == .rise) == rises
      let x = step.root(previous, next) { distance(step, at: $0) }
      if wanted && window.contains(x) { keep((x, find(x))) }
    }
    take(next)
  }

  private mutating func keep(_ crossing: (x: Double, found: Double)) {
    seen += 1
    if count > 0 {
      if seen == count || (keepsAll && seen > count) { kept.append(crossing) }
    } else {
      if kept.count == -count { kept.removeFirst() }
      kept.append(crossing)
    }
  }

  /// Why `found` is nil.
  var shortage: String { shortage(count, seen) }

  func shortage(_ count: Int, _ seen: Int) -> String {
    let edges = edge == .cross ? "crossing" : edge.rawValue
    switch (count, seen) {
    case (-1, _), (1, 0): return "there is no \(edges) of the level"
    default: return "there is no \(edges) number \(count) of the level: only \(seen) were seen"
    }
  }
}
