import Numerics
import Schematic
import Testing

@testable import Simulation

struct MeasureCrossingTests {
  typealias Feed = MeasureFeed

  /// Crossings of y = offset + a sin(2 pi f t + phase) through a level, against their closed form.
  @Test(arguments: 0..<40)
  func crossingsOfRandomSines(seed: Int) throws {
    var random = Feed.Generator(UInt64(seed))
    let frequency = 1 + 4 * random.uniform()
    let phase = 2 * Double.pi * random.uniform()
    let amplitude = 0.5 + random.uniform()
    let share = 1.6 * random.uniform() - 0.8
    let level = 0.3 + amplitude * share
    let wave: (Double) -> Double = { 0.3 + amplitude * sine(2 * .pi * frequency * $0 + phase) }
    let end = 5.0
    func times(_ angle: Double) -> [Double] {
      (-2...40).map { (angle - phase + 2 * .pi * Double($0)) / (2 * .pi * frequency) }
        .filter { $0 > 1e-9 && $0 < end - 1e-9 }
    }
    let rises = times(arcSine(share))
    let falls = times(.pi - arcSine(share))
    let all = (rises + falls).sorted()
    let cases: [(MeasureCard.Crossing.Edge, Int, Double)] = [
      (.rise, 1, rises[0]), (.rise, 3, rises[2]), (.rise, -1, rises[rises.count - 1]),
      (.fall, 2, falls[1]), (.fall, -2, falls[falls.count - 2]), (.cross, 4, all[3]),
      (.cross, -3, all[all.count - 3]),
    ]
    let cards = cases.enumerated().map { index, it in
      Feed.card("m\(index)", .when(Feed.crossing("a", level, it.0, it.1)))
    }
    // straight lines between 400 points a period at least; twelve points a period with the solver's
    for (steps, dense, tolerance) in [(10_000, false, 2e-6), (300, true, 1e-12)] {
      let points = Feed.irregular(to: end, steps: steps, seed: UInt64(seed + 99))
      let results = try Feed.results(cards, at: points, dense: dense, ["a": wave])
      for (result, expected) in zip(results, cases) {
        let found = try #require(result.value, "\(result.failure ?? "")")
        #expect(abs(found - expected.2) < tolerance, "\(expected) dense \(dense): \(found)")
      }
    }
  }

  @Test func distanceBetweenTwoSignals() throws {
    let results = try Feed.results(
      [
        Feed.card(
          "delay", .between(Feed.crossing("a", 0.5, .rise), Feed.crossing("b", 0.25, .fall, 2))),
        Feed.card(
          "since", .between(MeasureCard.Crossing(at: 1.5), Feed.crossing("a", 0.5, .rise))),
      ], at: (0...997).map { Double($0) * 4 / 997 }, dense: true,
      ["a": { sine(2 * .pi * $0) }, "b": { cosine(2 * .pi * $0) }])
    let trigger = 1.0 / 12
    let target = 1 + arcCosine(0.25) / (2 * .pi)
    #expect(abs(results[0].value! - (target - trigger)) < 1e-12)
    #expect(results[0].details.map(\.label) == ["targ", "trig"])
    // counted independently: it may lie before
    #expect(abs(results[1].value! - (trigger - 1.5)) < 1e-12)
  }

  @Test func quantitiesMeetEachOther() throws {
    // sin = cos at 1/8 + n/2 of a period
    let meeting = MeasureCard.Crossing(
      value: Feed.v("a"), level: Feed.v("b"), edge: .cross, count: 3)
    let results = try Feed.results(
      [
        Feed.card("when", .when(meeting)), Feed.card("find", .find(Feed.v("c"), meeting)),
        Feed.card("slope", .derivative(Feed.v("c"), meeting)),
        Feed.card("at", .find(Feed.v("c"), MeasureCard.Crossing(at: 0.61))),
        Feed.card("start", .find(Feed.v("c"), MeasureCard.Crossing(at: 0))),
        Feed.card("steep", .derivative(Feed.v("c"), MeasureCard.Crossing(at: 0.61))),
        Feed.card("beyond", .find(Feed.v("c"), MeasureCard.Crossing(at: 3))),
      ], at: Feed.irregular(to: 2, steps: 100, seed: 5), dense: true,
      [
        "a": { sine(2 * .pi * $0) }, "b": { cosine(2 * .pi * $0) }, "c": { exponential(-$0) },
      ])
    let exact = [
      1.125, exponential(-1.125), -exponential(-1.125), exponential(-0.61), 1, -exponential(-0.61),
    ]
    for (result, exact) in zip(results, exact) {
      #expect(abs((result.value ?? .nan) - exact) < 1e-9, "\(result)")
    }
    #expect(results[6].value == nil && results[6].failure?.contains("reach") == true)
  }

  @Test func delaysAndWindowsPassOverCrossings() throws {
    let results = try Feed.results(
      [
        Feed.card("td", .when(Feed.crossing("a", 0.5, .rise, 1, delay: 1))),
        Feed.card("from", .when(Feed.crossing("a", 0.5, .rise)), from: 1, to: 3),
        Feed.card("last", .when(Feed.crossing("a", 0.5, .rise, -1)), from: 1, to: 3),
        Feed.card("none", .when(Feed.crossing("a", 0.5, .rise, 9)), fallback: -1),
      ], at: (0...400).map { Double($0) / 100 }, dense: true, ["a": { sine(2 * .pi * $0) }])
    for (result, exact) in zip(results, [1, 1, 2, 0].map { $0 + 1.0 / 12 }).prefix(3) {
      #expect(abs(result.value! - exact) < 1e-12)
    }
    #expect(results[3].value == -1 && results[3].isFallback)
    #expect(results[3].failure == "there is no rise number 9 of the level: only 4 were seen")
  }

  @Test func levelsReachedExactlyAndNoise() throws {
    func rises(_ y: [Double], resolution: Double? = nil, _ count: Int = 1) throws -> Double? {
      var set = try MeasureSet(
        [Feed.card(.when(Feed.crossing("a", 0, .rise, count)), resolution: resolution)],
        analysis: .tran)
      for (x, value) in y.enumerated() {
        set.record(abscissa: Double(x), values: [value].span)
      }
      return set.finish()[0].value
    }
    #expect(try rises([0, 1]) == nil)
    #expect(try rises([-1, 0, 1]) == 1)
    #expect(try rises([-1, 0, 1], 2) == nil)
    #expect(try rises([-1, 0, -1, 1], 2) == 2.5)
    #expect(try rises([-1, 0.1, -0.1, 0.1, -1, 1], 2) == 2.5)
    #expect(try rises([-1, 0.1, -0.1, 0.1, -1, 1], resolution: 0.5, 2) == 4.5)
  }

  @Test func aCornerIsStraightWithoutDenseOutput() throws {
    let ramp: (Double) -> Double = { min(max($0 - 1, 0), 1) }
    let result = try Feed.results(
      [Feed.card(.when(Feed.crossing("a", 0.1, .rise)))], at: [0, 1, 2, 3], ["a": ramp])[0]
    #expect(abs(result.value! - 1.1) < 1e-15)
  }
}
