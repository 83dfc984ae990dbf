import Numerics
import Schematic
import Testing

@testable import Simulation

/// The forms beyond the plain ones: stretches, continuous measures, relative levels, differences.
struct MeasureFormTests {
  typealias Feed = MeasureFeed

  /// Maxima of a sine that grows by 1 a period, one stretch after the other.
  private func top(
    _ count: Int, edge: MeasureCard.Crossing.Edge = .rise, from: Double? = nil
  ) throws -> MeasureResult {
    var card = Feed.card(.statistic(.maximum, Feed.v("a")), from: from)
    card.stretch = .init(edge: edge, count: count, level: 0)
    let points = (0...4000).map { Double($0) / 1000 - 0.1 }
    return try Feed.results(
      [card], at: points, ["a": { sine(2 * .pi * $0) * (2 + $0.rounded(.down)) }])[0]
  }

  @Test func statisticsOfOneStretch() throws {
    // rises at 0, 1, 2, 3
    #expect(abs(try top(1).value! - 2) < 1e-9)
    #expect(abs(try top(3).value! - 4) < 1e-9)
    #expect(abs(try top(-1).value! - 5) < 1e-9)
    #expect(abs(try top(-2).value! - 4) < 1e-9)
    #expect(abs(try top(1, from: 0.6).value! - 3) < 1e-9)
    // from the fall at 0.5 to that at 1.5
    #expect(abs(try top(1, edge: .fall).value! - 3) < 1e-9)
    let missing = try top(9)
    #expect(missing.value == nil && missing.failure?.contains("only 4") == true)
  }

  @Test func aStretchBeginsAndEndsAtItsCrossings() throws {
    var card = Feed.card(.statistic(.integral, Feed.v("a")))
    card.stretch = .init(edge: .rise, count: 2, level: 0.25)
    // a triangle, whose trapezoids are exact: from 1.125 to 2.125 it covers one period
    let result = try Feed.results(
      [card], at: (0...8).map { Double($0) / 2 },
      ["a": { $0 == ($0 / 1).rounded() ? 0 : 1 }])[0]
    #expect(abs(result.value! - 0.5) < 1e-12)
    #expect(result.details.map(\.value) == [1.125, 2.125])
  }

  @Test func delaysOfStatistics() throws {
    var card = Feed.card(.statistic(.minimum, Feed.v("a")))
    card.delay = 1.5
    let result = try Feed.results([card], at: [0, 1, 2, 3], ["a": { $0 }])[0]
    #expect(result.value == 1.5)
  }

  @Test func placesOfExtremes() throws {
    var card = Feed.card(.statistic(.maximum, Feed.v("a")))
    card.givesPlace = true
    let other = Feed.card("n", .statistic(.minimumPlace, Feed.v("a")))
    let results = try Feed.results([card, other], at: [0, 1, 2, 3], ["a": { $0 * (3.5 - $0) }])
    #expect(results.map(\.value) == [2, 0])
  }

  @Test func continuousMeasuresGiveEveryOccurrence() throws {
    var when = Feed.card("w", .when(Feed.crossing("a", 0, .rise, 2)))
    when.isContinuous = true
    var period = Feed.card(
      "p", .between(Feed.crossing("a", 0, .rise, 1), Feed.crossing("a", 0, .rise, 2)))
    period.isContinuous = true
    let results = try Feed.results(
      [when, period], at: (0...500).map { Double($0) / 100 - 0.25 }, dense: true,
      ["a": { sine(2 * .pi * $0) }])
    #expect(results[0].occurrences.count == 4)
    for (found, exact) in zip(results[0].occurrences, [1.0, 2, 3, 4]) {
      #expect(abs(found - exact) < 1e-9)
    }
    #expect(results[0].value == results[0].occurrences.first)
    #expect(results[1].occurrences.count == 4)
    #expect(results[1].occurrences.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  @Test func levelsRelativeToTheMaximum() throws {
    var crossing = MeasureCard.Crossing(value: Feed.v("a"), edge: .rise)
    crossing.fraction = 0.1
    var target = crossing
    target.fraction = 0.9
    // a ramp to 5
    let results = try Feed.results(
      [
        Feed.card("rise", .between(crossing, target)),
        Feed.card("find", .find(Feed.v("b"), target)),
      ], at: [0, 1, 2, 3, 4, 5, 6], ["a": { min($0, 5) }, "b": { 2 * $0 }])
    #expect(abs(results[0].value! - 4) < 1e-12)
    #expect(abs(results[1].value! - 9) < 1e-12)
  }

  @Test func differencesOfTwoQuantities() throws {
    let nodes: [String: (Double) -> Double] = ["a": { $0 + 2 }, "b": { 0.9 * ($0 + 2) }]
    func found(_ comparison: MeasureCard.Comparison, least: Double? = nil) throws -> MeasureResult {
      var card = Feed.card(.difference(Feed.v("a"), Feed.v("b"), comparison))
      card.least = least
      return try Feed.results([card], at: [0, 1, 2], nodes)[0]
    }
    #expect(abs(try found(.rootMeanSquare).value! - 0.1) < 1e-12)
    #expect(abs(try found(.meanMagnitude).value! - 0.1) < 1e-12)
    let logarithm = [2.0, 3, 4].map { -naturalLogarithm(0.9) / naturalLogarithm($0) }
    #expect(abs(try found(.logarithm).value! - logarithm.reduce(0, +) / 3) < 1e-12)
    #expect(try found(.meanMagnitude, least: 3.5).details == [.init("points", 1)])
    #expect(try found(.meanMagnitude, least: 9).failure != nil)
  }
}
