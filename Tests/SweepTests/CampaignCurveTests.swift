import Testing

@testable import Sweep

@Suite struct CampaignCurveTests {
  /// Points on a grid of two axes, whose networks spread as told.
  static func points(spread: (Double, Double) -> Double) -> [PointStatistics] {
    var points: [PointStatistics] = []
    for x in [1e-2, 1e-4, 1e-3] {
      for by in [60.0, 30.0] {
        let state = PointState(id: points.count + 1, values: [x, by])
        var record = TrialRecord(point: state.id, number: 0)
        record.frequencySpread = spread(x, by)
        record.relaxationRate = by * 1e6
        record.errorFinal = x * 10
        points.append(PointStatistics(state, [record]))
      }
    }
    return points
  }

  @Test func curvesAreSortedAndCut() {
    let points = Self.points { x, _ in x }
    let curves = CampaignCurve.all(points, along: 0, by: 1, fixed: [:])
    #expect(curves.map(\.common) == [30, 60])
    for curve in curves { #expect(curve.points.map { $0.values[0] } == [1e-4, 1e-3, 1e-2]) }
    let cut = CampaignCurve.all(points, along: 1, by: nil, fixed: [0: 1e-3])
    #expect(cut.count == 1 && cut[0].points.map(\.values) == [[1e-3, 30], [1e-3, 60]])
    #expect(CampaignCurve.all(points, along: 1, by: nil, fixed: [0: 7]).isEmpty)
  }

  @Test func aFrequencySpreadIsProportional() {
    let noisy = Self.points { x, by in 4e10 * x * (by == 30 ? 1 : 1.3) }
    #expect(CampaignCurve.isFrequencySpread(noisy, axis: 0))
    #expect(!CampaignCurve.isFrequencySpread(noisy, axis: 1))
    #expect(!CampaignCurve.isFrequencySpread(Self.points { _, _ in 1e6 }, axis: 0))
    #expect(!CampaignCurve.isFrequencySpread([], axis: 0))
  }

  @Test func figuresHaveTheirBands() throws {
    let state = PointState(id: 1, values: [])
    let records = (0..<5).map { number in
      var record = TrialRecord(point: 1, number: number)
      record.errorFinal = 0.01 * Double(number + 1)
      record.success = number > 0
      record.timeToTarget = number > 0 ? 1e-7 * Double(number) : nil
      return record
    }
    let point = PointStatistics(state, records)
    let error = point.figure(.error)
    #expect(abs(error.value - 0.03) < 1e-15 && abs(error.low - 0.02) < 1e-15)
    #expect(abs(error.high - 0.04) < 1e-15)
    // Wilson's interval of 4 in 5, computed by other code
    let success = point.figure(.success)
    #expect(success.value == 0.8 && abs(success.low - 0.3755) < 1e-4)
    #expect(abs(success.high - 0.9638) < 1e-4)
    #expect(abs(point.figure(.time).value - 3e-7) < 1e-18)
    #expect(point.figure(.energy).value.isNaN)
  }
}
