import Foundation
import Integration
import Numerics
import Testing

@Suite struct StratonovichHeunTests {
  private func run(
    _ system: LinearNoise, from value: Double = 1, to end: Double, steps: Int, trials: Int,
    draws: Int = 1, seed: UInt64 = 1
  ) throws -> [Double] {
    let stepper = try StratonovichHeun(
      system, initial: [Double](repeating: value, count: system.count), step: end / Double(steps),
      seed: seed, samples: Array(0..<trials), drawsPerStep: draws)
    try stepper.advance(steps: steps)
    #expect(stepper.time == end / Double(steps) * Double(steps))
    return stepper.stateValues
  }

  private func mean(_ values: [Double], _ power: Double = 1) -> Double {
    values.reduce(0) { $0 + pow($1, power) } / Double(values.count)
  }

  /// dX = a X dt + b X o dW has the solution exp(a t + b W). On the same Brownian paths, coarse
  /// steps err in proportion to the step (strong order 1).
  @Test func strongOrder() throws {
    let (trials, length, finest, a, b) = (40, 64, 256, 0.5, 0.8)
    var paths = [Double](repeating: 0, count: trials * length)
    var draws = [Double](repeating: 0, count: length)
    for trial in 0..<trials {
      let source = NormalBatch(seed: 1, sample: trial, purpose: .thermalNoise)
      for step in 0..<finest {
        source.fillNormals(&draws, count: length, step: step)
        for k in 0..<length { paths[trial * length + k] += draws[k] / Double(finest).squareRoot() }
      }
    }
    let system = LinearNoise(trials: trials, length: length, rate: a, .proportional(b))
    let errors = try [32, 16, 8, 4].map { draws in
      let end = try run(system, to: 1, steps: finest / draws, trials: trials, draws: draws)
      return zip(end, paths).reduce(0) { $0 + abs($1.0 - exp(a + b * $1.1)) } / Double(end.count)
    }
    let order = log2(errors[0] / errors[3]) / 3
    #expect(order > 0.85 && order < 1.15, "\(errors)")
    #expect(errors[3] < 0.02)
  }

  /// Mean and variance of dX = -X dt + s dW at t = 2: weak order 2 with additive noise, and the
  /// exact values at a small step.
  @Test func weakOrderWithAdditiveNoise() throws {
    let (trials, length, s) = (100, 4000, 1.0)
    let system = LinearNoise(trials: trials, length: length, rate: -1, .additive(s))
    let exact = (mean: exp(-2.0), variance: s * s / 2 * (1 - exp(-4.0)))
    var meanErrors: [Double] = []
    var varianceErrors: [Double] = []
    let count = Double(trials * length)
    for steps in [4, 8, 32] {
      let values = try run(system, to: 2, steps: steps, trials: trials)
      let average = mean(values)
      meanErrors.append(abs(average - exact.mean))
      varianceErrors.append(abs(mean(values, 2) - average * average - exact.variance))
    }
    #expect(meanErrors[2] < 4 * (exact.variance / count).squareRoot() + 1e-3)
    #expect(varianceErrors[2] < 4 * exact.variance * (2 / count).squareRoot() + 1e-3)
    let order = log2(varianceErrors[0] / varianceErrors[1])
    #expect(order > 1.7 && order < 2.6, "\(varianceErrors)")
    #expect(log2(meanErrors[0] / meanErrors[1]) > 1.6)
  }

  /// The mean of the geometric process is exp((a + b^2 / 2) t) in Stratonovich's sense (Ito's would
  /// be exp(a t)); weak order 1; each step multiplies it by the scheme's own factor.
  @Test func weakOrderWithProportionalNoise() throws {
    let (trials, length, a, b) = (100, 4000, 0.2, 0.7)
    let system = LinearNoise(trials: trials, length: length, rate: a, .proportional(b))
    let exact = exp(a + b * b / 2)
    let spread = (exp(2 * (a + b * b)) - exact * exact).squareRoot() / 200 / 10.0.squareRoot()
    var errors: [Double] = []
    for steps in [2, 4, 32] {
      let h = 1 / Double(steps)
      let average = mean(try run(system, to: 1, steps: steps, trials: trials))
      let factor = 1 + a * h + (a * a * h * h + b * b * h) / 2
      #expect(abs(average - pow(factor, Double(steps))) < 4 * spread, "\(steps) steps")
      errors.append(abs(average - exact))
    }
    let order = log2(errors[0] / errors[1])
    #expect(order > 0.6 && order < 1.4, "\(errors)")
    #expect(errors[2] < 4 * spread + 0.01)
    #expect(exact - exp(a) > 0.3)
  }

  @Test func stationaryVariance() throws {
    let system = LinearNoise(trials: 50, length: 2000, rate: -2, .additive(3))
    let values = try run(system, from: 0, to: 5, steps: 200, trials: 50)
    let expected = 9.0 / 4
    let count = 100_000.0
    #expect(abs(mean(values)) < 4.5 * (expected / count).squareRoot())
    #expect(abs(mean(values, 2) - expected) < 4.5 * expected * (2 / count).squareRoot() + 3e-3)
  }

  /// Without noise the scheme is Heun's, of second order, whichever way the noise is given.
  @Test(arguments: [LinearNoise.Noise.additive(0), .proportional(0)])
  func orderWithoutNoise(noise: LinearNoise.Noise) throws {
    let system = LinearNoise(trials: 1, length: 3, rate: -1, noise)
    let errors = try [20, 40].map {
      abs(try run(system, to: 1, steps: $0, trials: 1)[2] - exp(-1))
    }
    let order = log2(errors[0] / errors[1])
    #expect(order > 1.9 && order < 2.1)
  }

  /// A trial gives the same bits alone as in any batch, in any place, at any length.
  @Test(arguments: [LinearNoise.Noise.additive(0.3), .proportional(0.3)])
  func sameBitsAloneAndInABatch(noise: LinearNoise.Noise) throws {
    for length in [1, 7, 8, 37, 64] {
      func run(_ samples: [Int]) throws -> [Double] {
        let system = LinearNoise(trials: samples.count, length: length, rate: -0.5, noise)
        let initial = samples.flatMap { sample in (0..<length).map { Double($0 + sample) } }
        let stepper = try StratonovichHeun(
          system, initial: initial, step: 0.01, seed: 42, samples: samples)
        try stepper.advance(steps: 25)
        return stepper.stateValues
      }
      let batch = try run([3, 0, 9, 4])
      for (place, sample) in [3, 0, 9, 4].enumerated() {
        let alone = try run([sample])
        #expect(alone == Array(batch[(place * length)..<((place + 1) * length)]))
      }
      #expect(batch[0..<length] != batch[length..<(2 * length)])
    }
  }

  /// Coarse and fine steps see the same Brownian path.
  @Test func refinedPathsAgree() throws {
    let system = LinearNoise(trials: 3, length: 11, rate: 0, .additive(2))
    let fine = try run(system, to: 1, steps: 60, trials: 3)
    let coarse = try run(system, to: 1, steps: 12, trials: 3, draws: 5)
    for (a, b) in zip(fine, coarse) { #expect(abs(a - b) < 1e-12) }
  }

  /// After a jump the noise goes on with new numbers, and time counts from the jump.
  @Test func reinitialise() throws {
    let system = LinearNoise(trials: 2, length: 5, rate: 0, .additive(1))
    let stepper = try StratonovichHeun(
      system, initial: [Double](repeating: 0, count: 10), step: 0.1, seed: 1, samples: [0, 1])
    try stepper.step()
    let first = stepper.stateValues
    try stepper.reinitialise(at: 7, state: [Double](repeating: 0, count: 10), step: 0.1)
    #expect(stepper.time == 7 && stepper.stepCount == 1)
    #expect(try stepper.step() == 7.1)
    #expect(stepper.stateValues != first)
  }

  /// A state that is not finite is never stepped onto; what the system throws arrives.
  @Test func failures() throws {
    let growing = LinearNoise(trials: 1, length: 2, rate: 1e200, .additive(1))
    let stepper = try StratonovichHeun(
      growing, initial: [1e10, 1], step: 1, seed: 1, samples: [0])
    let failure = try #require(throws: IntegrationFailure.self) { try stepper.advance(steps: 9) }
    #expect(failure.code == nil && failure.time == stepper.time)
    #expect(stepper.stateValues.allSatisfy { $0.isFinite })
    #expect(throws: IntegrationFailure.self) {
      try StratonovichHeun(growing, initial: [1, .nan], step: 1, seed: 1, samples: [0])
    }
  }
}
