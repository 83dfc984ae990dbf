import Numerics
import Schematic
import Testing

@testable import Simulation

struct MeasureStatisticTests {
  typealias Feed = MeasureFeed
  static func sine(_ t: Double) -> Double { 0.2 + 1.5 * Numerics.sine(2 * .pi * t) }

  private func value(
    _ statistic: String, from: Double? = nil, to: Double? = nil, on: Double? = nil,
    off: Double? = nil, resolution: Double? = nil, at points: [Double],
    _ function: @escaping (Double) -> Double
  ) throws -> MeasureResult {
    var builder = MeasureBuilder(analysis: .tran)
    let card = Feed.card(
      .expression(Feed.v("a")), from: from, to: to, on: on, off: off, resolution: resolution)
    let window = (from ?? -.infinity)...(to ?? .infinity)
    var evaluator = try builder.statistic(statistic, of: Feed.v("a"), card, window)
    var last: (Double, [Double])?
    for x in points {
      let values = [function(x)]
      if let last {
        last.1.withUnsafeBufferPointer { before in
          values.withUnsafeBufferPointer { after in
            evaluator.advance(
              MeasureStep(
                start: last.0, end: x, before: before.baseAddress!, after: after.baseAddress!,
                dense: nil))
          }
        }
      } else {
        evaluator.begin(at: x, values: values)
      }
      last = (x, values)
    }
    switch evaluator.finish() {
    case .found(let value, let abscissa, let details, _, _):
      return MeasureResult(name: "m", value: value, abscissa: abscissa, details: details)
    case .failed(let reason): return MeasureResult(name: "m", value: nil, failure: reason)
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func closedFormsOfASine(seed: UInt64) throws {
    let points = Feed.irregular(to: 3, steps: 6000, seed: seed)
    let expected: [(String, Double)] = [
      ("min", -1.3), ("max", 1.7), ("pp", 3), ("avg", 0.2), ("integ", 0.6),
      ("rms", (0.04 + 1.125).squareRoot()), ("min_at", 0.75), ("max_at", 0.25),
    ]
    for (name, exact) in expected {
      let found = try #require(try value(name, at: points, Self.sine).value)
      // an extreme's place is a point's: no nearer than half a step
      let place = name.hasSuffix("_at")
      let error = place ? abs(found - exact - (found - exact).rounded()) : abs(found - exact)
      #expect(error < (place ? 5e-4 : 3e-6), "\(name): \(found) for \(exact)")
    }
  }

  @Test func windowsEndBetweenPoints() throws {
    // a ramp makes every trapezoid exact, so only the window's ends can be wrong
    let points = [0.0, 0.3, 0.55, 1.3, 2.0, 2.6]
    let integral = try value("integ", from: 0.4, to: 2.1, at: points) { $0 }
    #expect(abs(integral.value! - (2.1 * 2.1 - 0.4 * 0.4) / 2) < 1e-14)
    #expect(abs(try value("avg", from: 0.4, to: 2.1, at: points) { $0 }.value! - 1.25) < 1e-14)
    #expect(try value("max", from: 0.4, to: 2.1, at: points) { $0 }.value == 2.1)
    #expect(abs(try value("min", from: 0.4, to: 2.1, at: points) { $0 }.value! - 0.4) < 1e-15)
    // wholly inside one step
    #expect(abs(try value("avg", from: 0.7, to: 0.8, at: points) { $0 }.value! - 0.75) < 1e-14)
    #expect(try value("avg", from: 3, to: 4, at: points) { $0 }.failure != nil)
  }

  @Test func aSinglePointHasExtremesAndNoAverage() throws {
    for name in ["min", "max"] { #expect(try value(name, at: [1]) { _ in 3 }.value == 3) }
    for name in ["avg", "rms"] { #expect(try value(name, at: [1]) { _ in 3 }.failure != nil) }
  }

  @Test func cyclesOfATriangle() throws {
    // 0 up to 1 and back within a period of 1
    let triangle: (Double) -> Double = { t in
      let phase = t - t.rounded(.down)
      return phase < 0.5 ? 2 * phase : 2 - 2 * phase
    }
    let points = (0...800).map { Double($0) / 80 }
    let on = 0.8
    let off = 0.3
    func measured(_ name: String) throws -> Double {
      try value(name, on: on, off: off, at: points, triangle).value!
    }
    #expect(abs(try measured("freq") - 1) < 1e-12)
    // on from 0.4 (rising through 0.8) to 0.85 (falling through 0.3)
    #expect(abs(try measured("duty") - 0.45) < 1e-12)
    #expect(abs(try measured("on_time") - 0.2) < 1e-12)
    #expect(abs(try measured("off_time") - 0.3) < 1e-12)
    let resolved = try value("on_time", on: on, off: off, resolution: 0.1, at: points, triangle)
    #expect(abs(resolved.value! - 0.3) < 1e-12)
    let frequency = try value("freq", on: on, off: off, at: points, triangle)
    #expect(frequency.details.contains { $0.label == "period" && abs($0.value - 1) < 1e-12 })
  }

  @Test func cyclesOfAnIdealPulseJumpWithoutLength() throws {
    var points: [(Double, Double)] = []
    for k in 0..<5 {
      let t = Double(k)
      points += [(t, 0), (t + 0.25, 0), (t + 0.25, 1), (t + 1, 1)]
    }
    var set = try MeasureSet(
      [Feed.card(.statistic(.dutyCycle, Feed.v("a")), on: 0.5, off: 0.5)], analysis: .tran)
    for (x, y) in points {
      set.record(abscissa: x, values: [y].span)
    }
    let result = set.finish()[0]
    #expect(abs(result.value! - 0.75) < 1e-14)
  }

  @Test func cyclesCrossZeroWithoutLevels() throws {
    let card = Feed.card(.statistic(.dutyCycle, Feed.v("a")))
    let result = try Feed.results([card], at: [0, 1, 3], ["a": { $0 < 1 ? 2 * $0 - 1 : 2 - $0 }])
    // on from 0.5 to 2
    #expect(abs(result[0].value! - 0.5) < 1e-15)
  }

  @Test func sumsKeepTheirDigits() {
    var sum = CompensatedSum()
    sum.add(1e16)
    for _ in 0..<10 { sum.add(1) }
    sum.add(-1e16)
    #expect(sum.value == 10)
  }
}
