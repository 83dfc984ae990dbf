import Numerics

/// A weight for each sample, which falls towards the ends, so that a frequency between two bins
/// does not leak into all others.
///
/// Source: F. J. Harris, Proc. IEEE 66 (1978) 51, doi:10.1109/PROC.1978.10837. The windows are the
/// periodic ones, of period `count`.
public enum Window: Sendable {
  case rectangular
  case hann
  /// Four-term Blackman-Harris: side lobes below -92 dB, a main lobe twice as wide as Hann's.
  case blackmanHarris

  public func weights(_ count: Int) -> [Double] {
    let coefficients: [Double] =
      switch self {
      case .rectangular: [1]
      case .hann: [0.5, -0.5]
      case .blackmanHarris: [0.35875, -0.48829, 0.14128, -0.01168]
      }
    return (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      return coefficients.enumerated().reduce(0) {
        $0 + $1.element * cosine(angle * Double($1.offset))
      }
    }
  }
}
