public import Numerics

/// The amplitudes of a signal's frequencies: a sine of amplitude A on a bin shows as A there.
public struct Spectrum: Equatable, Sendable {
  /// Hertz between bins.
  public let resolution: Double
  /// For each bin from 0 Hz, the complex amplitude in the signal's unit: A e^{i phi} stands for
  /// A cos(2 pi f (t - start) + phi).
  public let amplitudes: [Complex]

  /// The one-sided spectrum of the whole signal under a window, whose mean weight is divided out;
  /// none for an empty signal.
  ///
  /// - Parameter removingMean: whether the mean is taken away first, which a window would spread.
  public init(_ signal: Signal, window: Window = .hann, removingMean: Bool = true) {
    let count = signal.count
    guard count > 0 else {
      resolution = 0
      amplitudes = []
      return
    }
    let weights = window.weights(count)
    let mean = removingMean ? signal.mean : 0
    let total = weights.reduce(0, +)
    let weighted = zip(signal.samples, weights).map { ($0 - mean) * $1 }
    let half = RealFourierTransform(shape: [count]).forward(weighted)
    resolution = signal.rate / Double(count)
    amplitudes = half.enumerated().map { bin, value in
      // Zero and the highest frequency of an even count have no mirror image.
      let mirrored = bin > 0 && 2 * bin != count
      return ((mirrored ? 2 : 1) / total) * value
    }
  }

  public func frequency(_ bin: Int) -> Double { Double(bin) * resolution }

  /// The bin of the largest amplitude, the mean's bin aside; nil without one.
  public var peak: Int? {
    guard amplitudes.count > 1 else { return nil }
    return (1..<amplitudes.count).max {
      amplitudes[$0].squaredModulus < amplitudes[$1].squaredModulus
    }
  }
}
