import Numerics
import Testing

@testable import Simulation

/// v'' - eps (1 - v^2) v' + v = 0 as a circuit.
@Suite struct VanDerPolTests {
  static func circuit(_ eps: Double) -> String {
    """
    c1 n 0 1
    l1 n 0 1
    b1 n 0 i={-\(eps)*(v(n) - v(n)*v(n)*v(n)/3)}
    """
  }

  static func solve(_ eps: Double) throws -> (PeriodicCase, PeriodicSolution) {
    let periodic = try PeriodicCase(circuit(eps) + "\n.pss v(n)")
    return (periodic, try periodic.solve())
  }

  /// Periods: the series 2 pi (1 + e^2/16 - 5 e^4/3072) for small eps, M. Urabe's numbers
  /// (IRE Trans. Circuit Theory 7 (1960) 382) above.
  @Test(arguments: [(0.01, 6.283224577), (0.1, 6.287111292), (1, 6.663286859), (10, 19.07836957)])
  func period(_ eps: Double, _ expected: Double) throws {
    let (_, solution) = try Self.solve(eps)
    let tolerance = eps == 0.1 ? 5e-9 : 2e-9
    #expect(abs(solution.period / expected - 1) < tolerance)
    #expect(try #require(solution.multipliers.errorOfUnit) < 1e-6)
    #expect(solution.quality.isAccurate)
  }

  /// By Liouville's formula the other multiplier is exp of the mean divergence times the period,
  /// and near exp(-2 pi eps) for small eps.
  @Test(arguments: [0.01, 0.1, 1.0])
  func otherMultiplier(_ eps: Double) throws {
    let (periodic, solution) = try Self.solve(eps)
    let node = try periodic.node("n")
    let orbit = solution.orbit
    var divergence = 0.0
    for stage in 0..<orbit.stageCount {
      let v = orbit.states[stage * orbit.unknownCount + node]
      divergence += orbit.weight(ofStage: stage) * eps * (1 - v * v)
    }
    let other = try #require(solution.multipliers.others.first)
    #expect(abs(other.real / exponential(divergence) - 1) < 1e-6)
    #expect(other.imaginary == 0)
    if eps <= 0.1 {
      #expect(abs(naturalLogarithm(other.real) / (-2 * .pi * eps) - 1) < eps * eps)
    }
  }

  /// For small eps v = 2 sin(t), and a charge q shifts the time by q cos(t) / (2 C).
  @Test func phaseResponse() throws {
    let eps = 0.01
    let (periodic, solution) = try Self.solve(eps)
    let projection = try #require(solution.projection)
    let row = try periodic.node("n")
    #expect(projection.normalisationError < 1e-5)
    for k in 0..<40 {
      let phase = Double(k) / 40
      let v = solution.orbit.state(at: phase)[row]
      let rate = solution.orbit.rates(at: phase)[row]
      let found = projection.value(at: phase, ofRow: row, solution.orbit)
      // cos(t) = v' / 2 up to terms of eps
      #expect(abs(found - rate / 4) < eps)
      #expect(abs(v) < 2.01)
    }
    let first = projection.harmonic(1, ofRow: row)
    #expect(abs(first.modulus - 0.25) < eps * eps)
    #expect(abs(projection.harmonic(0, ofRow: row).real) < 1e-9)
    #expect(abs(projection.lockHalfRange(1, ofRow: row) - first.modulus / solution.period) < 1e-12)
  }

  /// A pair of runs with a sinusoidal current 2 % inside and outside of the range that the phase
  /// response predicts: locked, and slipping.
  @Test(arguments: [0.98, 1.02, -0.98, -1.02])
  func lockRange(_ part: Double) throws {
    let eps = 0.3
    let (periodic, solution) = try Self.solve(eps)
    let row = try periodic.node("n")
    let projection = try #require(solution.projection)
    let free = solution.frequency
    let half = 0.004 * free
    let amplitude = half / projection.lockHalfRange(1, ofRow: row)
    let frequency = free + part * half
    let x = solution.orbit.state(at: 0)
    let times = try PassageTimes.run(
      Self.circuit(eps) + "\ni1 0 n sin(0 \(amplitude) \(frequency))\n.options reltol=1e-4",
      from: x, stop: 3000 / free, stepMaximum: 0.05 / free, node: "n")
    // phase of the oscillator beside the current, in turns
    let phases = times.enumerated().map { Double($0.offset) - $0.element * frequency }
    let drift = abs(phases[phases.count - 1] - phases[phases.count / 2])
    if abs(part) < 1 { #expect(drift < 0.1) } else { #expect(drift > 0.5) }
  }
}
