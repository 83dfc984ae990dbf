// The frequency of a nearly sinusoidal signal, far finer than the distance of its spectrum's bins.

import Numerics

public enum FrequencyEstimate {
  /// The frequency in hertz of the largest line, from the ratio of the amplitudes beside it under a
  /// Hann window; nil for fewer than 8 samples or a constant signal.
  ///
  /// Exact for one noise-free line several bins from 0 and from half the sampling rate.
  /// Source: T. Grandke, IEEE Trans. Instrum. Meas. 32 (1983) 350, doi:10.1109/TIM.1983.4315077.
  public static func interpolated(_ signal: Signal) -> Double? {
    guard signal.count >= 8 else { return nil }
    let spectrum = Spectrum(signal, window: .hann)
    guard let peak = spectrum.peak, peak + 1 < spectrum.amplitudes.count else { return nil }
    let height = spectrum.amplitudes[peak].modulus
    guard height > 0, height.isFinite else { return nil }
    let below = spectrum.amplitudes[peak - 1].modulus
    let above = spectrum.amplitudes[peak + 1].modulus
    // The larger neighbour is on the side of the line.
    let ratio = max(below, above) / height
    let shift = (2 * ratio - 1) / (ratio + 1)
    return (Double(peak) + (above >= below ? shift : -shift)) * spectrum.resolution
  }

  /// The frequency in hertz as the slope of the phase against time, by a least-squares line; nil
  /// where `interpolated` gives none.
  ///
  /// Follows the whole signal, so that it is the mean frequency of one that wanders. The ends,
  /// where the analytic signal is disturbed, are left out: `trimmed` of the signal on each side.
  public static func phaseSlope(_ signal: Signal, trimmed: Double = 0.1) -> Double? {
    guard let coarse = interpolated(signal) else { return nil }
    let phases = AnalyticSignal(signal).unwrappedPhases
    let first = Int(trimmed * Double(signal.count))
    let last = signal.count - first
    guard last - first >= 2 else { return coarse }
    let middle = Double(last - first - 1) / 2
    var product = 0.0
    var square = 0.0
    for index in first..<last {
      let offset = Double(index - first) - middle
      product += offset * phases[index]
      square += offset * offset
    }
    return product / square / (2 * Double.pi * signal.interval)
  }
}
