import Integration
import Networks
import Numerics
import Testing

/// Free oscillation and injection locking of the envelope equation against closed forms
/// (docs/physics.md, section 2).
@Suite struct AdlerTests {
  /// An oscillator of nonlinearity `nu` with its free frequency at `detuning`; power damping 1 /s.
  static func oscillator(
    nu: Double, detuning: Double = 0, supercriticality zeta: Double = 1.4,
    growth q: Double = 0.7, noise: Double = 0
  ) -> EnvelopeOscillators.Constants {
    // Gamma_p = Gamma (Q + zeta) p_0 = Gamma (zeta - 1).
    let damping = 1 / (zeta - 1)
    let power = (zeta - 1) / (zeta + q)
    return EnvelopeOscillators.Constants(
      offset: detuning - nu, shift: nu / power, dampingLinear: damping, dampingNonlinear: q,
      antidamping: zeta * damping, noise: noise)
  }

  /// Several nonlinearities, each with every one of `others`.
  static func pairs(_ others: [Double]) -> [(nu: Double, other: Double)] {
    var all: [(nu: Double, other: Double)] = []
    for nu in [-3.0, -1, -0.4, 0, 0.5, 1.5, 3] {
      for other in others { all.append((nu, other)) }
    }
    return all
  }

  @Test func derivedConstants() {
    let one = Self.oscillator(nu: -1.7, detuning: 0.3)
    #expect(abs(one.power - 0.4 / 2.1) < 1e-14)
    #expect(abs(one.powerDamping - 1) < 1e-14)
    #expect(abs(one.nonlinearity + 1.7) < 1e-13)
    #expect(abs(one.angularFrequency - 0.3) < 1e-13)
  }

  /// From small and large amplitudes the free oscillator settles at the closed forms.
  @Test(arguments: [-2.0, 0, 0.8], [1.1, 1.6, 3])
  func freeFrequencyAndPower(nu: Double, zeta: Double) throws {
    let one = Self.oscillator(nu: nu, detuning: 0.4, supercriticality: zeta)
    let system = EnvelopeSystem(
      oscillators: EnvelopeOscillators(count: 2, one), couplings: [], trials: 1)
    let power = (zeta - 1) / (zeta + 0.7)
    let solver = try CVODE(
      system, initial: [0.1 * power.squareRoot(), 0, 0, 2 * power.squareRoot()],
      tolerances: Tolerances(relative: 1e-10, absolute: 1e-12))
    try solver.advance(to: 30)
    let before = solver.stateValues
    try solver.advance(to: 31)
    let after = solver.stateValues
    for i in 0..<2 {
      let (a, b) = (
        Complex(before[2 * i], before[2 * i + 1]), Complex(after[2 * i], after[2 * i + 1])
      )
      #expect(abs(b.squaredModulus / power - 1) < 1e-7)
      let frequency = (a.conjugate * b).argument
      #expect(abs(frequency - (one.offset + one.shift * power)) < 1e-7)
    }
  }

  /// Networks in which oscillator 0, unaffected by the others, drives each of them with force F.
  static func driven(
    _ constants: [EnvelopeOscillators.Constants], force: Double
  ) -> EnvelopeSystem {
    let all = [oscillator(nu: 0)] + constants
    let synapses = constants.indices.map {
      SparseCoupling.Synapse(to: $0 + 1, from: 0, weight: .one)
    }
    return EnvelopeSystem(
      oscillators: EnvelopeOscillators(all),
      couplings: [
        Coupling(
          SparseCoupling(count: all.count, synapses: synapses),
          gain: [Complex](repeating: Complex(force), count: all.count))
      ], trials: 1)
  }

  /// Phases of the driven oscillators over that of the driving one, in (-pi, pi].
  static func phases(_ state: [Double]) -> [Double] {
    let drive = Complex(state[0], state[1])
    return (1..<state.count / 2).map {
      (drive.conjugate * Complex(state[2 * $0], state[2 * $0 + 1])).argument
    }
  }

  /// Both edges of the lock range by bisection, for several nu at once: an oscillator is locked
  /// when its phase does not slip by a turn in 200 / half-width.
  @Test func lockRange() throws {
    let force = 0.002
    let cases = Self.pairs([1, -1])
    let halfWidths = cases.map { nu, _ in
      let power = Self.oscillator(nu: nu).power
      return force * (1 + nu * nu).squareRoot() / power.squareRoot()
    }
    var inside = [Double](repeating: 0.9, count: cases.count)
    var outside = [Double](repeating: 1.1, count: cases.count)
    for round in 0..<6 {
      // The first two rounds make sure that the bracket holds.
      let tried = cases.indices.map {
        round == 0 ? inside[$0] : round == 1 ? outside[$0] : 0.5 * (inside[$0] + outside[$0])
      }
      let constants = cases.indices.map {
        Self.oscillator(nu: cases[$0].nu, detuning: cases[$0].other * tried[$0] * halfWidths[$0])
      }
      let slips = try Self.turns(
        Self.driven(constants, force: force), until: 200 / halfWidths.min()!)
      for k in cases.indices {
        let isLocked = abs(slips[k]) < 2 * Double.pi
        if round == 0 { #expect(isLocked, "nu \(cases[k].nu) at 0.9 of the half-width") }
        if round == 1 { #expect(!isLocked, "nu \(cases[k].nu) at 1.1 of the half-width") }
        if !isLocked {
          #expect(slips[k] * cases[k].other > 0, "it slips towards its own frequency")
        }
        if isLocked { inside[k] = tried[k] } else { outside[k] = tried[k] }
      }
    }
    for k in cases.indices {
      let edge = 0.5 * (inside[k] + outside[k])
      #expect(abs(edge - 1) < 0.02, "nu \(cases[k].nu), side \(cases[k].other): \(edge)")
    }
  }

  /// How far each driven phase has turned, rad, unwrapped.
  static func turns(_ system: EnvelopeSystem, until end: Double) throws -> [Double] {
    let n = system.oscillatorCount
    let solver = try CVODE(
      system, initial: system.initialState(phases: [Double](repeating: 0, count: n)),
      method: .bdfKrylov, tolerances: Tolerances(relative: 1e-6, absolute: 1e-8), stopTime: end)
    var last = [Double](repeating: 0, count: n - 1)
    var total = last
    while solver.time < end {
      try solver.step()
      let now = phases(solver.stateValues)
      for k in total.indices {
        total[k] += wrapped(now[k] - last[k])
        last[k] = now[k]
      }
    }
    return total
  }

  /// At zero detuning the locked phase leads that of the force by arctan nu; in the lock range it
  /// is arctan nu + arcsin(detuning / half-width).
  @Test func lockedPhase() throws {
    let force = 1e-4
    let cases = Self.pairs([-0.7, 0, 0.4])
    let power = Self.oscillator(nu: 0).power
    let constants = cases.map { nu, part in
      Self.oscillator(
        nu: nu, detuning: part * force * (1 + nu * nu).squareRoot() / power.squareRoot())
    }
    let system = Self.driven(constants, force: force)
    let solver = try CVODE(
      system,
      initial: system.initialState(phases: [Double](repeating: 0, count: cases.count + 1)),
      method: .bdfKrylov, tolerances: Tolerances(relative: 1e-8, absolute: 1e-10))
    try solver.advance(to: 30 * power.squareRoot() / force)
    for ((nu, part), phase) in zip(cases, Self.phases(solver.stateValues)) {
      let expected = arcTangent(nu) + arcTangent(part / (1 - part * part).squareRoot())
      #expect(abs(wrapped(phase - expected)) < 2e-3, "nu \(nu), detuning \(part): \(phase)")
    }
  }
}
