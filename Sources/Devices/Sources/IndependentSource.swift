import Numerics

/// What an independent source delivers: a constant, a waveform, a small-signal amplitude.
struct IndependentSource: Sendable {
  /// As written; 0 where a source has neither value nor waveform.
  var constant: Double?
  let waveform: (any Waveform)?
  /// Whether it has no waveform: cheaper to ask.
  private let isSteady: Bool
  /// Of small-signal analyses; 0 where none is written.
  var amplitude: Complex

  /// - Parameter multiplicity: factor on everything.
  init(_ values: DeviceValues, _ input: BankInput, multiplicity: Double = 1) throws {
    constant = values.written("dc").map { multiplicity * $0 }
    waveform = try Waveforms.waveform(of: values, input).map {
      multiplicity == 1 ? $0 : ScaledWaveform(base: $0, factor: multiplicity)
    }
    isSteady = waveform == nil
    let phase = values.number("ac.phase") * Double.pi / 180
    let magnitude = multiplicity * (values.written("ac.mag") ?? 0)
    amplitude = Complex(magnitude * cosine(phase), magnitude * sine(phase))
  }

  /// The constant counts at an operating point, the waveform in a transient and where one starts.
  @inline(__always)
  func value(_ moment: Moment) -> Double {
    if isSteady { return moment.sourceFactor * (constant ?? 0) }
    let still = moment.analysis == .operatingPoint && !moment.startsTransient
    guard let waveform, !(still && constant != nil) else {
      return moment.sourceFactor * (constant ?? 0)
    }
    return moment.sourceFactor
      * waveform.value(at: moment.time, leftLimit: moment.takesLeftLimit)
  }

  func nextBreakpoint(after time: Double) -> Double {
    waveform?.nextBreakpoint(after: time) ?? .infinity
  }
}

/// A waveform times a number: m= of a current source.
private struct ScaledWaveform: Waveform {
  var base: any Waveform
  var factor: Double

  func value(at time: Double, leftLimit: Bool) -> Double {
    factor * base.value(at: time, leftLimit: leftLimit)
  }

  func nextBreakpoint(after time: Double) -> Double { base.nextBreakpoint(after: time) }
}
