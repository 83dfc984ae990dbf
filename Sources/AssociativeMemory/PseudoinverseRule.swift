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
    let basis: ComplexMatrix
    do {
      (factors, basis) = try Self.factorise(patterns, tolerance)
    } catch {
      throw .factorisation(error)
    }
    guard factors.rank == patterns.count else {
      throw .dependent(Self.dependences(factors, patterns))
    }
    let projector = LowRankMatrix(left: basis, right: basis)
    return keepsDiagonal ? .lowRank(projector) : .dense(projector.expanded.withoutDiagonal())
  }

  /// The factors of all images, and the rows of their basis that belong to the pixels that are
  /// here.
  ///
  /// Of images spread over ranks each rank factorises its own rows; the triangles of all, one below
  /// the other, are factorised on every rank, and have the same rank, pivots and dependences. (J.
  /// Demmel, L. Grigori, M. Hoemmen, J. Langou, SIAM J. Sci. Comput. 34 (2012) A206.)
  private static func factorise(
    _ patterns: PatternSet, _ tolerance: Double
  ) throws(FactorisationFailure) -> (PivotedQR, ComplexMatrix) {
    let block = patterns.block
    if block.isWhole {
      let factors = try PivotedQR(patterns.phasors, tolerance: tolerance)
      return (factors, factors.basis)
    }
    let own = try PivotedQR(patterns.phasors, tolerance: 0)
    let count = patterns.count
    let first = block.ranks.rank * count
    var stack = ComplexMatrix(rows: block.ranks.count * count, columns: count)
    for place in 0..<count {
      for row in 0..<own.rank { stack[first + row, own.pivots[place]] = own.triangle[row, place] }
    }
    stack.elements.withUnsafeMutableBufferPointer { elements in
      let numbers = UnsafeMutableRawPointer(elements.baseAddress!)
        .assumingMemoryBound(to: Double.self)
      block.ranks.sum(numbers, count: 2 * elements.count)
    }
    let factors = try PivotedQR(stack, tolerance: tolerance)
    var rows = ComplexMatrix(rows: own.rank, columns: factors.rank)
    for column in 0..<factors.rank {
      for row in 0..<own.rank { rows[row, column] = factors.basis[first + row, column] }
    }
    return (factors, multiply(own.basis, .plain, rows, .plain))
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
