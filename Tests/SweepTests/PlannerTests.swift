import AssociativeMemory
import Schematic
import Testing

@testable import Sweep

/// What a campaign does next.
@Suite struct PlannerTests {
  static let axis = CampaignAxis(
    name: "spread", spacing: .logarithmic, values: [1e-4, 1e-3, 1e-2, 1e-1])

  /// Wilson's interval in its closed form: the roots p of (p^ - p)^2 = z^2 p (1 - p) / n.
  @Test(arguments: [(0, 10), (10, 10), (3, 17), (95, 100), (1, 100_000)])
  func intervalsAreWilsons(_ successes: Int, _ trials: Int) {
    let state = PointState(id: 1, values: [], trials: trials, successes: successes)
    let (n, z) = (Double(trials), 1.959963984540054)
    let rate = Double(successes) / n
    for end in [state.interval.lowerBound, state.interval.upperBound] {
      let left = (rate - end) * (rate - end)
      let right = z * z * end * (1 - end) / n
      #expect(abs(left - right) <= 1e-12 * max(left, 1e-3))
    }
    #expect(state.interval.contains(rate))
  }

  /// Runs a plan against a known curve: every asked trial succeeds with the curve's rate.
  static func results(
    _ plan: CampaignPlan, _ axis: CampaignAxis, rate: (Double) -> Double
  ) -> (points: [PointState], stages: Int) {
    let planner = CampaignPlanner(plan, [axis])
    var points: [PointState] = []
    func run(_ point: inout PointState, _ units: Range<Int>) {
      for unit in units { point.trials += plan.unit(unit).count }
      point.successes = Int((Double(point.trials) * rate(point.values[0])).rounded())
    }
    func add(_ value: Double, round: Int) {
      var point = PointState(id: points.count + 1, values: [value], round: round)
      run(&point, planner.firstUnits)
      points.append(point)
    }
    for value in axis.values { add(value, round: 0) }
    var stages = 0
    while true {
      stages += 1
      switch planner.next(points) {
      case .finished: return (points, stages)
      case .points(let values, let round): for value in values { add(value[0], round: round) }
      case .trials(let wanted):
        for (point, units) in wanted { run(&points[point - 1], units) }
      }
    }
  }

  @Test func aGridIsFinishedOnceItHasRun() {
    let plan = CampaignPlan(trials: 100, batch: 32)
    let (points, stages) = Self.results(plan, Self.axis) { _ in 0.5 }
    #expect(stages == 1 && points.map(\.trials) == [100, 100, 100, 100])
  }

  /// A narrow interval ends a point early, a rate near a half needs the most trials.
  @Test func trialsGoWhereTheIntervalIsWide() {
    let plan = CampaignPlan(trials: 4000, batch: 8, until: 0.1)
    let (points, _) = Self.results(plan, Self.axis) { $0 < 5e-3 ? 1 : 0.5 }
    #expect(points[0].trials < 60 && points[1].trials == points[0].trials)
    #expect(points[2].trials > 300 && points[2].trials < 700)
    for point in points {
      #expect(point.interval.upperBound - point.interval.lowerBound <= 0.1)
    }
    let capped = CampaignPlan(trials: 100, batch: 8, until: 0.01)
    #expect(Self.results(capped, Self.axis) { _ in 0.5 }.points.allSatisfy { $0.trials == 100 })
  }

  /// Success falls from 1 to 0 at a known value: bisection brackets it to 2^-n of the decade.
  @Test func bisectionFindsAThreshold() throws {
    let wanted = 3.3e-3
    let plan = CampaignPlan(
      trials: 10, batch: 5, refine: 12, threshold: .init(quantity: .success, level: 0.95))
    let (points, _) = Self.results(plan, Self.axis) { $0 <= wanted ? 1 : 0.2 }
    #expect(points.count == 4 + 12)
    let planner = CampaignPlanner(plan, [Self.axis])
    let bracket = try #require(
      planner.bracket(
        of: planner.curves(points)[0], plan.threshold ?? .init(quantity: .success, level: 1)))
    let (lower, upper) = (try #require(bracket.lower), try #require(bracket.upper))
    #expect(lower <= wanted && wanted < upper && upper / lower < 1.001)
  }

  /// Of whole numbers it ends when nothing lies between.
  @Test func capacitiesAreWholeNumbers() throws {
    let axis = CampaignAxis(name: "images", spacing: .whole, values: [1, 64])
    let plan = CampaignPlan(
      trials: 4, batch: 4, refine: 20, threshold: .init(quantity: .success, level: 0.5))
    let (points, _) = Self.results(plan, axis) { $0 <= 23 ? 1 : 0 }
    let planner = CampaignPlanner(plan, [axis])
    let bracket = try #require(
      planner.bracket(of: planner.curves(points)[0], .init(quantity: .success, level: 0.5)))
    #expect(bracket.lower == 23 && bracket.upper == 24 && points.count < 10)
  }

  @Test func thresholdsThatAreNotCrossedAskForNothing() {
    let plan = CampaignPlan(
      trials: 4, batch: 4, refine: 5, threshold: .init(quantity: .success, level: 0.9))
    #expect(Self.results(plan, Self.axis) { _ in 1 }.points.count == 4)
    #expect(Self.results(plan, Self.axis) { _ in 0 }.points.count == 4)
  }

  /// Refinement without a threshold goes to where the curve changes most, and leaves flat ones.
  @Test func pointsGoWhereTheCurveBends() {
    let plan = CampaignPlan(trials: 100, batch: 50, refine: 4)
    let (points, _) = Self.results(plan, Self.axis) { $0 < 3e-3 ? 1 : 0 }
    let added = points.dropFirst(4).map { $0.values[0] }
    #expect(added.count == 4 && added.allSatisfy { $0 > 1e-3 && $0 < 1e-2 })
    #expect(Self.results(plan, Self.axis) { _ in 0.7 }.points.count == 4)
  }

  @Test func curvesDifferInTheFirstAxisAlone() {
    let second = CampaignAxis(name: "feedback", spacing: .list, values: [1, 2])
    let planner = CampaignPlanner(CampaignPlan(trials: 1, batch: 1), [Self.axis, second])
    let points = [(1, [1, 1]), (2, [1, 2]), (3, [3, 1]), (4, [3, 2]), (5, [2, 2])].map {
      PointState(id: $0.0, values: $0.1.map(Double.init))
    }
    let curves = planner.curves(points).map { $0.map(\.id) }
    #expect(curves == [[1, 3], [2, 5, 4]])
  }
}
