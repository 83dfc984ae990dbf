import AssociativeMemory
import Numerics
import Testing

private func phases(_ count: Int, seed: UInt64, scale: Double = 2 * Double.pi) -> [Double] {
  var stream = RandomStream(seed: seed, purpose: .parameter)
  return (0..<count).map { _ in scale * stream.uniform() }
}

/// The least rms over all rotations, by trying the mean of every possible winding.
private func exhaustive(_ a: [Double], _ b: [Double]) -> Double {
  let residuals = zip(a, b).map { wrapped($0 - $1) }.sorted()
  let n = Double(a.count)
  var best = Double.infinity
  for lifted in 0...a.count {
    // The `lifted` lowest residuals one turn up: all windings that a rotation can make.
    let values = residuals.enumerated().map {
      $0.offset < lifted ? $0.element + 2 * Double.pi : $0.element
    }
    let mean = values.reduce(0, +) / n
    best = min(best, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n)
  }
  return best.squareRoot()
}

@Suite struct RecallErrorTests {
  @Test func knownValue() {
    // Half the pixels off by 0.2: after rotation by 0.1 all are off by 0.1.
    let target = phases(20, seed: 1)
    let state = target.enumerated().map { $0.offset % 2 == 0 ? $0.element + 0.2 : $0.element }
    let error = RecallError.of(phases: state, target: target, encoding: .full)
    #expect(abs(error.value - 0.1 / (2 * Double.pi)) < 1e-15)
    #expect(abs(error.rotation - 0.1) < 1e-14)
    let half = RecallError.of(phases: state, target: target, encoding: .half)
    #expect(abs(half.value - 0.1 / Double.pi) < 1e-15)
  }

  @Test func globalPhaseAndTurnsDoNotCount() {
    let target = phases(50, seed: 2)
    let noise = phases(50, seed: 3, scale: 1.5)
    let state = zip(target, noise).map { $0 + $1 }
    let plain = RecallError.of(phases: state, target: target, encoding: .half)
    for turn in [0.3, 2.0, -3.1, 40.0] {
      let turned = state.enumerated().map {
        $0.element + turn + 2 * Double.pi * Double($0.offset % 5 - 2)
      }
      let error = RecallError.of(phases: turned, target: target, encoding: .half)
      #expect(abs(error.value - plain.value) < 1e-13)
      #expect(abs(wrapped(error.rotation - plain.rotation - turn)) < 1e-12)
    }
  }

  @Test func theRmsItselfIsLeast() {
    for seed in 0..<40 as Range<UInt64> {
      let target = phases(33, seed: 100 + seed)
      let noise = phases(33, seed: 200 + seed, scale: Double(seed % 4) + 0.5)
      let state = zip(target, noise).map { $0 + $1 }
      let error = RecallError.of(phases: state, target: target, encoding: .full)
      #expect(abs(error.value * 2 * Double.pi - exhaustive(state, target)) < 1e-12)
    }
  }

  @Test func anEndlessStartIsStillAMinimum() {
    // Unrelated phases: no rotation nearby does better.
    let target = phases(64, seed: 5)
    let state = phases(64, seed: 6)
    let error = RecallError.of(phases: state, target: target, encoding: .full)
    for shift in [-0.05, -0.001, 0.001, 0.05] {
      let squares = zip(state, target).reduce(0.0) {
        let residual = wrapped($1.0 - $1.1 - error.rotation - shift)
        return $0 + residual * residual
      }
      #expect((squares / 64).squareRoot() >= error.value * 2 * Double.pi - 1e-12)
    }
  }

  @Test func amplitudesAgreeWithPhases() {
    // Sizes around the vector width, amplitudes of any modulus.
    for count in [1, 7, 8, 9, 16, 191, 192] {
      let target = phases(count, seed: 7)
      let moduli = phases(count, seed: 9, scale: 3)
      for scale in [0.01, 1.0, 2.5] {
        let noise = phases(count, seed: 8, scale: scale)
        let state = zip(target, noise).map { $0 + $1 + 2.2 }
        let amplitudes = zip(state, moduli).map { Complex(modulus: $1 + 0.1, argument: $0) }
        let units = target.map { Complex(modulus: 1, argument: $0) }
        let slow = RecallError.of(phases: state, target: target, encoding: .full)
        let fast = RecallError.of(
          amplitudes: amplitudes, target: units, count: count, encoding: .full)
        #expect(abs(fast.value - slow.value) < 1e-13)
        let followed = RecallError.of(
          amplitudes: amplitudes, target: units, count: count, encoding: .full,
          start: slow.rotation + 0.01)
        #expect(abs(followed.value - slow.value) < 1e-13)
      }
    }
  }

  @Test func aNaNIsNotHidden() {
    let error = RecallError.of(phases: [0, .nan, 1], target: [0, 0, 0], encoding: .half)
    #expect(error.value.isNaN)
    let amplitudes = [Complex](repeating: Complex(.nan, 0), count: 9)
    let target = [Complex](repeating: .one, count: 9)
    #expect(
      RecallError.of(amplitudes: amplitudes, target: target, count: 9, encoding: .half)
        .value.isNaN)
  }
}

@Suite struct OverlapTests {
  @Test func overlapsAndOrderParameter() throws {
    let set = try PatternSet.random(count: 4, width: 10, height: 10, encoding: .full, seed: 1)
    let turned = set.phases[2].map { $0 + 1.1 }
    let overlaps = Overlap.moduli(of: turned, with: set.phasors)
    #expect(abs(overlaps[2] - 1) < 1e-14)
    for other in [0, 1, 3] {
      var sum = Complex.zero
      for i in 0..<100 {
        sum += Complex(modulus: 1, argument: turned[i] - set.phases[other][i])
      }
      #expect(abs(overlaps[other] - sum.modulus / 100) < 1e-14)
    }
    #expect(abs(Overlap.orderParameter(of: [0.4, 0.4, 0.4]) - 1) < 1e-15)
    #expect(Overlap.orderParameter(of: [0, Double.pi]) < 1e-15)
    let amplitudes = [Complex(2, 0), Complex(0, 3)]
    #expect(
      abs(Overlap.orderParameter(of: amplitudes, count: 2) - 0.5.squareRoot()) < 1e-15)
  }
}

@Suite struct SuccessStatisticsTests {
  /// Roots q of (p - q)^2 = z^2 q (1 - q) / n, worked out in 30 digits.
  @Test func wilsonIntervals() {
    let known: [(Int, Int, Double, Double)] = [
      (0, 10, 0, 0.2775327998628899), (10, 10, 0.72246720013711, 1),
      (5, 10, 0.236593090512564, 0.763406909487436),
      (81, 263, 0.255288520, 0.366209577),
    ]
    for (successes, trials, lower, upper) in known {
      let interval = SuccessStatistics(successes: successes, trials: trials).interval
      #expect(abs(interval.lowerBound - lower) < 1e-9)
      #expect(abs(interval.upperBound - upper) < 1e-9)
    }
    #expect(SuccessStatistics(successes: 0, trials: 0).interval == 0...1)
    #expect(SuccessStatistics(successes: 0, trials: 0).rate == nil)
  }

  @Test func quantilesWithTrialsNeverReached() {
    #expect(Quantile.median([3, 1, 2]) == 2)
    #expect(Quantile.median([4, 1, 2, 3]) == 2.5)
    #expect(Quantile.median([1, nil, 2]) == 2)
    #expect(Quantile.median([1, nil, nil]) == nil)
    #expect(Quantile.median([1, 2, nil, nil]) == nil)
    #expect(Quantile.median([]) == nil)
    #expect(Quantile.of([0, 1, 2, 3, 4], 0.95) == 3.8)
    #expect(Quantile.of([nil, 5], 0) == 5)
  }
}
