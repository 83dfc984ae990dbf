import AssociativeMemory
import Integration
import Networks
import Numerics
import Testing

/// 10,000 oscillators hold 24 random images of 100 x 100 pixels.
@Suite struct LargeMemoryTests {
  /// One recall to 40 / kappa; no N x N array (1.6 GB) exists at any time.
  @Test func recallOfTenThousand() throws {
    let memory = try MemoryUnderTest(
      .random(count: 24, width: 100, height: 100, encoding: .full, seed: 5))
    let n = memory.count
    let coupling = try #require(memory.coupling as? LowRankCoupling)
    #expect(coupling.name == "low rank (24)")
    let stored = coupling.matrix.left.elements.count + coupling.matrix.right.elements.count
    #expect(stored == 2 * n * 24)
    let probe = Corruption.randomise(fraction: 0.25).probe(
      of: 17, in: memory.patterns, trial: 0, seed: 5)
    let system = PhaseSystem(
      oscillators: PhaseOscillators(detuning: [Double](repeating: 0, count: n)),
      couplings: [Coupling(coupling, gain: [Complex](repeating: .one, count: n))], trials: 1)
    #expect(memory.rms(probe, 17).value > 0.5)
    let solver = try CVODE(system, initial: probe)
    try solver.advance(to: 5)
    #expect(solver.withState { memory.rms($0, 17).value } < 0.05 * 2 * Double.pi)
    try solver.advance(to: 40)
    #expect(solver.withState { memory.rms($0, 17).value } < 1e-4)
  }
}
