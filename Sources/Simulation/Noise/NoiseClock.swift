// Band-limited noise on a time grid of its own, whatever the steps of the integration. Normal
// numbers g_n of variance 1 at the times n h, h = 1/(4 fmax), are joined by
//
//     w(t) = sum_n g_n k(t/h - n),   k(u) = sinc(u) (1 - (u/4)^2)^3 for |u| < 4
//
// which has three continuous derivatives, so that integration formulas of high order need no corner
// at the grid. Its one-sided density is 2 h |K(f h)|^2, K the transform of k: flat within 1 % up to
// fmax, a quarter at 2 fmax, below 1e-3 from 2.8 fmax on.
//
// 1/f^a noise is a sum over octaves l = 0, 1, ...: independent processes of the same kind on grids
// of h 2^l with densities 2^(a l). All octaves from -infinity on would give C / (f h)^a with
// C = integral of |K(u)|^2 u^(a-1) du / ln 2, but for a ripple in log f; those below 0 are white up
// to fmax and are added to octave 0, and those that are slower than the run are left out.
//
// Sources: R. F. Voss and J. Clarke, J. Acoust. Soc. Am. 63 (1978) 258, doi:10.1121/1.381721, for
// the sum over octaves; R. E. Crochiere and L. R. Rabiner, Multirate Digital Signal Processing
// (1983), for interpolation by windowed sinc functions.

import Numerics

/// The interpolation weights of one instant, by octave.
struct NoiseClock {
  /// Seconds: the grid of octave 0.
  let spacing: Double
  /// Octaves of flicker noise; the first serves white noise too.
  let octaves: Int
  /// The first of the eight grid points that count, by octave.
  private(set) var cells: [Int]
  private(set) var weights: [SIMD8<Double>]

  /// - Parameters:
  ///   - bandwidth: fmax, hertz.
  ///   - lowest: frequency below which flicker noise is flat, hertz.
  init(bandwidth: Double, lowest: Double) {
    spacing = 1 / (4 * bandwidth)
    octaves = max(
      1, Int((naturalLogarithm(bandwidth / lowest) / naturalLogarithm(2)).rounded(.up)) + 1)
    cells = Array(repeating: .min / 2, count: octaves)
    weights = Array(repeating: .zero, count: octaves)
  }

  /// Sets octave `octave` to `time`; the cell before.
  @inline(__always)
  mutating func advance(_ octave: Int, to time: Double) -> Int {
    let position = time / (spacing * Double(1 << octave))
    let index = position.rounded(.down)
    let before = cells[octave]
    cells[octave] = Int(index) - 3
    weights[octave] = Self.weights(position - index)
    return before
  }

  private static let offsets = SIMD8<Double>(3, 2, 1, 0, -1, -2, -3, -4)
  private static let signs = SIMD8<Double>(-1, 1, -1, 1, -1, 1, -1, 1)

  /// k(fraction + 3), ..., k(fraction - 4) of a fraction of 0..<1.
  static func weights(_ fraction: Double) -> SIMD8<Double> {
    guard fraction > 0 else { return SIMD8(0, 0, 0, 1, 0, 0, 0, 0) }
    let u = offsets + fraction
    let window = 1 - u * u / 16
    let envelope = window * window * window
    return (sine(.pi * fraction) / .pi) * signs * envelope / u
  }

  /// C of the file's head, for the exponent `a` > 0.
  static func flickerConstant(_ exponent: Double) -> Double {
    // |K|^2 is smooth and ends at 1: the trapezoidal rule on a logarithmic axis
    let step = 0.02
    var sum = 0.0
    var logarithm = -30 / exponent
    while logarithm < 0.2 {
      let u = exponential(logarithm)
      let response = transform(u)
      sum += response * response * exponential(exponent * logarithm) * step
      logarithm += step
    }
    return sum / naturalLogarithm(2)
  }

  /// K at the frequency `u`, in cycles a grid point; 1 where it is lower than matters.
  static func transform(_ u: Double) -> Double {
    if u < 1e-3 { return transformed(1e-3) }
    return transformed(u)
  }

  private static func transformed(_ u: Double) -> Double {
    let count = 512
    var sum = 0.5
    for k in 1..<count {
      let x = 4 * Double(k) / Double(count)
      let window = 1 - x * x / 16
      let kernel = sine(.pi * x) / (.pi * x) * window * window * window
      sum += kernel * cosine(2 * .pi * u * x)
    }
    return 2 * sum * 4 / Double(count)
  }
}
