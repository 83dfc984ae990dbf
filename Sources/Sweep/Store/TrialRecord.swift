/// One trial of a campaign, as the store keeps it. SI units; errors are fractions of the encoding's
/// range. What a trial that failed does not have is nil.
public struct TrialRecord: Codable, Sendable, Equatable {
  /// Joules of one consumer.
  public struct Energy: Codable, Sendable, Equatable {
    public var term: String
    public var whole: Double
    /// Nil where the target was not reached.
    public var toTarget: Double?

    public init(term: String, whole: Double, toTarget: Double?) {
      self.term = term
      self.whole = whole
      self.toTarget = toTarget
    }
  }

  public var point: Int
  /// Number of the trial at its point, from 0: the sample of every random draw.
  public var number: Int
  public var image: String?
  /// Nil without a target.
  public var success: Bool?
  public var errorInitial: Double?
  public var errorFinal: Double?
  public var timeToTarget: Double?
  /// Of the final phases with the image, and the largest with any other.
  public var overlap: Double?
  public var overlapOther: Double?
  public var orderParameter: Double?
  /// Of this trial's network: kappa (1/s), rms deviation of angular frequencies (rad/s), D
  /// (rad^2/s).
  public var relaxationRate: Double?
  public var frequencySpread: Double?
  public var phaseDiffusion: Double?
  public var energies: [Energy] = []
  /// Why there is no result; nil where there is one.
  public var failure: String?

  public init(point: Int, number: Int) {
    self.point = point
    self.number = number
  }

  /// Joules until the target, all consumers.
  public var energyToTarget: Double? {
    let parts = energies.compactMap(\.toTarget)
    return parts.isEmpty || parts.count < energies.count ? nil : parts.reduce(0, +)
  }
}
