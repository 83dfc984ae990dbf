import AssociativeMemory
import Energy
import Integration
import Networks
import Numerics
import Schematic

@testable import Experiments

/// A term whose power is `constant` watts and `slope` watts for each unit of squared feedback.
struct TestTerm: EnergyTerm {
  static let name = "test term"
  static let summary = "Affine in the squared feedback."
  var constant: Double
  var slope: Double
  var standIns: [StandIn] { [] }

  init(constant: Double, slope: Double) {
    self.constant = constant
    self.slope = slope
  }

  init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault) {
    self.init(constant: 1, slope: 0)
  }

  static func counts(_ part: MemoryPart) -> Bool { false }

  func power(_ drive: Drive, _ operation: NetworkOperation) -> Double {
    constant + slope * drive.squaredFeedback
  }
}

/// A recall of four random images of 8 x 6 pixels, kappa near 1e7 /s, to 20 / kappa.
enum SmallRecall {
  static let kappa = 1e7

  static func plan(
    _ fidelity: NetworkFidelity, thermal: Bool, trials: Int = 17, relative: Double = 1e-6
  ) throws -> RecallPlan {
    let patterns = try PatternSet.random(
      count: 4, width: 8, height: 6, encoding: .half, seed: 3)
    let weights = try PseudoinverseRule().train(patterns)
    let stop = 20 / kappa
    let terms: [any EnergyTerm] = [
      TestTerm(constant: 3, slope: 0), TestTerm(constant: 0, slope: 0.5),
      TestTerm(constant: 3, slope: 0.5),
    ]
    let nu = 0.3
    let rate = 1e8
    let unit = AdlerTests.oscillator(nu: nu)
    var stream = RandomStream(seed: 4, purpose: .parameter)
    let oscillators = EnvelopeOscillators(
      (0..<patterns.pixelCount).map { _ in
        EnvelopeOscillators.Constants(
          offset: rate * unit.offset + 0.01 * kappa * stream.normal(), shift: rate * unit.shift,
          dampingLinear: rate * unit.dampingLinear, dampingNonlinear: unit.dampingNonlinear,
          antidamping: rate * unit.antidamping, noise: thermal ? 100 : 0)
      })
    let turn = Complex(modulus: 1, argument: -arcTangent(nu))
    let force = kappa * unit.power.squareRoot() / (1 + nu * nu).squareRoot()
    guard case .lowRank(let factors) = weights else { preconditionFailure("a projector") }
    let network = NetworkPlan(
      fidelity: fidelity, block: patterns.block, oscillators: oscillators,
      coupling: Coupling(
        CouplingChoice.best(for: factors),
        gain: [Complex](repeating: force * turn, count: patterns.pixelCount)),
      operation: NetworkOperation(
        oscillatorCount: patterns.pixelCount, supplyVoltage: 1, frequency: 5e8, topology: .chain,
        levels: nil, synapses: SynapseTally(weights, frequency: 5e8, levels: nil)),
      supplySource: "vdd", terms: terms, feedbackCurrent: 1e-5, kappa: kappa, spread: 0.01 * kappa,
      meanPower: unit.power, phaseDiffusion: thermal ? oscillators[0].phaseDiffusion : 0,
      standIns: [])
    let card = RecallCard(
      probes: .corrupt(0.25), probesOrigin: .none, trials: trials, stopTime: stop,
      stopTimeOrigin: .none, targetError: 0.05, thermal: thermal, origin: .none)
    return RecallPlan(
      title: "small", patterns: patterns, phasors: patterns.phasors,
      probes: .randomise(fraction: 0.25), trialsPerPattern: trials, stopTime: stop,
      targetError: 0.05, thermal: thermal, temperature: 300, seed: 5,
      tolerances: Tolerances(relative: relative, absolute: 1e-3 * relative), stepMaximum: nil,
      network: network, card: card, warnings: [],
      times: (0...60).map { stop * Double($0) / 60 }, snapshotIndices: [0, 10, 60])
  }

  static func run(_ plan: RecallPlan, jobs: Int = 1) async throws -> RecallResult {
    try await RecallExperiment(plan).run(RunControl(jobs: jobs))
  }

  /// One trial as a batch of its own.
  static func alone(_ plan: RecallPlan, number: Int) throws -> RecallTrial? {
    let setup = plan.batches().joined().first { $0.number == number }
    return try RecallBatch(
      plan: plan, trials: setup.map { [$0] } ?? [], shouldStop: { false }, progress: { _ in }
    ).run()?.first
  }
}
