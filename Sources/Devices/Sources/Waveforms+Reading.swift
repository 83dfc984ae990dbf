import Numerics
import Schematic

extension Waveforms {
  /// The waveform that an instance's parameters describe; nil where it has none.
  static func waveform(of values: DeviceValues, _ input: BankInput) throws -> (any Waveform)? {
    let reader = Reader(values: values, step: input.printStep, stop: input.stopTime)
    switch values.instance.parameters["waveform"]?.text {
    case nil: return nil
    case "pulse": return reader.pulse
    case "sin": return reader.sine
    case "exp": return reader.exponential
    case "pwl": return reader.polyline
    case "sffm": return reader.frequencyModulated
    case "am": return reader.amplitudeModulated
    case "pat": return reader.pattern
    case "trnoise": return NoiseWaveform(values, input)
    case let name?:
      throw Fault(
        "unknown-waveform", "no waveform is named '\(name)'", at: values.instance.origin)
    }
  }
}

/// Turns the parameters of one source into its waveform, with the defaults that depend on the
/// transient analysis.
private struct Reader {
  let values: DeviceValues
  let step: Double
  let stop: Double

  private func number(_ name: String, else fallback: Double = 0) -> Double {
    values.written(name) ?? fallback
  }

  /// A number whose absence and zero mean the same.
  private func positive(_ name: String, else fallback: Double) -> Double {
    values.written(name).flatMap { $0 > 0 ? $0 : nil } ?? fallback
  }

  private func radians(_ name: String) -> Double { number(name) * Double.pi / 180 }

  var pulse: PeriodicCurve {
    let (low, high) = (number("pulse.v1"), number("pulse.v2"))
    let top = positive("pulse.tr", else: step)
    let fall = top + number("pulse.pw", else: stop)
    let end = fall + positive("pulse.tf", else: step)
    let count = number("pulse.np")
    return PeriodicCurve(
      delay: number("pulse.td"), times: [0, top, fall, end], values: [low, high, high, low],
      loopEnd: positive("pulse.per", else: stop), passes: count > 0 ? count : .infinity, rest: low)
  }

  var sine: SineWaveform {
    SineWaveform(
      offset: number("sin.vo"), amplitude: number("sin.va"),
      frequency: positive("sin.freq", else: 1 / stop), delay: number("sin.td"),
      damping: number("sin.theta"), phase: radians("sin.phase"))
  }

  var exponential: ExponentialWaveform {
    let delay = number("exp.td1")
    return ExponentialWaveform(
      first: number("exp.v1"), second: number("exp.v2"), riseDelay: delay,
      riseConstant: positive("exp.tau1", else: step),
      fallDelay: number("exp.td2", else: delay + step),
      fallConstant: positive("exp.tau2", else: step))
  }

  var polyline: PeriodicCurve {
    let points = values.instance.parameters["pwl.points"]?.numbers ?? [0, 0]
    let times = stride(from: 0, to: points.count - 1, by: 2).map { points[$0] }
    let levels = stride(from: 1, to: points.count, by: 2).map { points[$0] }
    let start = number("pwl.r", else: -1)
    let last = times[times.count - 1]
    let repeats = start >= 0 && start < last
    return PeriodicCurve(
      delay: number("pwl.td"), times: times, values: levels,
      loopStart: repeats ? start : 0, loopEnd: repeats ? last : .infinity)
  }

  var frequencyModulated: FrequencyModulatedWaveform {
    FrequencyModulatedWaveform(
      offset: number("sffm.vo"), amplitude: number("sffm.va"),
      carrier: positive("sffm.fc", else: 1 / stop), index: number("sffm.mdi"),
      signal: positive("sffm.fs", else: 1 / stop), carrierPhase: radians("sffm.phasec"),
      signalPhase: radians("sffm.phases"))
  }

  var amplitudeModulated: AmplitudeModulatedWaveform {
    AmplitudeModulatedWaveform(
      amplitude: number("am.va"), offset: number("am.vo"), modulation: number("am.mf"),
      carrier: number("am.fc"), delay: number("am.td"), modulationPhase: radians("am.phasem"),
      carrierPhase: radians("am.phasec"))
  }

  /// Edges are centred on the bits' boundaries; the first bit also stands before the start, the
  /// last one after the end.
  var pattern: PeriodicCurve {
    var bits = (values.instance.parameters["pat.data"]?.text ?? "b0").utf8.dropFirst()
      .map { $0 == UInt8(ascii: "1") }
    let duration = number("pat.tsample", else: 1)
    let count = number("pat.r").rounded(.towardZero)
    // written out, for the last bit stands on; beyond any run, for ever is the same
    let isLong = count * Double(bits.count) > 1e6
    let repeats = count == -1 || isLong
    if count > 0, !isLong { bits = (0...Int(count)).flatMap { _ in bits } }
    func level(_ bit: Bool) -> Double { number(bit ? "pat.vhi" : "pat.vlo") }
    var (times, levels): ([Double], [Double]) = ([0], [level(bits[0])])
    for k in 1...bits.count {
      let next = k < bits.count ? bits[k] : repeats ? bits[0] : bits[k - 1]
      guard next != bits[k - 1] else { continue }
      let half = number(next ? "pat.tr" : "pat.tf") / 2
      times += [Double(k) * duration - half, Double(k) * duration + half]
      levels += [level(bits[k - 1]), level(next)]
    }
    let end = Double(bits.count) * duration
    guard repeats, bits.count > 1 else {
      return PeriodicCurve(delay: number("pat.td"), times: times, values: levels)
    }
    // the loop begins half a bit late, so that no edge lies across its ends
    return PeriodicCurve(
      delay: number("pat.td"), times: times, values: levels, loopStart: duration / 2,
      loopEnd: end + duration / 2)
  }
}
