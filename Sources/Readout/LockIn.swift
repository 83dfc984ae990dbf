// Phase and amplitude of a signal against a reference, as a lock-in amplifier gives them: the
// signal is multiplied by the reference's complex conjugate, and a low-pass window removes what is
// not at the reference's frequency.

public import Numerics

/// Complex amplitudes A e^{i phi} in time: the signal is A cos(reference phase + phi) around there.
public struct LockIn: Sendable {
  /// The centres of the windows, in seconds.
  public let times: [Double]
  /// In the signal's unit.
  public let amplitudes: [Complex]

  /// Phases in (-pi, pi].
  public var phases: [Double] { amplitudes.map(\.argument) }

  /// Against cos(2 pi frequency t), where t is the signal's own time.
  ///
  /// - Parameters:
  ///   - frequency: hertz.
  ///   - window: seconds of the Hann window; several periods, so that the double frequency and the
  ///     mean are removed. Cut to the signal's length.
  ///   - step: seconds between results; nil for half a window.
  public init(_ signal: Signal, frequency: Double, window: Double, step: Double? = nil) {
    let references = signal.samples.indices.map { index in
      2 * Double.pi * frequency * signal.time(index)
    }
    self.init(signal, referencePhases: references, window: window, step: step)
  }

  /// Against another oscillation, by its analytic phase.
  ///
  /// - Precondition: `reference` has the signal's samples' times.
  public init(_ signal: Signal, reference: Signal, window: Double, step: Double? = nil) {
    precondition(
      reference.count == signal.count && reference.interval == signal.interval,
      "signal and reference are sampled together")
    self.init(
      signal, referencePhases: AnalyticSignal(reference).phases, window: window, step: step)
  }

  /// Against given reference phases, one a sample, in radians.
  public init(
    _ signal: Signal, referencePhases: [Double], window: Double, step: Double? = nil
  ) {
    precondition(referencePhases.count == signal.count, "a reference phase for each sample")
    precondition(window > 0 && (step ?? 1) > 0, "window and step are positive")
    let length = min(signal.count, max(1, signal.samples(in: window)))
    let hop = max(1, signal.samples(in: step ?? window / 2))
    let weights = Window.hann.weights(length)
    let total = weights.reduce(0, +)
    let mean = signal.mean
    var times: [Double] = []
    var amplitudes: [Complex] = []
    var first = 0
    while length > 0, total > 0, first + length <= signal.count {
      var sum = Complex.zero
      for index in 0..<length {
        let value = (signal.samples[first + index] - mean) * weights[index]
        sum += Complex(modulus: value, argument: -referencePhases[first + index])
      }
      amplitudes.append((2 / total) * sum)
      // The periodic window is largest at its sample length / 2.
      times.append(signal.start + (Double(first) + Double(length) / 2) * signal.interval)
      first += hop
    }
    self.times = times
    self.amplitudes = amplitudes
  }
}
