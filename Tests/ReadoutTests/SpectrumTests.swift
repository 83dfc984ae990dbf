import Numerics
import Readout
import Testing

/// amplitude * cos(2 pi f t + phase) at `count` samples.
func tone(
  _ frequency: Double, count: Int, rate: Double, amplitude: Double = 1, phase: Double = 0,
  start: Double = 0
) -> Signal {
  let samples = (0..<count).map { index in
    amplitude * cosine(2 * .pi * frequency * (start + Double(index) / rate) + phase)
  }
  return Signal(samples, interval: 1 / rate, start: start)
}

@Suite struct SpectrumTests {
  @Test(arguments: [Window.rectangular, .hann, .blackmanHarris])
  func amplitudeAndPhaseOnABin(window: Window) {
    let signal = tone(50, count: 200, rate: 1000, amplitude: 3, phase: 0.7)
    let spectrum = Spectrum(signal, window: window)
    #expect(abs(spectrum.resolution - 5) < 1e-12)
    let line = spectrum.amplitudes[10]
    #expect(spectrum.peak == 10)
    #expect(abs(line.modulus - 3) < 1e-12 && abs(line.argument - 0.7) < 1e-12)
    #expect(spectrum.amplitudes[30].modulus < 1e-12)
  }

  @Test func constantAndHighestFrequency() {
    let samples = (0..<8).map { 2.0 + ($0 % 2 == 0 ? 1 : -1) }
    let spectrum = Spectrum(
      Signal(samples, interval: 1), window: .rectangular, removingMean: false)
    #expect(abs(spectrum.amplitudes[0].real - 2) < 1e-14)
    #expect(abs(spectrum.amplitudes[4].real - 1) < 1e-14)
    #expect(Spectrum(Signal([], interval: 1)).amplitudes.isEmpty)
  }

  /// One rectangular segment: the density's integral is the variance to rounding.
  @Test func parseval() {
    var stream = RandomStream(seed: 7, purpose: .patterns)
    for count in [255, 256] {
      let signal = Signal((0..<count).map { _ in stream.normal() }, interval: 1e-9)
      let mean = signal.mean
      let variance =
        signal.samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      let density = SpectralDensity(signal, segmentLength: count, window: .rectangular)
      #expect(abs(density.power - variance) < 1e-12 * variance)
    }
  }

  /// White noise of variance s^2 has the one-sided density 2 s^2 dt.
  @Test func whiteNoise() {
    var stream = RandomStream(seed: 8, purpose: .patterns)
    let interval = 1e-3
    let signal = Signal((0..<65536).map { _ in 0.5 * stream.normal() }, interval: interval)
    let density = SpectralDensity(signal, segmentLength: 256)
    let expected = 2 * 0.25 * interval
    #expect(density.segments == 511)
    let inner = density.values[2..<127]
    let mean = inner.reduce(0, +) / Double(inner.count)
    #expect(abs(mean / expected - 1) < 4 / (125.0 * 511).squareRoot() * 1.5)
    for value in inner { #expect(abs(value / expected - 1) < 6 / 511.0.squareRoot()) }
  }
}

@Suite struct FrequencyEstimateTests {
  @Test(arguments: [100.0, 101.3, 102.5, 103.77, 104.999])
  func betweenBins(frequency: Double) throws {
    let signal = tone(frequency, count: 1000, rate: 5000, phase: 1.1)
    let interpolated = try #require(FrequencyEstimate.interpolated(signal))
    #expect(abs(interpolated - frequency) < 2e-3)
    let slope = try #require(FrequencyEstimate.phaseSlope(signal))
    #expect(abs(slope - frequency) < 2e-2)
  }

  @Test func nothingToFind() {
    #expect(FrequencyEstimate.interpolated(Signal([1, 2, 1], interval: 1)) == nil)
    #expect(
      FrequencyEstimate.interpolated(Signal([Double](repeating: 2, count: 64), interval: 1))
        == nil)
    #expect(FrequencyEstimate.phaseSlope(Signal([], interval: 1)) == nil)
  }

  @Test func zeroCrossings() throws {
    let signal = tone(97.3, count: 5000, rate: 10_000, phase: -.pi / 2, start: 2)
    let crossings = ZeroCrossings(signal)
    #expect(abs(try #require(crossings.period) - 1 / 97.3) < 1e-7)
    // sin(2 pi f t) rises through zero at whole periods.
    for time in crossings.times {
      let turns = time * 97.3
      #expect(abs(turns - turns.rounded()) < 2e-4)
    }
    #expect(try #require(crossings.jitter) < 1e-5)
    #expect(ZeroCrossings(Signal([1, 1], interval: 1)).period == nil)
  }

  @Test func hysteresisIgnoresNoise() {
    var stream = RandomStream(seed: 9, purpose: .patterns)
    var signal = tone(10, count: 10_000, rate: 10_000, phase: .pi / 2)
    for index in signal.samples.indices { signal.samples[index] += 0.02 * stream.normal() }
    #expect(ZeroCrossings(signal).times.count > 12)
    #expect(ZeroCrossings(signal, hysteresis: 0.2).times.count == 10)
  }
}
