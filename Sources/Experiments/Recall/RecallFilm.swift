// One trial of a recall as pictures in time, to be looked at.

import AssociativeMemory
import Numerics

/// Grey levels in [0, 1] of a trial's oscillators at many times, the global phase turned so that
/// they compare with the stored image.
public struct RecallFilm: Sendable {
  public struct Frame: Sendable {
    /// Seconds from the release of the probe.
    public var time: Double
    /// Fraction of the encoding's range.
    public var error: Double
    public var levels: [Double]
  }

  /// Name of the stored image.
  public var image: String
  public var width: Int
  public var height: Int
  /// Whether black and white are the same phase.
  public var isCyclic: Bool
  public var stored: [Double]
  public var probe: [Double]
  public var frames: [Frame]
  public var trial: RecallTrial
}

extension RecallPlan {
  /// Runs trials together, as a campaign does, and keeps many states of one of them.
  ///
  /// - Parameters:
  ///   - number: of the trial that is filmed.
  ///   - numbers: the batch that it runs with; its bits may depend on it.
  ///   - count: at most so many frames, evenly in time, the first and the last time among them.
  /// - Returns: nil when told to stop before the end.
  /// - Throws: `IntegrationFailure` or `AnalysisFailure` where the equations cannot be integrated.
  /// - Precondition: the number is in the batch, the count at least 2.
  public func film(
    of number: Int, among numbers: Range<Int>, frames count: Int,
    shouldStop: @escaping () -> Bool
  ) throws -> RecallFilm? {
    precondition(numbers.contains(number) && count >= 2, "a film shows a trial of the batch")
    var plan = self
    let last = times.count - 1
    let parts = min(count - 1, last)
    plan.snapshotIndices = (0...parts).map { $0 * last / parts }
    guard
      let trials = try plan.run(trials: numbers, filmed: number, shouldStop: shouldStop)
    else { return nil }
    return plan.film(trials[number - numbers.lowerBound])
  }

  private func film(_ trial: RecallTrial) -> RecallFilm {
    let (encoding, target) = (patterns.encoding, patterns.phases[trial.pattern])
    func levels(_ phases: [Double]) -> [Double] {
      let turn = RecallError.of(phases: phases, target: target, encoding: encoding).rotation
      return phases.map { encoding.grey(phase: $0 - turn) }
    }
    return RecallFilm(
      image: patterns.names[trial.pattern], width: patterns.width, height: patterns.height,
      isCyclic: encoding == .full, stored: target.map { encoding.grey(phase: $0) },
      probe: levels(trial.probe),
      frames: zip(snapshotIndices, trial.snapshots).map { index, phases in
        RecallFilm.Frame(
          time: times[index], error: trial.errors[index], levels: levels(phases))
      }, trial: trial)
  }
}
