import Numerics
import Schematic
import Testing

@testable import Simulation

/// Rises and falls without a level, harmonics, equations in windows.
struct MeasureShapeTests {
  typealias Feed = MeasureFeed

  /// Swing of a sine that grows by 1 a period, over one rise or fall.
  private func swing(
    _ count: Int, _ edge: MeasureCard.Crossing.Edge, from: Double? = nil
  ) throws -> MeasureResult {
    var card = Feed.card(.statistic(.peakToPeak, Feed.v("a")), from: from)
    card.stretch = .init(edge: edge, count: count)
    let points = (0...4000).map { Double($0) / 1000 }
    return try Feed.results(
      [card], at: points, ["a": { sine(2 * .pi * $0) * (2 + $0.rounded(.down)) }])[0]
  }

  @Test func risesAndFalls() throws {
    // up to 0.25, down to 0.75, up to 1.25 (now 3 times as high), ...
    #expect(abs(try swing(1, .rise).value! - 2) < 1e-9)
    #expect(abs(try swing(1, .fall).value! - 4) < 1e-9)
    #expect(abs(try swing(2, .rise).value! - 5) < 1e-9)
    #expect(abs(try swing(-1, .fall).value! - 10) < 1e-9)
    #expect(abs(try swing(-2, .fall).value! - 8) < 1e-9)
    #expect(abs(try swing(1, .fall, from: 1).value! - 6) < 1e-9)
    let missing = try swing(7, .fall)
    #expect(missing.value == nil && missing.failure?.contains("only 4") == true)
  }

  /// A level that is kept ends no rise, nor does rounding begin a fall.
  @Test func plateausBelongToTheRise() throws {
    var card = Feed.card(.statistic(.maximumPlace, Feed.v("a")))
    card.stretch = .init(edge: .rise, count: 1)
    let result = try Feed.results(
      [card], at: (0...40).map { Double($0) / 10 },
      ["a": { x in x < 1 ? x : x < 2 ? 1 - 1e-13 * x : x < 3 ? x - 1 : 5 - x }])[0]
    #expect(result.value == 3)
  }

  /// A falling sawtooth of N samples: the mean is exact in the sum, the n-th magnitude is
  /// (A/N) / sin(pi n / N) and its phase 180 n / N degrees.
  @Test func harmonicsOfASawtooth() throws {
    var card = Feed.card(
      "m", .harmonics(Feed.v("a"), frequency: 2, count: 9, samples: 200), to: 2)
    card.delay = 1
    let result = try Feed.results(
      [card], at: (0...60).map { Double($0) / 20 }, ["a": { 3 - $0 }])[0]
    let table = try #require(result.harmonics)
    #expect(table.samples == 200 && table.start == 1.5 && table.harmonics.count == 10)
    #expect(abs(table.harmonics[0].magnitude - (1.25 + 0.25 / 200)) < 1e-12)
    for n in 1...9 {
      let angle = Double.pi * Double(n) / 200
      #expect(abs(table.harmonics[n].magnitude * sine(angle) * 200 / 0.5 - 1) < 1e-9)
      #expect(abs(table.harmonics[n].phase - 0.9 * Double(n)) < 1e-6)
    }
    #expect(result.value == table.totalHarmonicDistortion)
  }

  @Test func harmonicsNeedAPeriod() throws {
    let card = Feed.card(
      "m", .harmonics(Feed.v("a"), frequency: 2, count: 9, samples: 200), to: 0.4)
    let result = try Feed.results([card], at: [0, 0.2, 0.4, 1], ["a": { $0 }])[0]
    #expect(result.value == nil && result.failure?.contains("period") == true)
  }

  /// The last point within the window counts.
  @Test func equationsInAWindow() throws {
    let whole = Feed.card("a", .expression(Feed.v("a")))
    let early = Feed.card("b", .expression(Feed.v("a")), to: 2)
    let never = Feed.card("c", .expression(Feed.v("a")), from: 9)
    let results = try Feed.results([whole, early, never], at: [0, 1, 2, 3], ["a": { 10 * $0 }])
    #expect(results.map(\.value) == [30, 20, nil])
  }

  /// `from` above `to`, `at` outside, and a single point leave nothing to measure.
  @Test func emptyWindows() throws {
    let cards = [
      Feed.card("a", .statistic(.maximum, Feed.v("a")), from: 3, to: 1),
      Feed.card("b", .statistic(.average, Feed.v("a")), from: 2, to: 2),
      Feed.card("c", .find(Feed.v("a"), .init(at: 1)), from: 2),
      Feed.card("d", .between(.init(at: 9), .init(at: 1))),
    ]
    let results = try Feed.results(cards, at: [0, 1, 2, 3], ["a": { $0 }])
    #expect(results.allSatisfy { $0.value == nil })
    let single = Feed.card("e", .find(Feed.v("a"), .init(at: 2)), from: 2, to: 2)
    #expect(try Feed.results([single], at: [0, 1, 2, 3], ["a": { $0 }])[0].value == 2)
  }
}
