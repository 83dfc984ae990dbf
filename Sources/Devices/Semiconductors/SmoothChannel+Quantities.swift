import Numerics

/// Questions outside the inner loop.
extension SmoothChannel {
  private typealias Three = Dual<SIMD4<Double>>

  /// The state with its derivatives by the gate, the drain and the source, against the bulk.
  private func linear(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> State<Three> {
    let forward = isForward(frame, ends)
    func voltage(_ end: Int, _ lane: Int) -> Three {
      Three(polarity * (frame[end] - frame[ends.bulk]), variable: lane)
    }
    return state(
      gate: voltage(ends.gate, 0), drain: voltage(forward ? ends.drain : ends.source, 1),
      source: voltage(forward ? ends.source : ends.drain, 2))
  }

  private func isForward(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Bool {
    polarity * (frame[ends.drain] - frame[ends.source]) >= 0
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double? {
    let forward = isForward(frame, ends)
    let point = linear(frame, ends)
    let slopes = point.current.partials
    let gate = -chargeUnit * (point.drainCharge + point.sourceCharge + point.bulkCharge).partials
    switch name {
    case "id", "i": return (forward ? polarity : -polarity) * point.current.value
    case "gm": return slopes[0]
    case "gds": return slopes[1]
    case "gmbs", "gmb": return -(slopes[0] + slopes[1] + slopes[2])
    case "vp": return point.pinchOff.value
    case "n": return point.slopeFactor.value
    case "if": return point.forward.value * point.forward.value
    case "vth", "von": return polarity * threshold(frame, ends, point)
    case "cgs": return -gate[forward ? 2 : 1]
    case "cgd": return -gate[forward ? 1 : 2]
    case "cgb": return gate[0] + gate[1] + gate[2]
    default: return nil
    }
  }

  /// v_gs at which v_p = v_s, to first order: v_gs - n (v_p - v_s).
  private func threshold(
    _ frame: LocalFrame<Double>, _ ends: ChannelEnds, _ point: State<Three>
  ) -> Double {
    let source = isForward(frame, ends) ? ends.source : ends.drain
    let reach = point.pinchOff.value - polarity * (frame[source] - frame[ends.bulk])
    return polarity * (frame[ends.gate] - frame[source]) - point.slopeFactor.value * reach
  }

  /// The charges are those of four ends, not of one energy.
  func storedEnergy(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double { 0 }

  func driftPower(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double {
    let forward = isForward(frame, ends)
    let drain = forward ? ends.drain : ends.source
    let source = forward ? ends.source : ends.drain
    // in the direction of the rates
    func voltage(_ end: Int) -> Dual<SIMD2<Double>> {
      Dual(
        polarity * (frame[end] - frame[ends.bulk]),
        partials: SIMD2(polarity * (frame.rate(end) - frame.rate(ends.bulk)), 0))
    }
    let state = state(gate: voltage(ends.gate), drain: voltage(drain), source: voltage(source))
    func power(_ end: Int, _ charge: Dual<SIMD2<Double>>) -> Double {
      polarity * chargeUnit * (frame[end] - frame[ends.gate]) * charge.partials[0]
    }
    return power(drain, state.drainCharge) + power(source, state.sourceCharge)
      + power(ends.bulk, state.bulkCharge)
  }

  func noise(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> (white: Double, flicker: Double) {
    let point = linear(frame, ends)
    let inversion = -(point.drainCharge + point.sourceCharge).value
    let white =
      4 * JunctionPhysics.boltzmann * temperature * point.transconductance.value * thermal
      * max(0, inversion)
    let gm = point.current.partials[0]
    return (white, flickerFactor * gm * gm)
  }

  var noiseExponent: Double { flickerExponent }
  var hasFlicker: Bool { flickerFactor > 0 }
}
