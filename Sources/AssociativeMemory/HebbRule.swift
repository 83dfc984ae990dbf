// Hebbian training: W = X X^H / N. Source: J. J. Hopfield, Proc. Natl. Acad. Sci. 79 (1982) 2554;
// with phasors: A. J. Noest, Europhys. Lett. 6 (1988) 469.

public import Numerics

/// The sum of the images' outer products: local and incremental, with crosstalk between images.
public struct HebbRule: TrainingRule {
  public let name = "hebb"
  public let summary =
    "Sum of outer products: local and incremental, but images that overlap disturb one another."

  /// Whether W keeps its diagonal, P/N everywhere.
  public var keepsDiagonal: Bool

  public init(keepsDiagonal: Bool = true) { self.keepsDiagonal = keepsDiagonal }

  public func train(_ patterns: PatternSet) throws(TrainingFailure) -> Weights {
    let phasors = patterns.phasors
    var scaled = phasors
    for k in scaled.elements.indices {
      scaled.elements[k] *= Complex(1 / Double(patterns.pixelCount))
    }
    let weights = LowRankMatrix(left: scaled, right: phasors)
    return keepsDiagonal ? .lowRank(weights) : .dense(weights.expanded.withoutDiagonal())
  }
}
