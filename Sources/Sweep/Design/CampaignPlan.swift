/// Where the points of a campaign lie.
public enum CampaignDesign: String, Codable, Sendable, CaseIterable {
  /// Every combination of the axes' values, the first axis slowest.
  case grid
  /// One point in every stratum of every axis.
  case latin
  /// A low-discrepancy sequence.
  case sobol
}

/// What a threshold or a refinement looks at.
public enum CampaignQuantity: String, Codable, Sendable, CaseIterable {
  /// Part of the trials that reached the target.
  case success
  /// Mean overlap of the final phases with the stored image.
  case overlap
}

/// How many trials are run where.
public struct CampaignPlan: Codable, Sendable, Equatable {
  /// The largest value of the first axis at which `quantity` is at least `level`.
  public struct Threshold: Codable, Sendable, Equatable {
    public var quantity: CampaignQuantity
    public var level: Double

    public init(quantity: CampaignQuantity, level: Double) {
      self.quantity = quantity
      self.level = level
    }
  }

  public var design: CampaignDesign
  /// Points of a latin or sobol design.
  public var samples: Int?
  /// At most so many trials a point.
  public var trials: Int
  /// Trials that run and are written together.
  public var batch: Int
  /// A point gets no more trials once its interval of the success rate is so narrow.
  public var until: Double?
  /// Rounds in which every curve along the first axis gets one more point.
  public var refine: Int
  public var threshold: Threshold?

  public init(
    design: CampaignDesign = .grid, samples: Int? = nil, trials: Int, batch: Int,
    until: Double? = nil, refine: Int = 0, threshold: Threshold? = nil
  ) {
    self.design = design
    self.samples = samples
    self.trials = trials
    self.batch = batch
    self.until = until
    self.refine = refine
    self.threshold = threshold
  }

  /// Batches of a point, at most.
  public var units: Int { (trials + batch - 1) / batch }

  /// The trials of a point's batch.
  public func unit(_ index: Int) -> Range<Int> {
    (index * batch)..<min((index + 1) * batch, trials)
  }

  /// The batch of a trial.
  public func unit(ofTrial number: Int) -> Range<Int> { unit(number / batch) }
}

/// Points of a design.
public enum DesignPoints {
  public static let limit = 1_000_000

  /// Values by axis, point by point. Latin and sobol designs depend on the seed.
  /// - Precondition: the points are at most `limit`, samples are given where the design needs them.
  public static func values(
    _ plan: CampaignPlan, _ axes: [CampaignAxis], seed: UInt64
  ) -> [[Double]] {
    let samples = plan.samples ?? 0
    let shares: [[Double]]
    switch plan.design {
    case .grid:
      return axes.reduce([[]]) { points, axis in
        points.flatMap { point in axis.values.map { point + [$0] } }
      }
    case .latin: shares = LatinHypercube.points(samples, dimensions: axes.count, seed: seed)
    case .sobol: shares = SobolSequence.points(samples, dimensions: axes.count, seed: seed)
    }
    return shares.map { zip(axes, $0).map { $0.value(at: $1) } }
  }
}
