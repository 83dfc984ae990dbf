// Pseudo-inverse (projection) training: W = X (X^H X)^-1 X^H, the projector onto the images.
//
// Goals, in order: dependent images are found and named, never divided by; W is a projector to
// rounding; W stays in the factored form of rank P. An orthonormal basis Q of the images' span from
// a rank-revealing QR gives W = Q Q^H without forming (X^H X)^-1, whose error would be the square
// of the condition number.
//
// Source: L. Personnaz, I. Guyon, G. Dreyfus, J. Physique Lett. 46 (1985) L359,
// doi:10.1051/jphyslet:01985004608035900.

public import Numerics

/// The Hermitian projector onto the span of the images: each is an exact fixed point.
public struct PseudoinverseRule: TrainingRule {
  public let name = "pseudoinverse"
  public let summary =
    "Projector onto the stored images: each is an exact fixed point, however correlated they are."

  /// Whether W keeps its diagonal, as the projector has it. In the phase equation a real diagonal
  /// acts on nothing; without it W is no projector and no longer of low rank.
  public var keepsDiagonal: Bool
  /// Relative residual below which an image counts as a combination of the others.
  public var tolerance: Double

  public init(keepsDiagonal: Bool = true, tolerance: Double = 1e-10) {
    self.keepsDiagonal = keepsDiagonal
    self.tolerance = tolerance
  }

  /// - Throws: `TrainingFailure.dependent`, naming every image that is a combination of others;
  ///   `.tooManyPatterns` where there are more images than pixels, so that some must be.
  public func train(_ patterns: PatternSet) throws(TrainingFailure) -> Weights {
    guard patterns.count <= patterns.pixelCount else {
      throw .tooManyPatterns(count: patterns.count, pixels: patterns.pixelCount)
    }
    let factors: PivotedQR
    do {
      factors = try PivotedQR(patterns.phasors, tolerance: tolerance)
    } catch {
      throw .factorisation(error)
    }
    guard factors.rank == patterns.count else {
      throw .dependent(Self.dependences(factors, patterns))
    }
    let projector = LowRankMatrix(left: factors.basis, right: factors.basis)
    return keepsDiagonal ? .lowRank(projector) : .dense(projector.expanded.withoutDiagonal())
  }

  private static func dependences(
    _ factors: PivotedQR, _ patterns: PatternSet
  ) -> [Dependence] {
    var found: [Dependence] = []
    for place in factors.rank..<patterns.count {
      let coefficients = factors.combination(at: place)
      var pattern = factors.pivots[place]
      var parts = coefficients.indices.filter { coefficients[$0].modulus > 1e-6 }
        .map { (factors.pivots[$0], coefficients[$0]) }
      // Of two copies the later one is named as the copy, whichever was taken as pivot.
      if parts.count == 1, parts[0].0 > pattern {
        (pattern, parts) = (parts[0].0, [(pattern, Complex.one / parts[0].1)])
      }
      found.append(
        Dependence(
          pattern: pattern, name: patterns.names[pattern],
          parts: parts.sorted { $0.0 < $1.0 }.map {
            Dependence.Part(pattern: $0.0, name: patterns.names[$0.0], coefficient: $0.1)
          }))
    }
    return found.sorted { $0.pattern < $1.pattern }
  }
}
