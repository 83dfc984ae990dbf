import Numerics

/// The channel of Shichman and Hodges, with Meyer's capacitances, at the device's temperature.
/// With v_ds >= 0 (otherwise drain and source change places), voltages times the polarity:
///
///     v_th = v_bi + gamma sqrt(phi - v_bs),    u = v_gs - v_th
///     i = 0                                               u <= 0
///       = beta/2 (1 + lambda v_ds) u^2                    u <= v_ds
///       = beta (1 + lambda v_ds) v_ds (u - v_ds / 2)      else
///
/// Sources: H. Shichman and D. A. Hodges, IEEE J. Solid-State Circuits SC-3 (1968) 285;
/// J. E. Meyer, RCA Review 32 (1971) 42; both as SPICE3 and ngspice write them.
struct SquareLawChannel: Channel {
  /// 1 or -1.
  var polarity = 1.0
  /// kp w / l, A/V^2.
  var beta: Double
  var lambda: Double
  var gamma: Double
  /// Volts.
  var phi: Double
  /// v_th = builtIn + gamma sqrt(phi - v_bs).
  var builtIn: Double
  /// Of Meyer's model; zero switches it off. Farads.
  var oxide: Double
  /// Constant intrinsic capacitance in its place, gate to source, farads.
  var constant = 0.0
  var temperature = 300.15
  /// kf / (cox l^2) and af.
  var flickerFactor = 0.0
  var flickerExponent = 1.0

  /// The threshold at a bulk voltage.
  @inline(__always)
  func threshold<Scalar: RealScalar>(_ vbs: Scalar) -> Scalar {
    guard gamma > 0 else { return Scalar(builtIn) }
    if vbs.value <= 0 { return Scalar(builtIn) + gamma * (Scalar(phi) - vbs).squareRoot }
    let root = phi.squareRoot()
    // forward: the root's tangent, not below zero
    let tangent = Scalar(root) - (0.5 / root) * vbs
    return tangent.value > 0 ? Scalar(builtIn) + gamma * tangent : Scalar(builtIn)
  }

  /// The current for v_ds >= 0 and u = v_gs - v_th.
  @inline(__always)
  func current<Scalar: RealScalar>(_ u: Scalar, _ vds: Scalar) -> Scalar {
    if u.value <= 0 { return 0.0 }
    let factor = Scalar(beta) + (beta * lambda) * vds
    if u.value <= vds.value { return 0.5 * (factor * (u * u)) }
    return factor * (vds * (u - 0.5 * vds))
  }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>, _ ends: ChannelEnds) {
    let forward = polarity * (frame[ends.drain].value - frame[ends.source].value) >= 0
    let drain = forward ? ends.drain : ends.source
    let source = forward ? ends.source : ends.drain
    let vds = polarity * (frame[drain] - frame[source])
    let u =
      polarity * (frame[ends.gate] - frame[source])
      - threshold(polarity * (frame[ends.bulk] - frame[source]))
    if u.value > 0 { frame.flow(from: drain, to: source, polarity * current(u, vds)) }
    if constant > 0 {
      frame.flow(
        from: ends.gate, to: ends.source,
        constant * (frame.rate(ends.gate) - frame.rate(ends.source)))
    }
    if oxide > 0 {
      meyer(
        frame, u, vds,
        ChannelEnds(
          drain: drain, gate: ends.gate, source: source, bulk: ends.bulk))
    }
  }

  /// Meyer's currents C(v) dv/dt.
  @inline(__always)
  private func meyer<Scalar: RealScalar>(
    _ frame: LocalFrame<Scalar>, _ u: Scalar, _ vds: Scalar, _ ends: ChannelEnds
  ) {
    let gate = frame.rate(ends.gate)
    if u.value <= 0 {
      let bulk = u.value <= -phi ? Scalar(oxide) : (-oxide / phi) * u
      frame.flow(from: ends.gate, to: ends.bulk, bulk * (gate - frame.rate(ends.bulk)))
      if u.value <= -phi / 2 { return }
    }
    let total =
      u.value > 0 ? Scalar(oxide / 1.5) : (oxide / (0.75 * phi)) * u + Scalar(oxide / 1.5)
    let saturated = u.value > Self.leastSaturation ? u : Scalar(Self.leastSaturation)
    if vds.value >= saturated.value {
      frame.flow(from: ends.gate, to: ends.source, total * (gate - frame.rate(ends.source)))
      return
    }
    let (toSource, toDrain) = Self.shares(saturated, vds)
    frame.flow(
      from: ends.gate, to: ends.source, total * toSource * (gate - frame.rate(ends.source)))
    frame.flow(from: ends.gate, to: ends.drain, total * toDrain * (gate - frame.rate(ends.drain)))
  }

  /// The saturation voltage is not taken below this, so that the capacitances do not jump at the
  /// threshold.
  static let leastSaturation = 0.025

  /// How the channel's capacitance divides below saturation; a half each at v_ds = 0 (of 4/3...).
  @inline(__always)
  static func shares<Scalar: RealScalar>(
    _ saturation: Scalar, _ vds: Scalar
  ) -> (source: Scalar, drain: Scalar) {
    let whole = 1.0 / (2.0 * saturation - vds)
    let rest = (saturation - vds) * whole
    let part = saturation * whole
    return (1.0 - rest * rest, 1.0 - part * part)
  }
}

extension SquareLawChannel {
  private typealias Three = Dual<SIMD4<Double>>

  /// The current from the end that acts as drain, with its derivatives by v_gs, v_ds and v_bs, all
  /// counted from the end that acts as source, as SPICE lists them.
  private func linear(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Three {
    let forward = polarity * (frame[ends.drain] - frame[ends.source]) >= 0
    let drain = forward ? ends.drain : ends.source
    let source = forward ? ends.source : ends.drain
    let vgs = Three(polarity * (frame[ends.gate] - frame[source]), variable: 0)
    let vds = Three(polarity * (frame[drain] - frame[source]), variable: 1)
    let vbs = Three(polarity * (frame[ends.bulk] - frame[source]), variable: 2)
    return current(vgs - threshold(vbs), vds)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double? {
    let vds = polarity * (frame[ends.drain] - frame[ends.source])
    let source = vds >= 0 ? ends.source : ends.drain
    let vth = threshold(polarity * (frame[ends.bulk] - frame[source]))
    let u = polarity * (frame[ends.gate] - frame[source]) - vth
    switch name {
    case "id", "i": return (vds >= 0 ? polarity : -polarity) * linear(frame, ends).value
    case "gm": return linear(frame, ends).partials[0]
    case "gds": return linear(frame, ends).partials[1]
    case "gmbs", "gmb": return linear(frame, ends).partials[2]
    case "vth", "von": return polarity * vth
    case "vdsat": return polarity * max(u, 0)
    case "cgs": return capacitances(u, vds).source
    case "cgd": return capacitances(u, vds).drain
    case "cgb": return capacitances(u, vds).bulk
    default: return nil
    }
  }

  /// Meyer's (or the constant) capacitances, farads.
  func capacitances(_ u: Double, _ vds: Double) -> (source: Double, drain: Double, bulk: Double) {
    guard oxide > 0 else { return (constant, 0, 0) }
    let bulk = u >= 0 ? 0 : min(oxide, -oxide * u / phi)
    guard u > -phi / 2 else { return (0, 0, bulk) }
    let total = u > 0 ? oxide / 1.5 : oxide / 1.5 * (1 + 2 * u / phi)
    let saturated = max(u, Self.leastSaturation)
    let along = abs(vds)
    if along >= saturated { return vds >= 0 ? (total, 0, bulk) : (0, total, bulk) }
    let shares = Self.shares(saturated, along)
    let (near, far) = (total * shares.source, total * shares.drain)
    return vds >= 0 ? (near, far, bulk) : (far, near, bulk)
  }

  func storedEnergy(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double {
    let v = frame[ends.gate] - frame[ends.source]
    return constant * v * v / 2
  }

  /// Meyer's capacitances are not derivatives of charges: what flows into them depends on the way.
  func driftPower(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double {
    guard oxide > 0 else { return 0 }
    var capacitances = self
    capacitances.beta = 0
    capacitances.constant = 0
    let rows = 1 + max(max(ends.drain, ends.gate), max(ends.source, ends.bulk))
    return frame.power(ofRows: rows) { capacitances.evaluate($0, ends) }
  }

  func noise(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> (white: Double, flicker: Double) {
    let point = linear(frame, ends)
    let white = 8.0 / 3 * JunctionPhysics.boltzmann * temperature * abs(point.partials[0])
    let flicker =
      flickerFactor > 0 ? flickerFactor * power(abs(point.value), flickerExponent) : 0
    return (white, flicker)
  }

  var hasFlicker: Bool { flickerFactor > 0 }
}
