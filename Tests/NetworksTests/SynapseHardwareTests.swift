import Integration
import Networks
import Numerics
import Testing

/// Programmed synapses against what their hardware says they do.
@Suite struct SynapseHardwareTests {
  static let frequency = 0.5e9
  static let reference = 2 * Double.pi * frequency

  static func weights(_ n: Int, seed: UInt64 = 41) -> ComplexMatrix {
    CouplingOperatorTests.random(n, n, seed: seed)
  }

  /// The weights that an operator applies, column by column.
  static func matrix(_ coupling: any CouplingOperator) -> ComplexMatrix {
    let n = coupling.count
    var unit = ComplexMatrix(rows: n, columns: n)
    for i in 0..<n { unit[i, i] = .one }
    var result = ComplexMatrix(rows: n, columns: n)
    coupling.apply(unit.elements, into: &result.elements, columns: n)
    return result
  }

  static func programmed(
    _ weights: ComplexMatrix, _ hardware: SynapseHardware, detuning: Double = 0
  ) throws -> ComplexMatrix {
    let synapses = try ProgrammedSynapses(
      .dense(weights), hardware: hardware, angularFrequency: reference,
      detuning: [Double](repeating: detuning, count: weights.rows))
    return matrix(synapses.coupling)
  }

  /// Phase of a over b, rad.
  static func phase(_ a: Complex, _ b: Complex) -> Double { (b.conjugate * a).argument }

  /// A delay tau carries a source's own frequency: a signal e^{i (omega_0 + delta) t} arrives as
  /// |W| e^{-i (omega_0 + delta) tau}, with tau in [0, 1 / f_0) and arg W = -omega_0 tau.
  @Test(arguments: [-3e6, 2e6, 4e7])
  func detunedSourceSeesItsDelay(detuning: Double) throws {
    let ideal = Self.weights(24)
    let real = try Self.programmed(ideal, SynapseHardware(), detuning: detuning)
    for k in ideal.elements.indices {
      let w = ideal.elements[k]
      let turns = -w.argument / (2 * Double.pi)
      let delay = (turns - turns.rounded(.down)) / Self.frequency
      let arrives = Complex(
        modulus: w.modulus, argument: -(Self.reference + detuning) * delay)
      #expect((real.elements[k] - arrives).modulus < 1e-10 * w.modulus)
    }
    var shifter = SynapseHardware()
    shifter.realDelays = false
    let shifted = try Self.programmed(ideal, shifter, detuning: detuning)
    for (a, b) in zip(shifted.elements, ideal.elements) {
      #expect((a - b).modulus < 1e-12 * b.modulus)
    }
  }

  /// In a network of phases, real delays of a uniformly detuned network and ideal synapses with the
  /// phase errors -delta tau written into them give the same trajectory, the drift aside.
  @Test func detunedNetworkFollowsPhaseErrors() throws {
    let n = 20
    let detuning = 5e7
    let kappa = 1e6
    let ideal = Self.weights(n, seed: 42)
    var turned = ideal
    for k in ideal.elements.indices {
      let turns = -ideal.elements[k].argument / (2 * Double.pi)
      let delay = (turns - turns.rounded(.down)) / Self.frequency
      turned.elements[k] *= Complex(modulus: 1, argument: -detuning * delay)
    }
    let synapses = try ProgrammedSynapses(
      .dense(ideal), hardware: SynapseHardware(), angularFrequency: Self.reference,
      detuning: [Double](repeating: detuning, count: n))
    var stream = RandomStream(seed: 43, purpose: .initialState)
    let start = (0..<n).map { _ in 2 * Double.pi * stream.uniform() }
    let end = 0.5 / kappa
    func run(_ operation: any CouplingOperator, _ frequency: Double) throws -> [Double] {
      let system = PhaseSystem(
        oscillators: PhaseOscillators(detuning: [Double](repeating: frequency, count: n)),
        couplings: [Coupling(operation, gain: [Complex](repeating: Complex(kappa), count: n))],
        trials: 1)
      let solver = try CVODE(
        system, initial: start, tolerances: Tolerances(relative: 1e-10, absolute: 1e-10))
      try solver.advance(to: end)
      return solver.stateValues
    }
    let real = try run(synapses.coupling, detuning)
    let expected = try run(DenseCoupling(turned), 0)
    let plain = try run(DenseCoupling(ideal), 0)
    var effect = 0.0
    for i in 0..<n {
      #expect(abs(real[i] - detuning * end - expected[i]) < 1e-6)
      effect = max(effect, abs(plain[i] - expected[i]))
    }
    #expect(effect > 0.01, "the delays' phase errors matter here")
  }

  /// K levels leave phase errors uniform in [-pi/K, pi/K], of rms pi / (K sqrt 3); moduli stay.
  @Test(arguments: [8, 64])
  func levelsQuantise(levels: Int) throws {
    let ideal = Self.weights(128)
    var hardware = SynapseHardware()
    hardware.levels = levels
    let real = try Self.programmed(ideal, hardware)
    var square = 0.0
    let step = 2 * Double.pi / Double(levels)
    for (a, b) in zip(real.elements, ideal.elements) {
      let error = Self.phase(a, b)
      #expect(abs(error) <= 0.5 * step + 1e-12)
      let level = a.argument / step
      #expect(abs(level - level.rounded()) < 1e-9 * Double(levels))
      #expect(abs(a.modulus - b.modulus) < 1e-12 * b.modulus)
      square += error * error
    }
    let rms = (square / Double(ideal.elements.count)).squareRoot()
    // 16,384 synapses: one standard error of the rms is 0.35 %.
    #expect(abs(rms / (0.5 * step / 3.0.squareRoot()) - 1) < 0.015)
  }

  /// Fractions and scatter of 16,384 synapses, each within four standard errors.
  @Test func imperfectionsHaveTheirStatistics() throws {
    let ideal = Self.weights(128)
    let count = Double(ideal.elements.count)
    var hardware = SynapseHardware()
    hardware.phaseSigma = 0.1
    hardware.gainSigma = 0.05
    hardware.dead = 0.03
    hardware.stuckOff = 0.08
    hardware.offRatio = 1e-4
    let real = try Self.programmed(ideal, hardware)
    let largest = ideal.elements.map(\.modulus).max()!
    var (dead, stuck) = (0.0, 0.0)
    var (phases, gains): ([Double], [Double]) = ([], [])
    for (a, b) in zip(real.elements, ideal.elements) {
      if a == .zero {
        dead += 1
      } else if abs(a.modulus / (1e-4 * largest) - 1) < 1e-9 {
        stuck += 1
      } else {
        phases.append(Self.phase(a, b))
        gains.append(a.modulus / b.modulus - 1)
      }
    }
    #expect(abs(dead / count - 0.03) < 4 * (0.03 * 0.97 / count).squareRoot())
    #expect(abs(stuck / count - 0.08) < 4 * (0.08 * 0.92 / count).squareRoot())
    for (values, sigma) in [(phases, 0.1), (gains, 0.05)] {
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
      #expect(abs(mean) < 4 * sigma / n.squareRoot())
      #expect(abs(variance.squareRoot() / sigma - 1) < 4 / (2 * n).squareRoot())
    }
    // The same seed programs the same synapses, another one others.
    #expect(try Self.programmed(ideal, hardware) == real)
    hardware.seed = 2
    #expect(try Self.programmed(ideal, hardware) != real)
  }

  /// What `visit` counts: every synapse once, its conductance |W| and its delay in one period; a
  /// dead synapse draws nothing and is not visited.
  @Test func visitorSeesEverySynapse() throws {
    let ideal = Self.weights(32)
    func tally(_ hardware: SynapseHardware) throws -> (count: Int, sum: Double, delays: Double) {
      var (count, sum, delays) = (0, 0.0, 0.0)
      _ = try ProgrammedSynapses(
        .dense(ideal), hardware: hardware, angularFrequency: Self.reference,
        detuning: [Double](repeating: 0, count: 32)
      ) { synapse in
        count += 1
        sum += synapse.conductance
        delays += synapse.delay
        #expect(synapse.delay >= 0 && synapse.delay < 1 / Self.frequency)
      }
      return (count, sum, delays)
    }
    let whole = try tally(SynapseHardware())
    #expect(whole.count == 1024)
    #expect(abs(whole.sum - ideal.elements.reduce(0) { $0 + $1.modulus }) < 1e-9)
    let expected = ideal.elements.reduce(0) { sum, w in
      let turns = -w.argument / (2 * Double.pi)
      return sum + (turns - turns.rounded(.down)) / Self.frequency
    }
    #expect(abs(whole.delays / expected - 1) < 1e-12)
    var hardware = SynapseHardware()
    hardware.dead = 1
    #expect(try tally(hardware).count == 0)
  }

  /// A lead of the oscillators is what the delays make up for, not what the equations see; without
  /// one the compensation stands for it.
  @Test(arguments: [nil, 2.5])
  func delaysMakeUpForTheLead(_ lead: Double?) throws {
    var hardware = SynapseHardware()
    hardware.compensation = 0.2
    hardware.lead = lead
    let weights = ComplexMatrix(
      rows: 2, columns: 2, elements: [0.7, -1.9, 3.0, 0].map { Complex(modulus: 1, argument: $0) })
    var phases: [Double] = []
    let exact = try ProgrammedSynapses(
      .dense(weights), hardware: hardware, angularFrequency: Self.reference, detuning: [0, 0]
    ) { phases.append($0.delay * Self.reference) }
    let made = Self.matrix(exact.coupling)
    for (k, phase) in phases.enumerated() {
      let argument = weights.elements[k].argument
      let lag = (lead ?? -0.2) - argument
      #expect(abs(phase - (lag - (lag / (2 * .pi)).rounded(.down) * 2 * .pi)) < 1e-9)
      #expect(abs(Self.phase(made.elements[k], weights.elements[k]) - 0.2) < 1e-12)
    }
    // levels round the lag, and the weight is off by what they do to it
    hardware.levels = 16
    var rounded: [Double] = []
    let coarse = try ProgrammedSynapses(
      .dense(weights), hardware: hardware, angularFrequency: Self.reference, detuning: [0, 0]
    ) { rounded.append($0.delay * Self.reference) }
    let off = Self.matrix(coarse.coupling)
    for k in phases.indices {
      let steps = rounded[k] / (2 * .pi / 16)
      #expect(abs(steps - steps.rounded()) < 1e-6)
      let change = Self.phase(off.elements[k], made.elements[k])
      #expect(abs(wrapped(change + (rounded[k] - phases[k]))) < 1e-6)
    }
  }

  /// Exact hardware keeps the factors of low-rank weights, real delays of detuned sources do not.
  @Test func structureIsKeptWherePossible() throws {
    let factors = LowRankMatrix(
      left: CouplingOperatorTests.random(96, 3, seed: 44),
      right: CouplingOperatorTests.random(96, 3, seed: 45))
    var hardware = SynapseHardware()
    hardware.compensation = 0.4
    let exact = try ProgrammedSynapses(
      .lowRank(factors), hardware: hardware, angularFrequency: Self.reference,
      detuning: [Double](repeating: 0, count: 96))
    #expect(exact.coupling.name == "low rank (3)")
    let turned = try Self.programmed(factors.expanded, hardware)
    #expect(
      CouplingOperatorTests.difference(exact.coupling, DenseCoupling(turned), columns: 3) < 1e-12)
    var bad = factors.expanded
    bad[5, 7] = Complex(.nan, 0)
    #expect(throws: ProgrammedSynapses.Failure.notFinite(to: 5, from: 7)) {
      _ = try Self.programmed(bad, SynapseHardware())
    }
  }

  /// Of a large network in factors a sample of rows and columns stands for all synapses.
  @Test func largeNetworksAreSampled() throws {
    let count = 20_000
    let factor = ComplexMatrix(
      rows: count, columns: 1,
      elements: (0..<count).map { Complex(modulus: 1 + Double($0 % 3), argument: 0) })
    var seen = 0.0
    var sum = 0.0
    let synapses = try ProgrammedSynapses(
      .lowRank(LowRankMatrix(left: factor, right: factor)), hardware: SynapseHardware(),
      angularFrequency: 1, detuning: [Double](repeating: 0, count: count)
    ) {
      seen += 1
      sum += $0.conductance
    }
    #expect(synapses.coupling.name == "low rank (1)" && seen < 5e6)
    let ratio = SynapseSample.ratio(count)
    #expect(abs(seen * ratio / Double(count * count) - 1) < 1e-12)
    #expect(abs(sum / seen - 4) < 0.01)
    #expect(SynapseSample.ratio(SynapseSample.wholeLimit) == 1)
  }
}
