import Numerics
import Testing

@testable import Simulation

/// The auto-oscillator against the closed forms of A. Slavin and V. Tiberkevich, IEEE Trans. Magn.
/// 45 (2009) 1875. Gamma_p = 5e5/s, some hundredth of the carrier.
@Suite struct AutoOscillatorTests {
  static let bias = 1.5
  static let nonlinearDamping = 0.5
  static let power = (bias - 1) / (bias + nonlinearDamping)
  static let lag = 0.4
  static let gain = 4e6

  static func circuit(_ nonlinearity: Double, _ input: String) -> String {
    let shift = nonlinearity * 1e6 * (bias + nonlinearDamping)
    return """
      .model o osc f0=10meg gammag=1meg zeta=\(bias) q=\(nonlinearDamping) shift=\(shift)
      + gain=\(gain) lag=\(lag) noise=1k swing=2 offset=0.1 rout=50
      v1 in 0 \(input)
      yosc a in out model=o
      rl out 0 50
      """
  }

  static func frequency(_ nonlinearity: Double) -> Double {
    10e6 + nonlinearity * 1e6 * (bias + nonlinearDamping) * power / (2 * .pi)
  }

  @Test(arguments: [0.0, 2.0, -3.0]) func freeRunning(_ nonlinearity: Double) throws {
    let periodic = try PeriodicCase(Self.circuit(nonlinearity, "0") + "\n.pss v(out) fund=10meg")
    let solution = try periodic.solve()
    #expect(abs(solution.frequency / Self.frequency(nonlinearity) - 1) < 1e-6)
    // half of the swing is left over the load
    let row = try periodic.node("out")
    let stages = 0..<solution.orbit.stageCount
    let values = stages.map { solution.orbit.states[$0 * solution.orbit.unknownCount + row] }
    let harmonics = solution.harmonics(of: values, count: 1)
    #expect(abs(harmonics[0].real - 0.05) < 1e-6)
    #expect(abs(2 * harmonics[1].modulus / Self.power.squareRoot() - 1) < 1e-5)
    // power deviations fade at twice Gamma_p
    let other = try #require(solution.multipliers.others.first)
    let fading = -naturalLogarithm(other.modulus) * solution.frequency
    #expect(abs(fading / (2 * 1e6 * (Self.bias - 1)) - 1) < 1e-4)
  }

  /// The line of the amplitude's diffusion, wider by 1 + nu^2.
  @Test(arguments: [0.0, 2.0, -3.0]) func linewidth(_ nonlinearity: Double) throws {
    let periodic = try PeriodicCase(Self.circuit(nonlinearity, "0") + "\n.pss v(out) fund=10meg")
    let noise = try #require(try periodic.solve().noise)
    let line = 1e3 * (1 + nonlinearity * nonlinearity) / (4 * .pi * Self.power)
    #expect(abs(noise.linewidth / line - 1) < 0.01, "\(noise.linewidth / line)")
  }

  /// What the phase response says of a voltage: half of it turns with the amplitude.
  @Test(arguments: [0.0, 2.0, -3.0]) func lockRange(_ nonlinearity: Double) throws {
    let periodic = try PeriodicCase(Self.circuit(nonlinearity, "0") + "\n.pss v(out) fund=10meg")
    let solution = try periodic.solve()
    let row = try #require(
      (0..<solution.orbit.unknownCount).first { solution.name(of: $0) == "current of v1" })
    let half = try #require(solution.projection).lockHalfRange(1, ofRow: row)
    #expect(abs(2 * .pi * half / Self.halfWidth(nonlinearity, 1) - 1) < 0.01)
  }

  /// Locked by a weak voltage, `part` of the half-width off its centre: Re c leads by
  /// lag + arctan nu - arcsin(part). So the half-width itself is F sqrt(1 + nu^2) / sqrt(p0).
  @Test(arguments: [0.0, 2.0, -3.0], [-0.7, 0, 0.7])
  func lockedPhase(_ nonlinearity: Double, _ part: Double) throws {
    let amplitude = 5e-4
    let half = Self.halfWidth(nonlinearity, amplitude)
    let frequency = Self.frequency(nonlinearity) + part * half / (2 * .pi)
    let expected = Self.lag + arcTangent(nonlinearity) - arcSine(part)
    let periodic = try PeriodicCase(
      Self.circuit(nonlinearity, "sin(0 \(amplitude) \(frequency) 0 0 90)")
        .replacing("model=o", with: "model=o phase=\(expected + 0.2)")
        + "\n.pss fund=\(frequency) tstab=\(0.5 / half)\n.options reltol=1e-5")
    let solution = try periodic.solve()
    let orbit = solution.orbit
    let rows = [try periodic.node("out"), try periodic.node("in")]
    let first = rows.map { row in
      solution.harmonics(
        of: (0..<orbit.stageCount).map { orbit.states[$0 * orbit.unknownCount + row] }, count: 1)[1]
    }
    let lead = (first[0] / first[1]).argument
    #expect(abs(lead - expected) < 0.02, "\(lead) rad, not \(expected)")
  }

  /// rad/s, of a voltage of this amplitude.
  static func halfWidth(_ nonlinearity: Double, _ amplitude: Double) -> Double {
    0.5 * gain * amplitude * (1 + nonlinearity * nonlinearity).squareRoot()
      / power.squareRoot()
  }
}
