import AssociativeMemory
import Numerics
import Testing

@Suite struct ErrorCrossingTests {
  private func time(
    _ error: (Double) -> Double, target: Double, step: Double = 0.5, until end: Double
  ) -> Double? {
    let times = Array(stride(from: 0, through: end, by: step))
    return withoutActuallyEscaping(error) {
      ErrorCrossing.timeToTarget(
        times: times, errors: times.map($0), target: target, refine: $0)
    }
  }

  @Test func exponentialDecay() throws {
    let found = try #require(time({ exponential(-$0) }, target: 0.05, until: 10))
    #expect(abs(found - naturalLogarithm(20)) < 1e-8)
  }

  @Test func theLastCrossingCounts() throws {
    // Below 0.2 from t = 2.1, above again around 2 pi, below for good after that.
    let error = { (t: Double) in exponential(-t / 5) * (1 + cosine(t)) / 2 }
    let found = try #require(time(error, target: 0.2, step: 0.1, until: 20))
    #expect(abs(error(found) - 0.2) < 1e-8)
    #expect(stride(from: found + 1e-6, to: 20, by: 0.01).allSatisfy { error($0) < 0.2 })
    #expect(found > 2 * Double.pi)
  }

  @Test func neverOrNotAtTheEnd() {
    #expect(time({ _ in 0.2 }, target: 0.05, until: 5) == nil)
    // Below in the middle, above at the end.
    #expect(time({ abs($0 - 2.5) }, target: 1, until: 5) == nil)
    #expect(time({ _ in .nan }, target: 1, until: 5) == nil)
    #expect(time({ _ in 0.01 }, target: 0.05, until: 5) == 0)
    #expect(ErrorCrossing.timeToTarget(times: [], errors: [], target: 1) == nil)
  }

  @Test func linearBetweenSamples() throws {
    let found = try #require(
      ErrorCrossing.timeToTarget(times: [0, 2], errors: [1, 0], target: 0.25))
    #expect(abs(found - 1.5) < 1e-8)
  }

  /// Steps and flat approaches, which a pure secant creeps on, still end within the bracket.
  @Test func difficultShapes() throws {
    let step = try #require(time({ $0 < 1.23456 ? 1 : 0 }, target: 0.5, step: 2, until: 4))
    #expect(abs(step - 1.23456) < 1e-6)
    let flat = { (t: Double) in t < 1.5 ? power(1.5 - t, 9) : -power(t - 1.5, 9) }
    let found = try #require(time(flat, target: 0, step: 4, until: 4))
    #expect(found > 0 && found < 4 && abs(flat(found)) < 1e-6)
  }

  @Test func fewEvaluations() {
    var calls = 0
    var crossing = ErrorCrossing(target: 0.05)
    crossing.record(time: 0, error: 1)
    crossing.record(time: 4, error: exponential(-4)) {
      calls += 1
      return exponential(-$0)
    }
    #expect(crossing.crossings == 1)
    #expect(calls <= 16)
  }
}
