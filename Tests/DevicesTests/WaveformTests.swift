import Devices
import Numerics
import Schematic
import Testing

/// Independent sources against formulas, and their corners.
@Suite struct WaveformTests {
  private func source(
    _ parameters: ParameterList, step: Double = 1e-9, stop: Double = 1e-3, seed: UInt64 = 0
  ) throws -> DeviceBench {
    try DeviceBench(
      Circuit(
        title: "", nodeNames: ["0", "a"],
        instances: [
          Instance(
            name: "i1", device: "I", terminals: [1, 0], parameters: parameters, origin: .none)
        ]), printStep: step, stopTime: stop, seed: seed)
  }

  private func value(
    _ bench: DeviceBench, _ time: Double, left: Bool = false
  ) -> Double {
    var moment = Moment(time: time)
    moment.takesLeftLimit = left
    return bench.evaluate([0, 0], moment).currents[1]
  }

  private static let pulse: ParameterList = [
    "waveform": .text("pulse"), "pulse.v1": .number(1), "pulse.v2": .number(3),
    "pulse.td": .number(1e-7), "pulse.tr": .number(1e-8), "pulse.tf": .number(2e-8),
    "pulse.pw": .number(3e-8), "pulse.per": .number(1e-7),
  ]

  @Test(arguments: [0.0, 1, 7, 1e6, 3_333_333]) func pulse(period: Double) throws {
    let bench = try source(Self.pulse)
    let start = 1e-7 + period * 1e-7
    for (offset, expected) in [
      (0.5e-8, 2.0), (1e-8, 3), (2e-8, 3), (5e-8, 2), (6.5e-8, 1), (0, 1),
    ] {
      #expect(abs(value(bench, start + offset) - expected) < 1e-6)
    }
    // from one corner to the next, each where the formula has it
    var time = start - 1e-8
    for offset in [0, 1e-8, 4e-8, 6e-8, 1e-7] {
      let next = bench.banks[0].nextBreakpoint(after: time)
      #expect(next == 1e-7 + (period * 1e-7 + offset) || abs(next - start - offset) <= 2 * next.ulp)
      time = next
    }
  }

  @Test func pulsesEnd() throws {
    var parameters = Self.pulse
    parameters["pulse.np"] = .number(2)
    let bench = try source(parameters)
    #expect(value(bench, 2.2e-7) == 3)
    #expect(value(bench, 3.2e-7) == 1)
    #expect(bench.banks[0].nextBreakpoint(after: 3.1e-7) == .infinity)
  }

  @Test func sine() throws {
    let bench = try source([
      "waveform": .text("sin"), "sin.vo": .number(0.5), "sin.va": .number(2),
      "sin.freq": .number(1e6), "sin.td": .number(1e-6), "sin.theta": .number(1e5),
      "sin.phase": .number(30),
    ])
    #expect(abs(value(bench, 0) - 1.5) < 1e-12)
    for k in 0..<20 {
      let t = 1e-6 + 0.37e-6 * Double(k)
      let expected =
        0.5 + 2 * Numerics.sine(2 * Double.pi * 1e6 * (t - 1e-6) + Double.pi / 6)
        * exponential(-(t - 1e-6) * 1e5)
      #expect(abs(value(bench, t) - expected) < 1e-9)
    }
    #expect(bench.banks[0].nextBreakpoint(after: 0) == 1e-6)
    #expect(bench.banks[0].nextBreakpoint(after: 1e-6) == .infinity)
  }

  @Test func exponentials() throws {
    let bench = try source([
      "waveform": .text("exp"), "exp.v1": .number(1), "exp.v2": .number(5),
      "exp.td1": .number(1e-6), "exp.tau1": .number(2e-6), "exp.td2": .number(4e-6),
      "exp.tau2": .number(3e-6),
    ])
    #expect(value(bench, 0.5e-6) == 1)
    let t = 6e-6
    let expected = 1 + 4 * (1 - exponential(-2.5)) - 4 * (1 - exponential(-2.0 / 3))
    #expect(abs(value(bench, t) - expected) < 1e-12)
  }

  @Test func pointsRepeatWithAJump() throws {
    let bench = try source([
      "waveform": .text("pwl"), "pwl.points": .numbers([0, 0, 1e-6, 1, 2e-6, 3, 4e-6, 5]),
      "pwl.r": .number(1e-6), "pwl.td": .number(1e-7),
    ])
    let jump = 1e-7 + 4e-6
    #expect(abs(value(bench, 1e-7 + 1.5e-6) - 2) < 1e-9)
    #expect(value(bench, jump, left: true) == 5)
    #expect(value(bench, jump) == 1)
    #expect(abs(value(bench, jump + 2e-6) - 4) < 1e-9)
    #expect(abs(bench.banks[0].nextBreakpoint(after: jump - 1e-6) - jump) <= 2 * jump.ulp)
  }

  /// -1 repeats for ever, 2 three times in all, -2 and 0 not; then the last bit stands on.
  @Test(arguments: [(-1.0, 9), (2, 3), (1, 2), (0, 1), (-2, 1)])
  func pattern(repeats: Double, passes: Int) throws {
    let bench = try source([
      "waveform": .text("pat"), "pat.vhi": .number(1), "pat.vlo": .number(0),
      "pat.td": .number(0), "pat.tr": .number(2e-9), "pat.tf": .number(4e-9),
      "pat.tsample": .number(1e-8), "pat.data": .text("b0111"), "pat.r": .number(repeats),
    ])
    for period in 0..<4 {
      let levels = (0..<4).map { value(bench, Double(4 * period + $0) * 1e-8 + 5e-9) }
      #expect(levels == (period < passes ? [0, 1, 1, 1] : [1, 1, 1, 1]))
      guard period < passes else { continue }
      #expect(abs(value(bench, Double(4 * period + 1) * 1e-8) - 0.5) < 1e-6)
    }
  }

  @Test func modulations() throws {
    let frequency = try source([
      "waveform": .text("sffm"), "sffm.vo": .number(1), "sffm.va": .number(2),
      "sffm.fc": .number(1e6), "sffm.mdi": .number(3), "sffm.fs": .number(1e5),
    ])
    let amplitude = try source([
      "waveform": .text("am"), "am.va": .number(2), "am.vo": .number(1), "am.mf": .number(1e5),
      "am.fc": .number(1e6),
    ])
    let t = 1.234e-6
    let (fast, slow) = (2 * Double.pi * 1e6 * t, 2 * Double.pi * 1e5 * t)
    let expected = 1 + 2 * Numerics.sine(fast + 3 * Numerics.sine(slow))
    #expect(abs(value(frequency, t) - expected) < 1e-12)
    let product = 2 * (1 + Numerics.sine(slow)) * Numerics.sine(fast)
    #expect(abs(value(amplitude, t) - product) < 1e-12)
  }

  @Test func noiseIsSeededAndWhite() throws {
    let parameters: ParameterList = [
      "waveform": .text("trnoise"), "trnoise.na": .number(0.5), "trnoise.nt": .number(1e-9),
    ]
    let (one, same, other) = (
      try source(parameters, seed: 1), try source(parameters, seed: 1),
      try source(parameters, seed: 2)
    )
    let samples = (1...4000).map { value(one, Double($0) * 1e-9) }
    let variance = samples.reduce(0) { $0 + $1 * $1 } / 4000
    #expect(abs(variance - 0.25) < 0.25 * 0.1)
    #expect(value(same, 5.5e-9) == value(one, 5.5e-9))
    #expect(value(other, 5.5e-9) != value(one, 5.5e-9))
    #expect(abs(value(one, 5.5e-9) - (samples[4] + samples[5]) / 2) < 1e-9)
  }
}
