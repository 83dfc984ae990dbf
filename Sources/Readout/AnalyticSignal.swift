// A real signal and its Hilbert transform as one complex signal: modulus = instantaneous amplitude,
// argument = instantaneous phase. Made by deleting the negative frequencies (D. Gabor, J. IEE 93
// (1946) 429). The transform is periodic, so a signal of no whole number of periods is disturbed
// near its ends.

public import Numerics

public struct AnalyticSignal: Sendable {
  public let values: [Complex]

  /// The analytic signal of `signal` without its mean.
  public init(_ signal: Signal) {
    let count = signal.count
    guard count > 0 else {
      values = []
      return
    }
    let mean = signal.mean
    var spectrum = FourierTransform.transform(
      signal.samples.map { Complex($0 - mean) }, direction: .forward)
    let scale = 1 / Double(count)
    for bin in 0..<count {
      if bin == 0 || 2 * bin == count {
        spectrum[bin] = scale * spectrum[bin]
      } else {
        spectrum[bin] = (2 * bin < count ? 2 * scale : 0) * spectrum[bin]
      }
    }
    values = FourierTransform.transform(spectrum, direction: .backward)
  }

  public var amplitudes: [Double] { values.map(\.modulus) }

  /// Phases in (-pi, pi]: 0 at a maximum of the signal.
  public var phases: [Double] { values.map(\.argument) }

  /// Phases without jumps of 2 pi, beginning in (-pi, pi].
  public var unwrappedPhases: [Double] { unwrapped(phases) }
}

/// `phases` with whole turns added so that neighbours differ by less than half a turn.
public func unwrapped(_ phases: [Double]) -> [Double] {
  guard var last = phases.first else { return [] }
  return phases.map { phase in
    last += wrapped(phase - last)
    return last
  }
}
