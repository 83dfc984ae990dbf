// The error of a recalled image: rms over the pixels of the wrapped phase difference to the target,
// the global phase rotated out, divided by the encoding's range.
//
// Goals, in order: invariance under a global phase; a minimum of the rms itself, not of a
// surrogate; speed without allocation, because it runs at every time step of every trial.
//
// With residuals d_i = wrap(phi_i - target_i - theta), the rms is least where their mean vanishes,
// as long as no residual changes its winding. The search starts at the argument of the overlap,
// adds the mean, and measures again only when the shift wraps some residual; otherwise the minimum
// is mean(d^2) - mean(d)^2 exactly. Each round lowers the rms and there are finitely many windings,
// so it ends. The result is the minimum next to the overlap's argument: the global one whenever no
// residual comes near pi (errors well under half a turn), and for a probe far from its target
// possibly a local one.

public import Numerics
public import Ranks

/// An error and the global phase at which it was found.
public struct RecallError: Equatable, Sendable {
  /// Fraction of the encoding's range.
  public var value: Double
  /// The global phase in radians by which the state leads its target; in (-pi, pi].
  public var rotation: Double

  @inlinable
  public init(value: Double, rotation: Double) {
    self.value = value
    self.rotation = rotation
  }

  /// The error of a state given as phases.
  /// - Parameters:
  ///   - phases: the state's phases, `count` of them, in radians; any winding.
  ///   - target: the pattern's phases.
  ///   - ranks: over which the pixels are spread.
  ///   - start: where to start the search for the rotation (the last one, when a trajectory is
  ///     followed), which saves the overlap; nil starts at the overlap's argument.
  public static func of(
    phases: UnsafePointer<Double>, target: UnsafePointer<Double>, count: Int,
    encoding: PhaseEncoding, start: Double? = nil, ranks: Ranks = .alone
  ) -> RecallError {
    precondition(count > 0, "an error needs a pixel")
    var rotation = start ?? argument(overlap(phases, target, count), ranks)
    var sums = ResidualSums()
    for _ in 0..<roundsMaximum {
      sums = residuals(phases, target, count, rotation).over(ranks)
      rotation += sums.mean
      if sums.largest + abs(sums.mean) <= Double.pi { break }
    }
    return RecallError(
      value: sums.centredRms / encoding.range, rotation: wrapped(rotation))
  }

  /// The error of a state given as complex amplitudes, whose moduli play no part beyond weighting
  /// the overlap from which the search for the rotation starts.
  /// - Parameters:
  ///   - amplitudes: interleaved real and imaginary parts, `count` pixels.
  ///   - target: the pattern's unit phasors (a column of `PatternSet.phasors`).
  public static func of(
    amplitudes: UnsafePointer<Complex>, target: UnsafePointer<Complex>, count: Int,
    encoding: PhaseEncoding, start: Double? = nil, ranks: Ranks = .alone
  ) -> RecallError {
    precondition(count > 0, "an error needs a pixel")
    var rotation = start ?? argument(overlap(amplitudes, target, count), ranks)
    var sums = ResidualSums()
    for _ in 0..<roundsMaximum {
      sums = residuals(amplitudes, target, count, rotation).over(ranks)
      rotation += sums.mean
      if sums.largest + abs(sums.mean) <= Double.pi { break }
    }
    return RecallError(
      value: sums.centredRms / encoding.range, rotation: wrapped(rotation))
  }

  /// The error of an array of phases.
  /// - Precondition: both have the same, non-zero number of elements.
  public static func of(
    phases: [Double], target: [Double], encoding: PhaseEncoding
  ) -> RecallError {
    precondition(phases.count == target.count, "state and target differ in size")
    return of(phases: phases, target: target, count: phases.count, encoding: encoding)
  }

  /// Windings settle in a few rounds; the bound only guards against a state of NaNs.
  private static let roundsMaximum = 64
}

/// Sums over the residuals of one round.
struct ResidualSums {
  var count = 0.0
  var sum = 0.0
  var squares = 0.0
  var largest = 0.0

  /// Those of the pixels of all ranks.
  func over(_ ranks: Ranks) -> ResidualSums {
    if ranks.isAlone { return self }
    let sums = ranks.sums([count, sum, squares])
    return ResidualSums(
      count: sums[0], sum: sums[1], squares: sums[2], largest: ranks.maximum(largest))
  }

  var mean: Double { sum / count }
  /// The rms after the mean is taken away.
  var centredRms: Double {
    let variance = squares / count - mean * mean
    // A NaN must come out as NaN: `max` would hide it.
    return variance < 0 ? 0 : variance.squareRoot()
  }
}

private func argument(_ overlap: Complex, _ ranks: Ranks) -> Double {
  if ranks.isAlone { return overlap.argument }
  let sums = ranks.sums([overlap.real, overlap.imaginary])
  return arcTangent(sums[1], sums[0])
}

private func overlap(
  _ phases: UnsafePointer<Double>, _ target: UnsafePointer<Double>, _ count: Int
) -> Complex {
  var real = 0.0
  var imaginary = 0.0
  for i in 0..<count {
    real += cosine(phases[i] - target[i])
    imaginary += sine(phases[i] - target[i])
  }
  return Complex(real, imaginary)
}

private func overlap(
  _ amplitudes: UnsafePointer<Complex>, _ target: UnsafePointer<Complex>, _ count: Int
) -> Complex {
  var overlap = Complex.zero
  for i in 0..<count { overlap += target[i].conjugate * amplitudes[i] }
  return overlap
}

private func residuals(
  _ phases: UnsafePointer<Double>, _ target: UnsafePointer<Double>, _ count: Int,
  _ rotation: Double
) -> ResidualSums {
  var sums = ResidualSums(count: Double(count))
  for i in 0..<count {
    let residual = wrapped(phases[i] - target[i] - rotation)
    sums.sum += residual
    sums.squares += residual * residual
    sums.largest = max(sums.largest, abs(residual))
  }
  return sums
}

private func residuals(
  _ amplitudes: UnsafePointer<Complex>, _ target: UnsafePointer<Complex>, _ count: Int,
  _ rotation: Double
) -> ResidualSums {
  let turn = Complex(modulus: 1, argument: -rotation)
  let state = UnsafeRawPointer(amplitudes)
  let pattern = UnsafeRawPointer(target)
  var sum = SIMD8<Double>.zero
  var squares = SIMD8<Double>.zero
  var largest = SIMD8<Double>.zero
  let blocks = count / 8
  for block in 0..<blocks {
    let a = state.loadUnaligned(fromByteOffset: block * 128, as: SIMD16<Double>.self)
    let t = pattern.loadUnaligned(fromByteOffset: block * 128, as: SIMD16<Double>.self)
    let real = a.evenHalf * t.evenHalf + a.oddHalf * t.oddHalf
    let imaginary = a.oddHalf * t.evenHalf - a.evenHalf * t.oddHalf
    let residual = arcTangent(
      imaginary * turn.real + real * turn.imaginary,
      real * turn.real - imaginary * turn.imaginary)
    sum += residual
    squares += residual * residual
    let size = residual.replacing(with: -residual, where: residual .< 0)
    largest = largest.replacing(with: size, where: size .> largest)
  }
  var sums = ResidualSums(
    count: Double(count), sum: sum.sum(), squares: squares.sum(), largest: largest.max())
  for i in (blocks * 8)..<count {
    let residual = (target[i].conjugate * amplitudes[i] * turn).argument
    sums.sum += residual
    sums.squares += residual * residual
    sums.largest = max(sums.largest, abs(residual))
  }
  return sums
}
