import Numerics
import Readout
import Testing

@Suite struct PhaseTests {
  @Test func analyticToneIsExact() {
    let analytic = AnalyticSignal(tone(50, count: 400, rate: 1000, amplitude: 2, phase: 0.4))
    for (index, value) in analytic.values.enumerated() {
      let expected = Complex(modulus: 2, argument: 2 * .pi * 50 * Double(index) / 1000 + 0.4)
      #expect((value - expected).modulus < 1e-12)
    }
  }

  /// A linear chirp: the phase grows with the square of time, away from the ends.
  @Test func chirp() {
    let rate = 10_000.0
    let phase = { (t: Double) in 2 * Double.pi * (400 * t + 150 * t * t) }
    let count = 10_000
    let signal = Signal(
      (0..<count).map { cosine(phase(Double($0) / rate)) }, interval: 1 / rate)
    let phases = AnalyticSignal(signal).unwrappedPhases
    let turns = ((phases[5000] - phase(0.5)) / (2 * .pi)).rounded() * 2 * .pi
    for index in stride(from: 1000, to: 9000, by: 50) {
      #expect(abs(phases[index] - turns - phase(Double(index) / rate)) < 0.01)
    }
  }

  @Test func lockInAgainstAFrequency() {
    var signal = tone(1000, count: 20_000, rate: 50_000, amplitude: 0.3, phase: -2, start: 0.1)
    for index in signal.samples.indices { signal.samples[index] += 5 }
    let result = LockIn(signal, frequency: 1000, window: 0.02)
    #expect(result.times.count == 39)
    #expect(abs(result.times[0] - 0.11) < 1e-12 && abs(result.times[1] - 0.12) < 1e-12)
    for amplitude in result.amplitudes {
      #expect(abs(amplitude.modulus - 0.3) < 1e-9 && abs(amplitude.argument + 2) < 1e-9)
    }
  }

  @Test func lockInAgainstASignal() {
    let signal = tone(1000, count: 20_000, rate: 50_000, phase: 0.9)
    let reference = tone(1000, count: 20_000, rate: 50_000, amplitude: 7, phase: 0.2)
    for phase in LockIn(signal, reference: reference, window: 0.02).phases {
      #expect(abs(phase - 0.7) < 1e-9)
    }
  }

  /// Off the reference the phase turns at the difference of the frequencies.
  @Test func lockInFollowsADetuning() {
    let signal = tone(1005, count: 50_000, rate: 50_000)
    let result = LockIn(signal, frequency: 1000, window: 0.02, step: 0.01)
    for (time, phase) in zip(result.times, result.phases) {
      #expect(abs(wrapped(phase - 2 * .pi * 5 * time)) < 1e-3)
    }
  }

  @Test func unwrapping() {
    let ramp = (0..<100).map { 0.5 + 2.9 * Double($0) }
    for (a, b) in zip(unwrapped(ramp.map(wrapped)), ramp) { #expect(abs(a - b) < 1e-9) }
    #expect(unwrapped([]).isEmpty)
  }

  @Test func orderParameter() {
    #expect(abs(OrderParameter.value([0.3, 0.3, 0.3 + 2 * .pi]).modulus - 1) < 1e-14)
    #expect(OrderParameter.value([0, 2 * .pi / 3, 4 * .pi / 3]).modulus < 1e-15)
    #expect(OrderParameter.value([Double]()) == .zero)
    let path = OrderParameter.trajectory([0, .pi, 0.5, 0.5], oscillators: 2)
    #expect(path.count == 2 && path[0].modulus < 1e-15)
    #expect(abs(path[1].argument - 0.5) < 1e-15 && abs(path[1].modulus - 1) < 1e-15)
  }
}

@Suite struct LinewidthFitTests {
  /// Phase diffusion <dphi^2> = D t gives a Lorentzian of full width D / (2 pi) hertz.
  @Test(arguments: [40.0, 100.0])
  func phaseDiffusion(diffusion: Double) throws {
    let rate = 4000.0
    var stream = RandomStream(seed: 10, purpose: .thermalNoise)
    var phase = 0.0
    let samples = (0..<(1 << 19)).map { _ in
      phase += 2 * .pi * 700 / rate + (diffusion / rate).squareRoot() * stream.normal()
      return cosine(phase)
    }
    let density = SpectralDensity(Signal(samples, interval: 1 / rate), segmentLength: 8192)
    let fit = try LinewidthFit(density)
    let expected = diffusion / (2 * .pi)
    // The signal lasts about 131 s, or 131 * width coherence times: scatter below 5 %.
    #expect(abs(fit.width / expected - 1) < 0.12)
    #expect(abs(fit.centre - 700) < 0.1 * expected)
    // Half of the power of cos is 1/2 = pi/2 * width * height.
    #expect(abs(fit.height * fit.width * .pi / 2 - 0.5) < 0.05)
    #expect(fit.scatter > 0.8 && fit.scatter < 1.3)
  }

  @Test func failures() {
    let silence = SpectralDensity(
      Signal([Double](repeating: 0, count: 64), interval: 1), segmentLength: 64)
    #expect(throws: LinewidthFit.Failure.noLine) { try LinewidthFit(silence) }
    let sine = SpectralDensity(tone(100, count: 4096, rate: 1000), segmentLength: 1024)
    #expect(throws: LinewidthFit.Failure.unresolved(resolution: sine.resolution)) {
      try LinewidthFit(sine)
    }
  }
}
