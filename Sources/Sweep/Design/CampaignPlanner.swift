import AssociativeMemory

/// What is known of a point between two stages.
public struct PointState: Sendable, Equatable {
  public var id: Int
  /// By axis.
  public var values: [Double]
  /// 0 for the design's own points, then the round of refinement that added it.
  public var round: Int
  /// Trials that ran, failed ones among them.
  public var trials: Int
  public var successes: Int
  /// Sum over the trials that did not fail.
  public var overlapSum: Double

  public init(
    id: Int, values: [Double], round: Int = 0, trials: Int = 0, successes: Int = 0,
    overlapSum: Double = 0
  ) {
    self.id = id
    self.values = values
    self.round = round
    self.trials = trials
    self.successes = successes
    self.overlapSum = overlapSum
  }

  /// Nil before the first trial.
  public func value(of quantity: CampaignQuantity) -> Double? {
    guard trials > 0 else { return nil }
    switch quantity {
    case .success: return Double(successes) / Double(trials)
    case .overlap: return overlapSum / Double(trials)
    }
  }

  /// Wilson's 95 % interval of the success rate.
  public var interval: ClosedRange<Double> {
    SuccessStatistics(successes: successes, trials: trials).interval
  }
}

/// Decides, when all that was asked for is done, what comes next. It looks at nothing but results,
/// so that every process that works on a campaign decides the same, in whatever order results came.
public struct CampaignPlanner: Sendable {
  public enum Next: Equatable, Sendable {
    /// More trials at these points: numbers of their batches.
    case trials([(point: Int, units: Range<Int>)])
    /// New points, and the round that adds them.
    case points([[Double]], round: Int)
    case finished

    public static func == (a: Next, b: Next) -> Bool {
      switch (a, b) {
      case (.finished, .finished): true
      case (.points(let a, let m), .points(let b, let n)): a == b && m == n
      case (.trials(let a), .trials(let b)):
        a.count == b.count && zip(a, b).allSatisfy { $0.point == $1.point && $0.units == $1.units }
      default: false
      }
    }
  }

  public let plan: CampaignPlan
  public let axes: [CampaignAxis]

  public init(_ plan: CampaignPlan, _ axes: [CampaignAxis]) {
    self.plan = plan
    self.axes = axes
  }

  /// The batches that a new point begins with.
  public var firstUnits: Range<Int> { plan.until == nil ? 0..<plan.units : 0..<1 }

  /// - Parameter refining: whether all points are known, as refinement needs.
  public func next(_ points: [PointState], refining: Bool = true) -> Next {
    if let until = plan.until {
      let wide = points.filter {
        $0.trials < plan.trials && $0.interval.upperBound - $0.interval.lowerBound > until
      }
      if !wide.isEmpty {
        return .trials(
          wide.map { point in
            let done = (point.trials + plan.batch - 1) / plan.batch
            return (point.id, done..<min(plan.units, done + max(1, done / 2)))
          })
      }
    }
    let round = (points.map(\.round).max() ?? 0) + 1
    guard refining, round <= plan.refine, plan.design == .grid, !axes.isEmpty else {
      return .finished
    }
    let added = curves(points).compactMap { curve in
      middle(of: curve).map { [$0] + curve[0].values.dropFirst() }
    }
    return added.isEmpty ? .finished : .points(added, round: round)
  }

  /// Points that differ on the first axis alone, each curve in the order of that axis; curves in
  /// the order of their first points.
  public func curves(_ points: [PointState]) -> [[PointState]] {
    var order: [[Double]] = []
    var groups: [[Double]: [PointState]] = [:]
    for point in points.sorted(by: { $0.id < $1.id }) {
      let key = Array(point.values.dropFirst())
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(point)
    }
    return order.map { (groups[$0] ?? []).sorted { $0.values[0] < $1.values[0] } }
  }

  /// Where a curve gets its next point: inside the threshold's bracket, else half way where the
  /// curve changes most.
  private func middle(of curve: [PointState]) -> Double? {
    if let threshold = plan.threshold {
      guard let bracket = bracket(of: curve, threshold), let upper = bracket.upper,
        let lower = bracket.lower
      else { return nil }
      return axes[0].middle(lower, upper)
    }
    var best: (change: Double, width: Double, middle: Double)?
    for (left, right) in zip(curve, curve.dropFirst()) {
      guard let a = left.value(of: .success), let b = right.value(of: .success), a != b,
        let middle = axes[0].middle(left.values[0], right.values[0])
      else { continue }
      let (change, width) = (abs(a - b), right.values[0] - left.values[0])
      if (change, width) > (best?.change ?? 0, best?.width ?? 0) {
        best = (change, width, middle)
      }
    }
    return best?.middle
  }

  /// Where a curve leaves the threshold: the largest value that meets it, and the next larger one,
  /// which does not. Either is nil where there is none; nil where nothing has run.
  public func bracket(
    of curve: [PointState], _ threshold: CampaignPlan.Threshold
  ) -> (lower: Double?, upper: Double?)? {
    let known = curve.filter { $0.trials > 0 }
    guard !known.isEmpty else { return nil }
    let last = known.lastIndex { ($0.value(of: threshold.quantity) ?? 0) >= threshold.level }
    guard let last else { return (nil, known[0].values[0]) }
    let above = known.index(after: last)
    return (known[last].values[0], above < known.endIndex ? known[above].values[0] : nil)
  }
}
