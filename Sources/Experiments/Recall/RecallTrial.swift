import Ranks

/// What one trial of a recall gave. Times in seconds from the release of the probe, energies in
/// joules, errors as fractions of the encoding's range.
public struct RecallTrial: Sendable, Equatable {
  /// Index of the stored image.
  public var pattern: Int
  /// Number of the trial among those of its image.
  public var trial: Int
  public var errorInitial: Double
  public var errorFinal: Double
  /// Since when the error has stayed below the target; nil where it does not at the end.
  public var timeToTarget: Double?
  /// By term, until the target was reached; nil where it was not.
  public var energyToTarget: [Double]?
  /// By term, over the whole run.
  public var energy: [Double]
  /// Moduli of the final overlaps with every stored image.
  public var overlaps: [Double]
  /// Kuramoto order parameter of the final phases.
  public var orderParameter: Double
  /// At the recording times.
  public var errors: [Double]
  /// Energy by recording time and term, row-major.
  public var energies: [Double]
  public var probe: [Double]
  public var finalPhases: [Double]
  /// Phases at the snapshot times; only of each image's first trial, else empty.
  public var snapshots: [[Double]]

  public var success: Bool { timeToTarget != nil }

  /// The phases of all oscillators on rank 0; on others they are lost.
  func gathered(_ block: Block) -> RecallTrial {
    if block.isWhole { return self }
    var whole = self
    whole.probe = block.gather(probe)
    whole.finalPhases = block.gather(finalPhases)
    whole.snapshots = snapshots.map { block.gather($0) }
    return whole
  }
}
