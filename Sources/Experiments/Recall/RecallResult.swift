public import AssociativeMemory
public import Energy
import Numerics

/// What a recall gave, with all that is needed to understand and repeat it.
public struct RecallResult: Sendable {
  public var title: String
  public var fidelity: NetworkFidelity
  public var seed: UInt64
  /// Whether every trial ran to its stop time.
  public var reachedStop: Bool
  public var trialsPlanned: Int
  public var trials: [RecallTrial]
  public var patterns: PatternSet
  public var probes: Corruption
  public var thermal: Bool
  /// Kelvin.
  public var temperature: Double
  public var stopTime: Double
  public var targetError: Double?
  public var times: [Double]
  public var snapshotTimes: [Double]
  public var terms: [String]
  public var standIns: [StandIn]
  /// The coupling operator that was chosen.
  public var operatorName: String
  /// Rate at which phases relax under full drive, 1/s.
  public var kappa: Double
  /// Rms deviation of the free-running angular frequencies, rad/s.
  public var spread: Double
  /// Diffusion of a free-running phase, rad^2/s.
  public var phaseDiffusion: Double
  public var oscillatorCount: Int
  /// Wall time of the integration, seconds.
  public var seconds = 0.0

  init(_ plan: RecallPlan, trials: [RecallTrial]) {
    title = plan.title
    fidelity = plan.network.fidelity
    seed = plan.seed
    reachedStop = trials.count == plan.trialCount
    trialsPlanned = plan.trialCount
    self.trials = trials
    patterns = plan.patterns.gathered()
    probes = plan.probes
    thermal = plan.thermal
    temperature = plan.temperature
    stopTime = plan.stopTime
    targetError = plan.targetError
    times = plan.times
    snapshotTimes = plan.snapshotTimes
    terms = plan.network.terms.map(\.name)
    standIns = plan.network.standIns
    operatorName = plan.network.coupling.weights.name
    kappa = plan.network.kappa
    spread = plan.network.spread
    phaseDiffusion = plan.network.phaseDiffusion
    oscillatorCount = plan.network.block.total
  }

  /// Statistics over the trials that ran.
  public var summary: RecallSummary { RecallSummary(trials) }

  /// Statistics over the trials of one image.
  public func summary(of pattern: Int) -> RecallSummary {
    RecallSummary(trials.filter { $0.pattern == pattern })
  }

  /// Mean energy by recording time and term over the trials, row-major, J.
  public var meanEnergies: [Double] {
    guard let first = trials.first else { return [] }
    var sums = [Double](repeating: 0, count: first.energies.count)
    for trial in trials {
      for k in sums.indices { sums[k] += trial.energies[k] }
    }
    return sums.map { $0 / Double(trials.count) }
  }
}

/// Success rate with its 95 % Wilson interval, and medians over trials.
public struct RecallSummary: Sendable {
  public var trials: Int
  public var successes: Int
  public var successRate: Double?
  public var successInterval: ClosedRange<Double>
  public var errorInitial: Double?
  public var errorFinal: Double?
  /// A trial that never reached the target counts as later than all others; nil when the median
  /// is one of those.
  public var timeToTarget: Double?
  public var energyToTarget: Double?
  /// Of the whole run, by term.
  public var energy: [Double]

  init(_ trials: [RecallTrial]) {
    let statistics = SuccessStatistics(
      successes: trials.count { $0.success }, trials: trials.count)
    self.trials = trials.count
    successes = statistics.successes
    successRate = statistics.rate
    successInterval = statistics.interval
    errorInitial = Quantile.median(trials.map(\.errorInitial))
    errorFinal = Quantile.median(trials.map(\.errorFinal))
    timeToTarget = Quantile.median(trials.map(\.timeToTarget))
    energyToTarget = Quantile.median(trials.map { $0.energyToTarget?.reduce(0, +) })
    let terms = trials.first?.energy.count ?? 0
    energy = (0..<terms).map { term in Quantile.median(trials.map { $0.energy[term] }) ?? .nan }
  }
}
