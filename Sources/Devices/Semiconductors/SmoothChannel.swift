import Numerics

/// The channel of Enz, Krummenacher and Vittoz: one expression from weak to strong inversion.
/// Voltages count from the bulk, times the polarity, the drain at or above the source (otherwise
/// they change places); Vt = kT/q, F(v) = ln^2(1 + exp(v/2)).
///
///     v_g' = v_g - vto + phi + gamma sqrt(phi)
///     v_p = v_g' - phi - g (sqrt(v_g' + g^2/4) - g/2),   g = gamma with charge sharing
///     i_f = F((v_p - v_s)/Vt),   i_r = F((v_p - v_d)/Vt),   i_r' with velocity saturation
///     i = 2 n beta Vt^2 (i_f - i_r')
///
/// Source: M. Bucher, C. Lallement, C. Enz, F. Theodoloz and F. Krummenacher, "The EPFL-EKV MOSFET
/// model equations for simulation", version 2.6 (EPFL, 1997), sections 4.2 to 5.
struct SmoothChannel: Channel {
  /// 1 or -1.
  var polarity: Double
  /// Vt, volts.
  var thermal: Double
  /// v_g' less v_g, volts.
  var offset: Double
  var phi: Double
  var gamma: Double
  /// eps leta / (cox l) and 3 eps weta / (cox w), of the charge sharing.
  var sharingLength: Double
  var sharingWidth: Double
  /// kp w, with the mobility at zero field, A m/V^2.
  var strength: Double
  var length: Double
  /// Of the vertical field: cox Vt / (e0 eps), the weight of the inversion charge and theta, 1/V.
  var fieldFactor: Double
  var inversionWeight: Double
  var theta: Double
  /// Of the longitudinal field: ucrit, V/m; its voltage over the channel; lambda; the
  /// characteristic length, metres.
  var criticalField: Double
  var criticalVoltage: Double
  var modulation: Double
  /// Vt (ln(criticalVoltage / (2 Vt)) - 0.6), volts.
  var saturationOffset: Double
  var characteristicLength: Double
  /// cox w l Vt, coulombs.
  var chargeUnit: Double
  var temperature: Double
  /// kf / (cox w l) and af.
  var flickerFactor: Double
  var flickerExponent: Double

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>, _ ends: ChannelEnds) {
    let forward = polarity * (frame[ends.drain].value - frame[ends.source].value) >= 0
    let drain = forward ? ends.drain : ends.source
    let source = forward ? ends.source : ends.drain
    let bulk = frame[ends.bulk]
    let state = state(
      gate: polarity * (frame[ends.gate] - bulk), drain: polarity * (frame[drain] - bulk),
      source: polarity * (frame[source] - bulk))
    frame.flow(from: drain, to: source, polarity * state.current)
    let unit = polarity * chargeUnit
    frame.store(from: drain, to: ends.gate, unit * state.drainCharge)
    frame.store(from: source, to: ends.gate, unit * state.sourceCharge)
    frame.store(from: ends.bulk, to: ends.gate, unit * state.bulkCharge)
  }

  /// sqrt(F(v)) = ln(1 + e^(v/2)), to all digits however negative v is.
  @inline(__always)
  static func rootOfInversion<Scalar: RealScalar>(_ v: Scalar) -> Scalar {
    let x = 0.5 * v.value
    let e = exponential(-abs(x))
    let sum = 1 + e
    let tail = sum == 1 ? e : naturalLogarithm(sum) * (e / (sum - 1))
    let share = x > 0 ? 1 / sum : e / sum
    return v.mapped(x > 0 ? x + tail : tail, slope: 0.5 * share)
  }

  /// (x + sqrt(x^2 + width^2)) / 2, without cancellation.
  @inline(__always)
  static func positivePart<Scalar: RealScalar>(_ x: Scalar, square: Double) -> Scalar {
    let root = (x * x + Scalar(square)).squareRoot
    return x.value >= 0 ? 0.5 * (x + root) : Scalar(0.5 * square) / (root - x)
  }

  /// sqrt(v_g' + g^2/4) - g/2: the root of v_p + phi; zero in accumulation.
  @inline(__always)
  private static func depletion<Scalar: RealScalar>(_ gate: Scalar, _ half: Scalar) -> Scalar {
    gate.value > 0 ? (gate + half * half).squareRoot - half : 0.0
  }

  /// gamma, less what drain and source share of the depletion charge.
  @inline(__always)
  private func bodyFactor<Scalar: RealScalar>(
    _ raised: Scalar, _ drain: Scalar, _ source: Scalar
  ) -> Scalar {
    var factor = Scalar(gamma)
    if sharingLength != 0 {
      let square = 16 * thermal * thermal
      let ends =
        Self.positivePart(source + Scalar(phi), square: square).squareRoot
        + Self.positivePart(drain + Scalar(phi), square: square).squareRoot
      factor = factor - sharingLength * ends
    }
    if sharingWidth != 0 {
      factor = factor + sharingWidth * Self.depletion(raised, Scalar(0.5 * gamma))
    }
    return Self.positivePart(factor, square: 0.1 * thermal)
  }
}

/// Pinch-off, inversion, charges and current at one point.
extension SmoothChannel {
  /// Charges in units of cox w l Vt; the gate has the opposite of all three.
  struct State<Scalar: RealScalar> {
    var pinchOff: Scalar
    var slopeFactor: Scalar
    /// sqrt(i_f).
    var forward: Scalar
    var drainCharge: Scalar
    var sourceCharge: Scalar
    var bulkCharge: Scalar
    /// beta, A/V^2.
    var transconductance: Scalar
    var current: Scalar
  }

  @inline(__always)
  func state<Scalar: RealScalar>(
    gate: Scalar, drain: Scalar, source: Scalar
  ) -> State<Scalar> {
    let raised = gate + Scalar(offset)
    let body = bodyFactor(raised, drain, source)
    let root = Self.depletion(raised, 0.5 * body)
    let square = root * root
    let pinchOff = square - Scalar(phi)
    let slopeFactor = 1.0 + Scalar(0.5 * gamma) / (square + Scalar(4 * thermal)).squareRoot
    let forward = Self.rootOfInversion((1 / thermal) * (pinchOff - source))
    let reverse = Self.rootOfInversion((1 / thermal) * (pinchOff - drain))

    // charges: section 5.2
    let slope = 1.0 + 0.5 * (body / (square + 1e-6).squareRoot)
    let f = (0.25 + forward * forward).squareRoot
    let r = (0.25 + reverse * reverse).squareRoot
    let (ff, rr, fr) = (f * f, r * r, f * r)
    let norm: Scalar = (4.0 / 15) * (slope / ((f + r) * (f + r)))
    let half: Scalar = 0.5 * slope
    let middle: Scalar = 6.0 * fr
    let nearDrain: Scalar = r * (3.0 * rr + middle + 4.0 * ff) + 2.0 * (f * ff)
    let nearSource: Scalar = f * (3.0 * ff + middle + 4.0 * rr) + 2.0 * (r * rr)
    let drainCharge: Scalar = half - norm * nearDrain
    let sourceCharge: Scalar = half - norm * nearSource
    let inversion = drainCharge + sourceCharge
    let depleted =
      raised.value > 0 ? (-1 / thermal) * (body * root) : (-1 / thermal) * raised
    let bulkCharge = depleted - (slope - 1.0) / slope * inversion

    let field = (bulkCharge + inversionWeight * inversion).magnitude
    var loss = 1.0 + fieldFactor * field
    if theta > 0 {
      loss =
        loss * (1.0 + theta * Self.positivePart(pinchOff, square: 2 * thermal * thermal))
    }
    let (span, last) = saturation(
      forward: forward, pinchOff: pinchOff, source: source, half: 0.5 * (drain - source))
    let transconductance = Scalar(strength) / (span * loss)
    let difference = forward * forward - last * last
    let current = (2 * thermal * thermal) * (slopeFactor * (transconductance * difference))
    return State(
      pinchOff: pinchOff, slopeFactor: slopeFactor, forward: forward, drainCharge: drainCharge,
      sourceCharge: sourceCharge, bulkCharge: bulkCharge, transconductance: transconductance,
      current: current)
  }

  /// The equivalent length of the channel and sqrt(i_r'); `half` is half the drain-source voltage.
  @inline(__always)
  private func saturation<Scalar: RealScalar>(
    forward: Scalar, pinchOff: Scalar, source: Scalar, half: Scalar
  ) -> (length: Scalar, reverse: Scalar) {
    let (critical, ratio) = (criticalVoltage, thermal / criticalVoltage)
    let limit = critical * ((0.25 + ratio * forward).squareRoot - 0.5)
    // ln(sqrt(i_f)) is (v_p - v_s) / (2 Vt) in weak inversion, where the root is zero to all digits
    let exponent = (0.5 / thermal) * (pinchOff - source)
    let logarithm = exponent.value < -30 ? exponent : forward.naturalLogarithm
    let weakened: Scalar = forward - 1.5 * logarithm
    let reach: Scalar = (0.25 + ratio * weakened).squareRoot - 0.5
    let beyond: Scalar = critical * reach + Scalar(saturationOffset)
    let excess: Scalar = forward - (1 / thermal) * limit
    let width: Scalar = (16 * thermal * thermal) * (modulation * excess + Scalar(1.0 / 64))
    let gap = half - limit
    let inner = (limit * limit + width).squareRoot - (gap * gap + width).squareRoot
    let stretch: Scalar = (1 / (characteristicLength * criticalField)) * (half - inner)
    let shortening: Scalar =
      (modulation * characteristicLength) * (1.0 + stretch).naturalLogarithm
    let span: Scalar = Scalar(length) - shortening + (1 / criticalField) * (half + inner)
    let rest = half - beyond
    let outer = (beyond * beyond + width).squareRoot - (rest * rest + width).squareRoot
    let reverse = Self.rootOfInversion((1 / thermal) * (pinchOff - source - half - outer))
    return (Self.positivePart(span, square: 0.01 * length * length), reverse)
  }
}
