// Trials by number, as campaigns ask for them: trial k recalls image k mod P from that image's
// probe k div P, and its noise is keyed by k.

public import Energy
public import Schematic

extension RecallPlan {
  /// A constant that no measurement backs, as energies report it.
  public typealias StandIn = Energy.StandIn

  /// Whether what a target sets can change a recall of this plan. At envelope and phase fidelity
  /// views stand for the cells, and of the rest only the dc value of their supply is read.
  public func depends(on target: SweepAxis.Target) -> Bool {
    switch target {
    case .parameter, .temperature, .data: true
    case .instance(let name, let parameter):
      fidelity == .circuit || name == network.supplySource && ["", "dc"].contains(parameter)
    case .model: fidelity == .circuit
    }
  }

  /// Name of the source that feeds the oscillators.
  public var supplySource: String { network.supplySource }

  /// Whether another sample's network is another network, the deck's own draws apart.
  public var drawsSynapses: Bool { network.drawsSynapses }

  /// Name of the image that a trial recalls.
  public func image(ofTrial number: Int) -> String { patterns.names[number % patterns.count] }

  /// The figures of the network itself.
  public var figures: NetworkFigures {
    NetworkFigures(
      relaxationRate: network.kappa, frequencySpread: network.spread,
      phaseDiffusion: network.phaseDiffusion)
  }

  /// The declared constants that the figures rest on.
  public var standIns: [StandIn] { network.standIns }

  public var energyTerms: [String] { network.terms.map(\.name) }

  /// Runs the trials of these numbers together, as one batch. The bits of a trial may depend on
  /// which others run with it: a campaign keeps its batches the same.
  ///
  /// - Parameter shouldStop: asked often; once true, the trials end soon.
  /// - Returns: the trials in order; nil when told to stop before the end.
  /// - Throws: `IntegrationFailure` or `AnalysisFailure` where the equations cannot be integrated.
  public func run(
    trials numbers: Range<Int>, shouldStop: @escaping () -> Bool
  ) throws -> [RecallTrial]? {
    try run(trials: numbers, filmed: nil, shouldStop: shouldStop)
  }

  /// - Parameter filmed: the trial whose snapshots are kept; nil: the first of each image.
  func run(
    trials numbers: Range<Int>, filmed: Int?, shouldStop: @escaping () -> Bool
  ) throws -> [RecallTrial]? {
    let trials = numbers.map { number in
      let (trial, pattern) = number.quotientAndRemainder(dividingBy: patterns.count)
      return TrialSetup(
        pattern: pattern, trial: trial, number: number,
        probe: probes.probe(of: pattern, in: patterns, trial: trial, seed: seed),
        isFilmed: filmed.map { $0 == number } ?? (trial == 0))
    }
    return try run(trials, shouldStop: shouldStop, progress: { _ in })
  }

  /// Runs trials together; at circuit fidelity one after the other.
  ///
  /// - Parameter progress: told how much of the trials, 0 to 1, has been done since the last call.
  /// - Returns: nil when told to stop before the end.
  func run(
    _ trials: [TrialSetup], shouldStop: @escaping () -> Bool, progress: @escaping (Double) -> Void
  ) throws -> [RecallTrial]? {
    guard let memory else {
      return try RecallBatch(
        plan: self, trials: trials, shouldStop: shouldStop, progress: progress
      ).run()
    }
    var results: [RecallTrial] = []
    for setup in trials {
      let trial = CircuitTrial(
        plan: self, memory: memory, setup: setup, shouldStop: shouldStop,
        progress: { progress($0 / Double(trials.count)) })
      guard let result = try trial.run() else { return nil }
      results.append(result)
    }
    return results
  }
}

/// Rates of one network, by which campaigns compare with theory.
public struct NetworkFigures: Sendable, Equatable {
  /// Rate kappa at which small phase differences decay, 1/s.
  public var relaxationRate: Double
  /// Rms deviation of the free-running angular frequencies, rad/s.
  public var frequencySpread: Double
  /// Mean diffusion D of a free-running phase, rad^2/s.
  public var phaseDiffusion: Double
}
