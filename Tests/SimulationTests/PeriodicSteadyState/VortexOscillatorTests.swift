import Numerics
import Testing

@testable import Simulation

/// The orbit of a vortex core, driven by a constant current, against its closed forms.
@Suite struct VortexOscillatorTests {
  @Test(arguments: [1.1, 1.3]) func orbit(_ milliamperes: Double) throws {
    let periodic = try PeriodicCase(
      """
      .model disc vortex radius=150n thickness=5n ms=800k alpha=0.01 xi=0.5 eta=0.2
      i1 0 a \(1e-3 * milliamperes)
      yvortex v a 0 disc x=0.4
      .pss v(a) fund=180meg
      .options reltol=1e-5
      """)
    let solution = try periodic.solve()
    #expect(solution.quality.isAccurate)
    let (damping, current) = (0.01 * (0.5 * naturalLogarithm(15) + 0.375), 1e-3 * milliamperes)
    let permeability = 1.25663706212e-6
    let own = 10.0 / 9 * permeability * (800e3 * 5e-9) * (800e3 * 5e-9) / 150e-9
    let oersted = 0.85 * permeability * 800e3 * 5e-9 / (.pi * 150e-9) * current
    let (k, more) = (own + oersted, 0.25 * own - 0.5 * oersted)
    let drive =
      1.054571817e-34 * 0.2 / (2 * 1.602176634e-19 * 150e-9 * 150e-9) * current / damping
    // (1 + u/2)(k + more u) = drive
    let (a, b) = (0.5 * more, more + 0.5 * k)
    let square = (-b + (b * b + 4 * a * (drive - k)).squareRoot()) / (2 * a)
    let gyro = 2 * Double.pi * 800e3 * 5e-9 / 1.764e11
    let frequency = (k + more * square) / (2 * .pi * gyro)
    #expect(abs(solution.frequency / frequency - 1) < 1e-5, "\(solution.frequency)")
    // the core's place stands behind the only node
    let x = try periodic.node("a") + 1
    for stage in 0..<solution.orbit.stageCount {
      let place = stage * solution.orbit.unknownCount + x
      let (own, other) = (solution.orbit.states[place], solution.orbit.states[place + 1])
      #expect(abs((own * own + other * other) / square - 1) < 1e-4)
    }
  }
}
