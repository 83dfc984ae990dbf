// Trials by number, as campaigns ask for them: trial k recalls image k mod P from that image's
// probe k div P, and its noise is keyed by k.

public import Energy

extension RecallPlan {
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
  /// - Throws: `IntegrationFailure` where the equations cannot be integrated.
  /// - Precondition: the fidelity is not `circuit`.
  public func run(
    trials numbers: Range<Int>, shouldStop: @escaping () -> Bool
  ) throws -> [RecallTrial]? {
    try run(trials: numbers, filmed: nil, shouldStop: shouldStop)
  }

  /// - Parameter filmed: the trial whose snapshots are kept; nil: the first of each image.
  func run(
    trials numbers: Range<Int>, filmed: Int?, shouldStop: @escaping () -> Bool
  ) throws -> [RecallTrial]? {
    precondition(memory == nil, "trials of circuits run one by one")
    let trials = numbers.map { number in
      let (trial, pattern) = number.quotientAndRemainder(dividingBy: patterns.count)
      return TrialSetup(
        pattern: pattern, trial: trial, number: number,
        probe: probes.probe(of: pattern, in: patterns, trial: trial, seed: seed),
        isFilmed: filmed.map { $0 == number } ?? (trial == 0))
    }
    return try RecallBatch(
      plan: self, trials: trials, shouldStop: shouldStop, progress: { _ in }
    ).run()
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
