import Networks
import Numerics
import Testing

@Suite struct EnsembleTests {
  /// Random images on the full circle and the projector on their span, for any N and seed.
  static func problem(count: Int, images: Int, seed: UInt64) -> (LowRankMatrix, [[Double]]) {
    var stream = RandomStream(seed: seed, purpose: .patterns)
    var phases: [[Double]] = []
    var columns: [[Complex]] = []
    for _ in 0..<images {
      let image = (0..<count).map { _ in 2 * Double.pi * stream.uniform() }
      phases.append(image)
      var column = image.map { Complex(modulus: 1, argument: $0) }
      for _ in 0..<2 {
        for other in columns {
          let overlap = zip(other, column).reduce(Complex.zero) { $0 + $1.0.conjugate * $1.1 }
          for i in 0..<count { column[i] -= overlap * other[i] }
        }
      }
      let length = column.reduce(0) { $0 + $1.squaredModulus }.squareRoot()
      columns.append(column.map { $0 / length })
    }
    let basis = ComplexMatrix(rows: count, columns: images, elements: columns.flatMap { $0 })
    return (LowRankMatrix(left: basis, right: basis), phases)
  }

  /// `image` with a part of its pixels randomised.
  static func probe(_ image: [Double], part: Double, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .corruption)
    return image.map { stream.uniform() < part ? 2 * Double.pi * stream.uniform() : $0 }
  }

  static func ensemble(
    _ weights: LowRankMatrix, detuning: [Double]? = nil, tolerance: Double = 1e-6, width: Int = 48,
    kappa: Double = 1
  ) -> PhaseEnsemble {
    PhaseEnsemble(
      weights: LowRankCoupling(weights),
      gain: [Complex](repeating: Complex(kappa), count: weights.left.rows), detuning: detuning,
      tolerances: EnsembleTolerances(relative: tolerance, absolute: tolerance), width: width)
  }

  static func distance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    zip(a, b).reduce(0) { max($0, abs(wrapped($1.0 - $1.1))) }
  }

  @Test(arguments: [1, 7, 8, 61])
  func anyNumberOfOscillatorsRecalls(count: Int) throws {
    let (weights, images) = Self.problem(count: count, images: count > 8 ? 3 : 1, seed: 3)
    let probes = images.flatMap { Self.probe($0, part: 0.2, seed: 5) }
    let result = try Self.ensemble(weights).run(initial: probes, until: 60)
    for (place, image) in images.enumerated() {
      let found = Array(result.phases[place * count..<(place + 1) * count])
      let turn = zip(image, found).reduce(Complex.zero) {
        $0 + Complex(modulus: 1, argument: $1.1 - $1.0)
      }.argument
      let rest = zip(image, found).map { wrapped($1 - $0 - turn) }
      #expect(rest.allSatisfy { abs($0) < 1e-5 })
    }
  }

  /// One oscillator pulled by its own fixed image: tan(phi / 2) falls as e^{-t}.
  @Test func followsTheClosedFormOfTwoOscillators() throws {
    // With W = 1/2 [[1, 1], [1, 1]] the difference d of both phases obeys d' = -sin d.
    let half = Complex(0.5.squareRoot())
    let basis = ComplexMatrix(rows: 2, columns: 1, elements: [half, half])
    let weights = LowRankMatrix(left: basis, right: basis)
    for start in [0.3, 1.5, 3.0] {
      for end in [0.5, 2.0, 9.0] {
        let result = try Self.ensemble(weights, tolerance: 1e-9).run(
          initial: [start, 0], until: end)
        let expected = 2 * arcTangent(tangent(start / 2) * exponential(-end))
        #expect(abs(wrapped(result.phases[0] - result.phases[1]) - expected) < 1e-7)
      }
    }
  }

  @Test func detunedPairLocksAtTheArcSine() throws {
    let half = Complex(0.5.squareRoot())
    let basis = ComplexMatrix(rows: 2, columns: 1, elements: [half, half])
    let weights = LowRankMatrix(left: basis, right: basis)
    // The common phase turns at the mean detuning; the difference locks at arcsin(0.5 / kappa).
    let result = try Self.ensemble(weights, detuning: [3.5, 3.0], tolerance: 1e-8).run(
      initial: [0.4, 0.1], until: 40)
    let (a, b) = (result.phases[0], result.phases[1])
    #expect(abs(wrapped(a - b) - arcSine(0.5)) < 1e-6)
    #expect(abs(wrapped(a + b - 0.5 - 6.5 * 40)) < 1e-5)
  }

  /// With kappa in real units and time in seconds the same steps are taken.
  @Test func doesNotDependOnTheUnitOfTime() throws {
    let (weights, images) = Self.problem(count: 24, images: 2, seed: 9)
    let probe = Self.probe(images[0], part: 0.25, seed: 2)
    let unit = try Self.ensemble(weights).run(initial: probe, until: 30)
    let real = try Self.ensemble(weights, kappa: 0x1p23).run(initial: probe, until: 30 * 0x1p-23)
    #expect(Self.distance(unit.phases[...], real.phases[...]) < 1e-9)
    #expect(abs(unit.statistics[0].products - real.statistics[0].products) <= 1)
  }

  @Test func everyTrialHoldsItsTolerance() throws {
    let n = 64
    let (weights, images) = Self.problem(count: n, images: 4, seed: 21)
    // Trials at rest, and one that starts anywhere at all.
    var initial: [Double] = []
    for trial in 0..<12 {
      initial += Self.probe(images[trial % 4], part: trial == 7 ? 1 : 0.02, seed: UInt64(trial))
    }
    let end = 6.0
    let rough = try Self.ensemble(weights, tolerance: 1e-6).run(initial: initial, until: end)
    let exact = try Self.ensemble(weights, tolerance: 1e-11).run(initial: initial, until: end)
    for trial in 0..<12 {
      let range = trial * n..<(trial + 1) * n
      #expect(Self.distance(rough.phases[range], exact.phases[range]) < 1e-4)
    }
    // The hard trial takes steps of its own; the others do not wait for it.
    let others = rough.statistics.indices.filter { $0 != 7 }.map { rough.statistics[$0].steps }
    #expect(rough.statistics[7].steps > others.max()!)
  }

  @Test func aTrialAloneEqualsTheTrialInABatch() throws {
    let n = 40
    let (weights, images) = Self.problem(count: n, images: 3, seed: 4)
    let initial = (0..<9).flatMap { Self.probe(images[$0 % 3], part: 0.3, seed: UInt64($0)) }
    let together = try Self.ensemble(weights).run(initial: initial, until: 20)
    let few = try Self.ensemble(weights, width: 2).run(initial: initial, until: 20)
    #expect(together.times == [Double](repeating: 20, count: 9))
    for trial in 0..<9 {
      let range = trial * n..<(trial + 1) * n
      let alone = try Self.ensemble(weights).run(initial: Array(initial[range]), until: 20)
      #expect(Self.distance(alone.phases[...], together.phases[range]) < 1e-9)
      #expect(Self.distance(few.phases[range], together.phases[range]) < 1e-9)
    }
    let again = try Self.ensemble(weights).run(initial: initial, until: 20)
    #expect(again.phases == together.phases)
  }

  @Test func anObserverMayStopATrial() throws {
    let (weights, images) = Self.problem(count: 16, images: 1, seed: 8)
    let initial = (0..<5).flatMap { Self.probe(images[0], part: 0.3, seed: UInt64($0)) }
    var last = [Double](repeating: 0, count: 5)
    let result = try Self.ensemble(weights, width: 2).run(initial: initial, until: 10) { step in
      #expect(step.start == last[step.trial] && step.end > step.start)
      last[step.trial] = step.end
      return step.trial != 2 || step.end < 1
    }
    #expect(result.times == last)
    for trial in 0..<5 where trial != 2 { #expect(last[trial] == 10) }
    #expect(last[2] >= 1 && last[2] < 10)
  }

  @Test func nothingToDoTakesNoStep() throws {
    let (weights, images) = Self.problem(count: 8, images: 1, seed: 8)
    let still = try Self.ensemble(weights).run(initial: images[0], until: 0)
    #expect(still.times == [0] && still.statistics[0].steps == 0)
    #expect(Self.distance(still.phases[...], images[0][...]) < 1e-12)
    #expect(try Self.ensemble(weights).run(initial: [], until: 1).times.isEmpty)
    // Without coupling nothing moves, at any step.
    let none = try Self.ensemble(weights, kappa: 0).run(initial: images[0], until: 1e9)
    #expect(none.times == [1e9])
    #expect(Self.distance(none.phases[...], images[0][...]) < 1e-12)
  }

  @Test func whatIsNotFiniteNamesItsTrial() throws {
    let (weights, images) = Self.problem(count: 8, images: 1, seed: 8)
    let initial = images[0] + [Double](repeating: .nan, count: 8)
    #expect(throws: EnsembleFailure.self) {
      try Self.ensemble(weights).run(initial: initial, until: 1)
    }
    do {
      _ = try Self.ensemble(weights).run(initial: initial, until: 1)
    } catch {
      #expect(error.trial == 1 && error.time == 0 && error.reason == .notFinite)
      #expect(error.description.contains("trial 1 "))
    }
  }

  @Test func aToleranceBelowRoundingFailsInsteadOfLooping() throws {
    let (weights, images) = Self.problem(count: 16, images: 1, seed: 8)
    let probe = Self.probe(images[0], part: 0.5, seed: 1)
    #expect {
      try Self.ensemble(weights, tolerance: 1e-30).run(initial: probe, until: 10)
    } throws: { ($0 as? EnsembleFailure)?.reason == .stepUnderflow }
  }
}
