import AssociativeMemory
import Integration
import Networks
import Numerics
import Testing

/// The envelope network with weak coupling against its reduction to phases, gain
/// F (1 + i nu) / sqrt(p_0), on the recall of twelve random images.
@Suite struct ReductionTests {
  /// Largest over the times of the rms difference of the two networks' phases, rad: the global
  /// phase, which drifts a little by second-order frequency shifts, is taken out.
  static func difference(force: Double, nu: Double) throws -> Double {
    let memory = try MemoryUnderTest.random(seed: 4)
    let n = memory.count
    let trials = 6
    let one = AdlerTests.oscillator(nu: nu)
    // The weights compensate arctan nu, which turns the gain onto the real axis:
    // kappa = F sqrt(1 + nu^2) / sqrt(p_0).
    let turn = Complex(modulus: 1, argument: -arcTangent(nu))
    let kappa = (one.phaseGain(Complex(force)) * turn).real
    var stream = RandomStream(seed: 9, purpose: .parameter)
    let oscillators = EnvelopeOscillators(
      (0..<n).map { _ in
        AdlerTests.oscillator(nu: nu, detuning: 0.02 * kappa * stream.normal())
      })
    let gain = [Complex](repeating: force * turn, count: n)
    let reduced = (0..<n).map { oscillators[$0].phaseGain(gain[$0]) }
    let envelope = EnvelopeSystem(
      oscillators: oscillators, couplings: [Coupling(memory.coupling, gain: gain)], trials: trials)
    let phase = PhaseSystem(
      oscillators: PhaseOscillators(oscillators),
      couplings: [Coupling(memory.coupling, gain: reduced)], trials: trials)
    let probes = (0..<trials).map {
      Corruption.randomise(fraction: 0.25).probe(of: $0, in: memory.patterns, trial: 0, seed: 2)
    }
    let tolerances = Tolerances(relative: 1e-7, absolute: 1e-8, blockCount: trials)
    let full = try CVODE(
      envelope, initial: probes.flatMap { envelope.initialState(phases: $0) },
      method: .adams, tolerances: tolerances)
    let small = try CVODE(phase, initial: probes.flatMap { $0 }, tolerances: tolerances)
    var worst = 0.0
    for time in [1.0, 3, 6, 10, 20] {
      try full.advance(to: time / kappa)
      try small.advance(to: time / kappa)
      let state = small.stateValues
      let phases = full.withState { complex in
        (0..<trials).flatMap { envelope.phases(of: complex + 2 * n * $0) }
      }
      for trial in 0..<trials {
        let places = trial * n..<(trial + 1) * n
        let error = RecallError.of(
          phases: Array(phases[places]), target: Array(state[places]), encoding: .full)
        worst = max(worst, error.value * 2 * Double.pi)
      }
    }
    return worst
  }

  /// The difference is of first order in force over damping: 8 times less force, 8 times less.
  @Test(arguments: [0.0, -0.8])
  func weakCouplingReduces(nu: Double) throws {
    let strong = try Self.difference(force: 8e-3, nu: nu)
    let weak = try Self.difference(force: 1e-3, nu: nu)
    #expect(weak < 0.02, "rms difference \(weak) rad")
    #expect(weak < 0.2 * strong, "it falls in proportion: \(strong) to \(weak)")
  }
}
