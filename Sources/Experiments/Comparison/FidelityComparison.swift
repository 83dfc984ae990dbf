import AssociativeMemory

/// The same trials of one deck at two fidelities, side by side.
public struct FidelityComparison: Sendable {
  /// How far two fidelities may be apart and still tell the same.
  public struct Bounds: Sendable, Equatable {
    /// Radians, root mean square over oscillators and trials.
    public var phase: Double
    /// Relative, of the mean time to the target.
    public var time: Double
    /// Relative, of the mean energy of the run.
    public var energy: Double
  }

  /// One trial at both.
  public struct Pair: Sendable {
    public var pattern: Int
    public var trial: Int
    /// Index of the stored image that the final phases overlap with most.
    public var recalled: (Int, Int)
    /// Radians, root mean square over the oscillators, rotated onto each other.
    public var phaseDifference: Double
    /// Seconds; nil where the target was not reached.
    public var timeToTarget: (Double?, Double?)
    public var errorFinal: (Double, Double)
  }

  public let first: RecallResult
  public let second: RecallResult
  public let pairs: [Pair]
  public let bounds: Bounds

  /// Trials that one of the two did not run are left out.
  public init(_ first: RecallResult, _ second: RecallResult) {
    self.first = first
    self.second = second
    let isPhase = [first.fidelity, second.fidelity].contains(.phase)
    bounds =
      isPhase
      ? Bounds(phase: 0.08, time: 0.25, energy: 0.05)
      : Bounds(phase: 0.05, time: 0.15, energy: 0.05)
    pairs = first.trials.compactMap { one in
      guard
        let other = second.trials.first(where: {
          $0.pattern == one.pattern && $0.trial == one.trial
        })
      else { return nil }
      // phases against phases, whatever range images use of the circle
      let difference = RecallError.of(
        phases: one.finalPhases, target: other.finalPhases, count: one.finalPhases.count,
        encoding: .full)
      return Pair(
        pattern: one.pattern, trial: one.trial,
        recalled: (Self.largest(one.overlaps), Self.largest(other.overlaps)),
        phaseDifference: difference.value * PhaseEncoding.full.range,
        timeToTarget: (one.timeToTarget, other.timeToTarget),
        errorFinal: (one.errorFinal, other.errorFinal))
    }
  }

  private static func largest(_ overlaps: [Double]) -> Int {
    overlaps.indices.max { overlaps[$0] < overlaps[$1] } ?? 0
  }

  /// Whether every trial recalls the same image at both.
  public var recallsTheSame: Bool { pairs.allSatisfy { $0.recalled.0 == $0.recalled.1 } }

  /// Radians, root mean square over all trials and oscillators.
  public var phaseDifference: Double {
    let sum = pairs.reduce(0) { $0 + $1.phaseDifference * $1.phaseDifference }
    return (sum / Double(max(1, pairs.count))).squareRoot()
  }

  /// First over second: the mean times over the trials in which both reached the target; nil where
  /// there is none. Phases are known once a period, so single short times say little.
  public var timeRatio: Double? {
    var sums = (0.0, 0.0)
    for pair in pairs {
      guard let a = pair.timeToTarget.0, let b = pair.timeToTarget.1 else { continue }
      sums = (sums.0 + a, sums.1 + b)
    }
    return sums.1 > 0 ? sums.0 / sums.1 : nil
  }

  /// Joules by term: means over the trials of the whole run.
  public func energies(_ result: RecallResult) -> [Double] {
    let count = Double(max(1, result.trials.count))
    return result.terms.indices.map { term in
      result.trials.reduce(0) { $0 + $1.energy[term] } / count
    }
  }

  /// First over second: the mean energy of the whole run.
  public var energyRatio: Double {
    energies(first).reduce(0, +) / energies(second).reduce(0, +)
  }

  /// First over second, of the median energy to the target; nil where no trial reaches it at both.
  public var energyToTargetRatio: Double? {
    let reached = pairs.compactMap { pair -> Double? in
      func energy(_ result: RecallResult) -> Double? {
        result.trials.first { $0.pattern == pair.pattern && $0.trial == pair.trial }?
          .energyToTarget?.reduce(0, +)
      }
      guard let a = energy(first), let b = energy(second), b > 0 else { return nil }
      return a / b
    }
    return Quantile.median(reached)
  }

  /// One thing that was compared.
  public struct Verdict: Sendable, Equatable {
    public var what: String
    /// Radians, or relative deviation; nil where it could not be told.
    public var difference: Double?
    public var bound: Double
    public var unit: String
    public var agrees: Bool { difference.map { abs($0) <= bound } ?? true }
  }

  public var verdicts: [Verdict] {
    [
      Verdict(what: "final phases", difference: phaseDifference, bound: bounds.phase, unit: "rad"),
      Verdict(
        what: "time to target", difference: timeRatio.map { $0 - 1 }, bound: bounds.time,
        unit: "1"),
      Verdict(what: "energy", difference: energyRatio - 1, bound: bounds.energy, unit: "1"),
    ]
  }

  public var agrees: Bool { recallsTheSame && verdicts.allSatisfy(\.agrees) && !pairs.isEmpty }
}
