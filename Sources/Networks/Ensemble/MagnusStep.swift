import Numerics

/// The flow of dz/dt = i w z + (h - z^2 conj(h)) / 2 over a step, for eight oscillators.
///
/// z is the ratio of the components of a vector that obeys
/// dy/dt = [[i w/2, h/2], [conj(h)/2, -i w/2]] y.
/// The matrix lies in su(1,1); written as (b, a) for [[i b, a], [conj(a), -i b]], the commutator is
/// [(b, a), (b', a')] = (2 Im(a conj(a')), 2 i (b a' - b' a)), and the exponential acts on z as
///
///   z -> z conj(D) / D,   D = 1 + T (conj(a) z - i b),   T = tanh(s)/s,   s^2 = |a|^2 - b^2.
///
/// Fourth order: (b, a) = A1 - [A1, A2] / 12, with A1 the integral of the matrix over the step and
/// A2 twelve times its first moment over the step's length.
struct MagnusStep {
  /// z at the end of the step.
  let phasor: EightComplex
  /// Squares of the commutator, and of it times |matrix|^2: see `MagnusError`.
  let squaredCommutator: SIMD8<Double>
  let squaredProduct: SIMD8<Double>

  /// - Parameters:
  ///   - mean: mean of h over the step, times half the step.
  ///   - slope: change of h over the step, times half the step.
  ///   - turn: w times half the step.
  @inline(__always)
  init(
    from z: EightComplex, mean: EightComplex, slope: EightComplex, turn: SIMD8<Double>
  ) {
    typealias V = SIMD8<Double>
    let twelfth = V(repeating: -1.0 / 12)
    let diagonal = -2 * mean.imaginaryOfConjugate(times: slope)
    let b = multiplyAdd(twelfth, diagonal, turn)
    let twice = 2 * turn
    let a = EightComplex(
      real: multiplyAdd(-twelfth * twice, slope.imaginary, mean.real),
      imaginary: multiplyAdd(twelfth * twice, slope.real, mean.imaginary))
    let square = a.squaredModulus
    let x = multiplyAdd(-b, b, square)
    // tanh(s)/s by its continued fraction to the ninth term, as a ratio of polynomials in s^2.
    var p = multiplyAdd(x, V(repeating: 1), V(repeating: 990))
    p = multiplyAdd(p, x, V(repeating: 135_135))
    p = multiplyAdd(p, x, V(repeating: 4_729_725))
    p = multiplyAdd(p, x, V(repeating: 34_459_425))
    var q = multiplyAdd(x, V(repeating: 45), V(repeating: 13_860))
    q = multiplyAdd(q, x, V(repeating: 945_945))
    q = multiplyAdd(q, x, V(repeating: 16_216_200))
    q = multiplyAdd(q, x, V(repeating: 34_459_425))
    let real = multiplyAdd(p, a.realOfConjugate(times: z), q)
    let imaginary = p * (a.imaginaryOfConjugate(times: z) - b)
    let realSquare = real * real
    let scale = 1 / multiplyAdd(imaginary, imaginary, realSquare)
    let turned = EightComplex(
      real: multiplyAdd(-imaginary, imaginary, realSquare) * scale,
      imaginary: (-2 * real) * (imaginary * scale))
    phasor = z * turned
    let size = multiplyAdd(turn, turn, square)
    squaredCommutator = multiplyAdd(
      diagonal, diagonal, (twice * twice) * slope.squaredModulus)
    squaredProduct = squaredCommutator * (size * size)
  }
}

/// Estimate of the phase error of `MagnusStep` over the oscillators of a trial, from the size of
/// the first terms left out, of fifth order: [A1, A2] once more with A1 twice, and with A2 and the
/// curvature, which is taken to be to A2 what A2 is to A1. Its factors meet the errors seen with
/// turning drives to a factor of three.
struct MagnusError {
  private var commutators = SIMD8<Double>.zero
  private var products = SIMD8<Double>.zero
  private var means = SIMD8<Double>.zero
  private var slopes = SIMD8<Double>.zero

  @inline(__always)
  mutating func add(_ step: MagnusStep, mean: EightComplex, slope: EightComplex) {
    commutators += step.squaredCommutator
    products += step.squaredProduct
    means += mean.squaredModulus
    slopes += slope.squaredModulus
  }

  /// Root mean square over `count` oscillators, rad.
  func phase(count: Int) -> Double {
    let size = means.sum()
    guard size > 0 else { return 0 }
    let change = 0.2 * slopes.sum() / size
    let squares = products.sum() + change * change * commutators.sum()
    return (squares / Double(count)).squareRoot() / 60
  }
}
