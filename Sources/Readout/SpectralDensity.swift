import Numerics

/// Power spectral density by Welch's method: the average of windowed periodograms of segments that
/// overlap by half.
///
/// One-sided, in the signal's unit squared per hertz: its integral over all frequencies is the
/// signal's variance (exactly its windowed mean square, by Parseval's theorem).
/// Source: P. D. Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70,
/// doi:10.1109/TAU.1967.1161901.
public struct SpectralDensity: Equatable, Sendable {
  /// Hertz between bins.
  public let resolution: Double
  public let values: [Double]
  /// Segments averaged; under a Hann window all but a nineteenth of them count as independent.
  public let segments: Int

  /// - Parameters:
  ///   - segmentLength: samples of a segment, cut to the signal's length; longer ones resolve finer
  ///     and scatter more.
  ///   - window: Hann unless told otherwise.
  public init(
    _ signal: Signal, segmentLength: Int, window: Window = .hann, removingMean: Bool = true
  ) {
    let length = min(segmentLength, signal.count)
    guard length > 0 else {
      resolution = 0
      values = []
      segments = 0
      return
    }
    let weights = window.weights(length)
    let power = weights.reduce(0) { $0 + $1 * $1 }
    let mean = removingMean ? signal.mean : 0
    let transform = RealFourierTransform(shape: [length])
    let hop = max(1, length / 2)
    var sums = [Double](repeating: 0, count: length / 2 + 1)
    var working = [Double](repeating: 0, count: length)
    var first = 0
    var number = 0
    while first + length <= signal.count {
      for index in 0..<length {
        working[index] = (signal.samples[first + index] - mean) * weights[index]
      }
      for (bin, value) in transform.forward(working).enumerated() {
        sums[bin] += value.squaredModulus
      }
      number += 1
      first += hop
    }
    let scale = signal.interval / (power * Double(number))
    resolution = signal.rate / Double(length)
    segments = number
    values = sums.enumerated().map { bin, sum in
      bin > 0 && 2 * bin != length ? 2 * scale * sum : scale * sum
    }
  }

  public func frequency(_ bin: Int) -> Double { Double(bin) * resolution }

  /// The integral over all frequencies: the variance, in the signal's unit squared.
  public var power: Double { values.reduce(0, +) * resolution }

  /// The bin of the largest density, the mean's bin aside; nil without one.
  public var peak: Int? {
    guard values.count > 1 else { return nil }
    return (1..<values.count).max { values[$0] < values[$1] }
  }
}
