import Schematic

/// The times at which a transient analysis is written.
///
/// A print step asks for a grid: start, start + step, ... and the stop time. Where that would be
/// fewer than 50 points, or the print step is 0, the solver's own steps are written (too), with
/// points between them where straight lines would miss its polynomial. Of a grid of more than two
/// hundred million points a hundred thousand are kept: to other simulators the print step is
/// hardly more than a suggestion, and some decks make it tiny. What `.options interp` or
/// `initial_interval` ask for is written and nothing else.
struct OutputPlan {
  /// Which of the solver's own steps are written.
  enum Steps {
    case none, all
  }

  /// A stretch of the grid: from `start` up to the next stretch.
  private struct Stretch {
    var start: Double
    var step: Double
    /// Number of its first point, and how many points it has.
    var first: Int
    var count: Int
  }

  static let fewest = 50.0
  static let most = 2e8
  private static let thinned = 1e5
  /// Of a grid that is asked for.
  private static let mostKept = 1e9

  let start: Double
  let stop: Double
  let steps: Steps
  private let stretches: [Stretch]

  init(_ card: TransientCard, _ options: SolverOptions = SolverOptions()) {
    start = card.startTime
    stop = card.stopTime
    let isKept = options.keepsPrintStep || !options.keptIntervals.isEmpty
    var steps = options.keptIntervals.isEmpty ? [card.printStep] : options.keptIntervals
    let wanted = (stop - start) / card.printStep
    if !isKept, wanted > Self.most { steps[0] *= (wanted / Self.thinned).rounded(.up) }
    let stretches = Self.stretches(from: start, to: stop, steps)
    let count = stretches.reduce(0.0) { $0 + Double($1.count) }
    let isGrid = !stretches.isEmpty && count <= Self.mostKept
    self.stretches = isGrid ? stretches : []
    self.steps = !isGrid || (!isKept && count < Self.fewest) ? .all : .none
  }

  /// The grid of a step, then times and the steps from there on.
  private static func stretches(
    from start: Double, to stop: Double, _ steps: [Double]
  ) -> [Stretch] {
    var stretches: [Stretch] = []
    var begin = start
    var first = 0
    for index in stride(from: 0, to: steps.count, by: 2) where steps[index] > 0 && begin < stop {
      let end = index + 2 < steps.count ? min(stop, max(begin, steps[index + 1])) : stop
      let points = ((end - begin) / steps[index] - 1e-6).rounded(.up)
      let count = Int(min(1e15, max(0, points)))
      stretches.append(Stretch(start: begin, step: steps[index], first: first, count: count))
      (begin, first) = (end, first + count)
    }
    return stretches
  }

  /// The grid's time number `index`; nil behind its end. Never accumulated, so that the last of 1e8
  /// points is where it should be.
  func time(_ index: Int) -> Double? {
    guard let last = stretches.last else { return nil }
    guard index < last.first + last.count else {
      return index == last.first + last.count ? stop : nil
    }
    let stretch = stretches.last { index >= $0.first } ?? last
    let place = index - stretch.first
    // 3 / 100000 is 3e-05 and 3 * 1e-05 is not
    let inverse = (1 / stretch.step).rounded()
    let isReciprocal = abs(inverse * stretch.step - 1) < 1e-12
    return stretch.start
      + (isReciprocal ? Double(place) / inverse : Double(place) * stretch.step)
  }
}
