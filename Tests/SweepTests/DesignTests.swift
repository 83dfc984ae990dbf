import Schematic
import Testing

@testable import Sweep

/// Where the points of a campaign lie.
@Suite struct DesignTests {
  static let axes = [
    CampaignAxis(name: "a", spacing: .linear, values: [0, 1, 2]),
    CampaignAxis(name: "b", spacing: .logarithmic, values: [1e-4, 1e-2]),
  ]

  @Test func theFirstAxisOfAGridIsTheSlowest() {
    let plan = CampaignPlan(trials: 1, batch: 1)
    let points = DesignPoints.values(plan, Self.axes, seed: 1)
    #expect(points == [[0, 1e-4], [0, 1e-2], [1, 1e-4], [1, 1e-2], [2, 1e-4], [2, 1e-2]])
    #expect(DesignPoints.values(plan, [], seed: 1) == [[]])
  }

  /// Each of n strata of each axis holds one of n points.
  @Test(arguments: [1, 7, 64, 100])
  func latinHypercubesFillEveryStratum(_ count: Int) {
    let points = LatinHypercube.points(count, dimensions: 4, seed: 3)
    #expect(points.count == count && points.allSatisfy { $0.count == 4 })
    for axis in 0..<4 {
      let strata = points.map { Int($0[axis] * Double(count)) }.sorted()
      #expect(strata == Array(0..<count))
    }
    #expect(LatinHypercube.points(count, dimensions: 4, seed: 3) == points)
    #expect(LatinHypercube.points(count, dimensions: 4, seed: 4) != points)
  }

  /// Each dyadic stratum of each axis holds one of 2^k points, in all dimensions of the table.
  @Test(arguments: [1, 4, 8])
  func sobolPointsFillEveryStratum(_ bits: Int) {
    let count = 1 << bits
    let points = SobolSequence.points(
      count, dimensions: SobolSequence.dimensionLimit, seed: 5)
    for axis in 0..<SobolSequence.dimensionLimit {
      let strata = points.map { Int($0[axis] * Double(count)) }.sorted()
      #expect(strata == Array(0..<count), "axis \(axis)")
    }
  }

  /// The first two dimensions are a (0, 2)-sequence: one of 2^k points in every elementary box.
  @Test func sobolPointsFillEveryBoxOfTwoAxes() {
    let points = SobolSequence.points(64, dimensions: 2, seed: 2)
    for split in 0...6 {
      let (wide, high) = (Double(1 << split), Double(1 << (6 - split)))
      let boxes = Set(points.map { [Int($0[0] * wide), Int($0[1] * high)] })
      #expect(boxes.count == 64, "\(wide) x \(high)")
    }
  }

  @Test func sharesBecomeValuesByTheSpacing() {
    func axis(_ spacing: SweepCard.Spacing, _ values: [Double]) -> CampaignAxis {
      CampaignAxis(name: "a", spacing: spacing, values: values)
    }
    #expect(axis(.linear, [4, 2]).value(at: 0.5) == 3)
    #expect(abs(axis(.logarithmic, [1, 100]).value(at: 0.5) - 10) < 1e-12)
    let whole = axis(.whole, [1, 4])
    #expect([0, 0.24, 0.26, 0.99].map { whole.value(at: $0) } == [1, 1, 2, 4])
    #expect(axis(.list, [5, 1, 9]).value(at: 0.999) == 9)
    #expect(axis(.whole, [1, 4]).middle(1, 4) == 2)
    #expect(axis(.whole, [1, 4]).middle(1, 2) == nil)
    #expect(axis(.logarithmic, [1, 4]).middle(1, 4) == 2)
    #expect(axis(.list, [1, 4]).middle(1, 4) == 2.5)
  }
}
