public import AssociativeMemory
import Energy
public import Integration
import Networks
import Numerics
public import Schematic

/// One trial before it runs.
struct TrialSetup: Sendable {
  var pattern: Int
  var trial: Int
  /// Number of the trial in the whole experiment: its noise is keyed by it.
  var number: Int
  var probe: [Double]
  /// Whether the phases at the snapshot times are kept.
  var isFilmed: Bool
}

/// A recall ready to run: everything the deck, its images and its views say, resolved.
///
/// Tasks share it: nothing in it changes once it is made, and each of them copies the coupling
/// operator (its weights are shared, its scratch memory is not) before it uses it.
public struct RecallPlan: @unchecked Sendable {
  public var title: String
  public var patterns: PatternSet
  /// The stored images as unit phasors, N x P.
  var phasors: ComplexMatrix
  public var probes: Corruption
  /// Trials for each image.
  public var trialsPerPattern: Int
  public var stopTime: Double
  public var targetError: Double?
  public var thermal: Bool
  /// Kelvin.
  public var temperature: Double
  public var seed: UInt64
  public var tolerances: Tolerances
  /// Fixed step of the stochastic scheme; nil: from the fastest rate.
  var stepMaximum: Double?
  var network: NetworkPlan
  public var card: RecallCard
  /// What the user should know though the run goes on.
  public var warnings: [Fault]
  /// Recording times, from 0 to the stop time.
  public var times: [Double]
  /// Indices into `times` at which the first trial of each image keeps its phases.
  var snapshotIndices: [Int]

  /// At circuit fidelity.
  var memory: CircuitMemory?

  public var trialCount: Int { patterns.count * trialsPerPattern }
  public var fidelity: NetworkFidelity { network.fidelity }
  public var snapshotTimes: [Double] { snapshotIndices.map { times[$0] } }

  /// Trials that advance together: fixed, so that results do not depend on the number of jobs. As
  /// many as keep a batch's vectors in the second-level cache.
  public var batchSize: Int { memory == nil ? max(1, min(32, 8192 / network.block.total)) : 1 }

  /// The trials, image by image.
  func batches() -> [[TrialSetup]] {
    let all = (0..<trialCount).map { number in
      let (pattern, trial) = number.quotientAndRemainder(dividingBy: trialsPerPattern)
      return TrialSetup(
        pattern: pattern, trial: trial, number: number,
        probe: probes.probe(of: pattern, in: patterns, trial: trial, seed: seed),
        isFilmed: trial == 0)
    }
    return stride(from: 0, to: all.count, by: batchSize).map {
      Array(all[$0..<min($0 + batchSize, all.count)])
    }
  }
}
