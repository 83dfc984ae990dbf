import Numerics
import Testing

@testable import Simulation

/// The neuron's junction at 1.3 times its critical current under a sinusoidal current of 10 uA, of
/// which an independent integration of its equations says: the locked state is stable over a range
/// of half-width 9.3e6 rad/s, and where the frequencies agree m leads the current by 2.64 rad.
@Suite struct LockedMacrospinTests {
  static let free = 504.096e6

  static func solve(_ frequency: Double) throws -> (PeriodicCase, PeriodicSolution) {
    let periodic = try PeriodicCase(
      """
      .model j sto bk=\(1.25663706212e-6 * 1448e3 + 1e-4) bz=17.9m
      i1 0 a sin(\(1.3 * 115.68e-6) 10u \(frequency) 0 0 90)
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      .pss fund=\(frequency) tstab=3u
      .options reltol=1e-5
      """)
    return (periodic, try periodic.solve())
  }

  /// The edges lie between these: at the lower one the locked state meets an unstable one, at the
  /// upper one its power begins to swing.
  @Test func halfWidth() throws {
    for frequency in [502.95e6, 505.85e6] {
      let (_, solution) = try Self.solve(frequency)
      #expect(try #require(solution.multipliers.slowest).modulus < 1, "\(frequency) Hz")
    }
    for frequency in [502.88e6, 505.90e6] {
      let (_, solution) = try Self.solve(frequency)
      #expect(try #require(solution.multipliers.slowest).modulus > 1, "\(frequency) Hz")
    }
    let least = Double.pi * (505.85e6 - 502.95e6)
    let most = Double.pi * (505.90e6 - 502.88e6)
    #expect(least > 0.95 * 9.3e6 && most < 1.05 * 9.3e6)
  }

  @Test func phaseOverTheCurrent() throws {
    let (periodic, solution) = try Self.solve(Self.free)
    let orbit = solution.orbit
    // u behind the only node; the current is a cosine from where the period begins
    let first = try periodic.node("a") + 1
    let along = (0..<orbit.stageCount).map { stage -> Double in
      let u = (0..<3).map { orbit.states[stage * orbit.unknownCount + first + $0] }
      return u[0] / (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]).squareRoot()
    }
    let phase = solution.harmonics(of: along, count: 1)[1].argument
    let begin = 2 * Double.pi * Self.free * solution.system.startTime
    let lead = (phase - begin).remainder(dividingBy: 2 * .pi)
    #expect(abs(lead - 2.64) < 0.05, "\(lead) rad")
  }
}
