import Numerics

/// The sources' waveforms as functions of an expression: `spice_pulse`, `spice_sin`, `spice_exp`
/// and `spice_sffm`, whose first operand is time.
struct TimeFunction<Scalar: RealScalar> {
  /// Indices into `values`: time, then the arguments in the order of the source.
  let operands: ArraySlice<Int32>
  let values: [Scalar]

  private func argument(_ index: Int, or usual: Double = 0) -> Scalar {
    guard index < operands.count else { return Scalar(usual) }
    return values[Int(operands[operands.startIndex + index])]
  }

  func value(of function: Function) -> Scalar {
    switch function {
    case .pulse: pulse()
    case .sinusoid: sinusoid()
    case .exponentialPulse: exponential()
    default: frequencyModulated()
    }
  }

  /// (v1, v2, td, tr, tf, pw, per): without rise and fall times the edges are steps; without a
  /// width the pulse stays; without a period there is one.
  private func pulse() -> Scalar {
    let (v1, v2) = (argument(1), argument(2))
    let (rise, fall) = (argument(4), argument(5))
    let width = argument(6, or: .infinity)
    let period = argument(7)
    var t = argument(0) - argument(3)
    guard t.value > 0 else { return v1 }
    if period.value > 0 { t = t - (t.value / period.value).rounded(.down) * period }
    if t.value < rise.value { return v1 + (v2 - v1) * t / rise }
    t = t - rise
    if t.value <= width.value { return v2 }
    t = t - width
    return t.value < fall.value ? v2 + (v1 - v2) * t / fall : v1
  }

  /// (v0, va, freq, td, theta, phase in degrees).
  private func sinusoid() -> Scalar {
    let t = argument(0) - argument(4)
    let phase = argument(6) * Scalar(Double.pi / 180)
    guard t.value > 0 else { return argument(1) + argument(2) * phase.sine }
    let turns = Scalar(2 * Double.pi) * argument(3) * t + phase
    return argument(1) + argument(2) * turns.sine * (-(t * argument(5))).exponential
  }

  /// (v1, v2, td1, tau1, td2, tau2).
  private func exponential() -> Scalar {
    let (v1, v2) = (argument(1), argument(2))
    let rise = argument(0) - argument(3)
    guard rise.value > 0 else { return v1 }
    let up = v1 + (v2 - v1) * (Scalar(1) - (-(rise / argument(4))).exponential)
    let fall = argument(0) - argument(5)
    guard fall.value > 0 else { return up }
    return up + (v1 - v2) * (Scalar(1) - (-(fall / argument(6))).exponential)
  }

  /// (v0, va, fc, mdi, fs).
  private func frequencyModulated() -> Scalar {
    let turn = Scalar(2 * Double.pi) * argument(0)
    let carrier = turn * argument(3) + argument(4) * (turn * argument(5)).sine
    return argument(1) + argument(2) * carrier.sine
  }
}
