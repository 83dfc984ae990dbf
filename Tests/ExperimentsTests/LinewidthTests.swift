import Integration
import Networks
import Numerics
import Testing

/// Thermal noise of free oscillators in the envelope equation (docs/physics.md, section 2).
@Suite struct LinewidthTests {
  static let noise = 0.02

  /// What 800 uncoupled oscillators, each observed through 24 windows, showed: the diffusion of
  /// their phases, rad^2/s, and the moments of their powers.
  struct Observation {
    var diffusion: Double
    var power: (mean: Double, deviation: Double)
  }

  /// The slope of the mean square increment between a lag of 20 and one of 40 relaxation times:
  /// what the power still remembers within a window adds the same to both.
  static func observe(nu: Double, seed: UInt64) throws -> Observation {
    let count = 800
    let windows = 24
    let system = EnvelopeSystem(
      oscillators: EnvelopeOscillators(
        count: count, AdlerTests.oscillator(nu: nu, noise: noise)), couplings: [], trials: 1)
    // The power decays at twice its damping of 1 /s.
    let lag = 10.0
    let step = 0.05
    let steps = Int(lag / step)
    let stepper = try StratonovichHeun(
      system, initial: system.initialState(phases: [Double](repeating: 0, count: count)),
      step: step, seed: seed, samples: [0])
    try stepper.advance(steps: steps)
    var before = stepper.stateValues
    var (short, long) = (0.0, 0.0)
    var powers: [Double] = []
    for _ in 0..<windows {
      var increments = [Double](repeating: 0, count: count)
      for half in 0...1 {
        // Phases are followed often enough that they turn by much less than half a circle.
        for _ in 0..<10 {
          try stepper.advance(steps: steps / 10)
          let after = stepper.stateValues
          for i in 0..<count { increments[i] += turn(from: before, to: after, i) }
          before = after
        }
        let square = increments.reduce(0) { $0 + $1 * $1 } / Double(count * windows)
        if half == 0 { short += square } else { long += square }
      }
      for i in 0..<count {
        powers.append(Complex(before[2 * i], before[2 * i + 1]).squaredModulus)
      }
    }
    return Observation(diffusion: (long - short) / lag, power: moments(powers))
  }

  private static func turn(from before: [Double], to after: [Double], _ i: Int) -> Double {
    let a = Complex(before[2 * i], before[2 * i + 1])
    let b = Complex(after[2 * i], after[2 * i + 1])
    return (a.conjugate * b).argument
  }

  /// The phase diffuses at g^2 / p_0 (twice the half-linewidth) without nonlinear shift, and
  /// 1 + nu^2 times as fast with it. With 8 x 19,200 windows one standard error of the slope is
  /// sqrt(6 / 153,600) = 0.6 %.
  @Test func linewidthFactor() throws {
    let power = AdlerTests.oscillator(nu: 0).power
    let linear = Self.noise * Self.noise / power
    for nu in [0.0, -1, 2] {
      let seen = try (1...8).map { try Self.observe(nu: nu, seed: $0).diffusion }
      let factor = moments(seen).mean / linear
      #expect(isNear(factor, 1 + nu * nu, within: 0.05), "nu \(nu): \(factor)")
      let constants = AdlerTests.oscillator(nu: nu, noise: Self.noise)
      #expect(abs(constants.phaseDiffusion / (linear * (1 + nu * nu)) - 1) < 1e-12)
    }
  }

  /// The stationary density of the power is a Gaussian of mean p_0 and variance g^2 / (Gamma Q + a)
  /// (the Fokker-Planck equation's, cut at p = 0, which lies 7 deviations away), whatever nu.
  @Test(arguments: [0.0, 2])
  func stationaryPower(nu: Double) throws {
    let one = AdlerTests.oscillator(nu: nu, noise: Self.noise)
    let seen = try Self.observe(nu: nu, seed: 31).power
    let deviation =
      Self.noise / (one.dampingLinear * one.dampingNonlinear + one.antidamping).squareRoot()
    #expect(isNear(seen.mean, one.power, within: 0.002), "mean power \(seen.mean)")
    #expect(isNear(seen.deviation, deviation, within: 0.03), "deviation \(seen.deviation)")
  }
}
