import Numerics

/// A model of the channel of an insulated-gate transistor: the current between the inner drain and
/// source, and the intrinsic gate capacitances.
protocol Channel: Sendable {
  /// Adds the channel's currents to the rows of its four ends.
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>, _ ends: ChannelEnds)
  func quantity(_ name: String, _ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double?
  /// Energy in the intrinsic capacitances, where that is a function of the voltages; joules.
  func storedEnergy(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double
  /// Power into intrinsic capacitances whose energy is no function of the voltages, watts.
  func driftPower(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> Double
  /// The white and the flicker part of the channel's noise current, A^2/Hz.
  func noise(_ frame: LocalFrame<Double>, _ ends: ChannelEnds) -> (white: Double, flicker: Double)
  /// Of the frequency, in the flicker part.
  var noiseExponent: Double { get }
  /// Whether there is a flicker part.
  var hasFlicker: Bool { get }
  /// Volts, of the drain's and the source's junction: positive forward.
  var polarity: Double { get }
}

extension Channel {
  var noiseExponent: Double { 1 }
}

/// Local indices of the nodes the channel lies between.
struct ChannelEnds {
  var drain: Int
  var gate: Int
  var source: Int
  var bulk: Int
}

/// Which unknowns a transistor has: most have neither resistances nor junction charges, and the
/// smaller form is the faster.
protocol TransistorForm {
  associatedtype Partials: SIMD & Sendable where Partials.Scalar == Double
  static var unknownCount: Int { get }
  static var ends: ChannelEnds { get }
  static var hasCharges: Bool { get }
}

/// No resistances, no junction charges.
enum BareTransistor: TransistorForm {
  typealias Partials = SIMD4<Double>
  static var unknownCount: Int { 4 }
  static var ends: ChannelEnds { ChannelEnds(drain: 0, gate: 1, source: 2, bulk: 3) }
  static var hasCharges: Bool { false }
}

/// No resistances.
enum ChargedTransistor: TransistorForm {
  typealias Partials = SIMD4<Double>
  static var unknownCount: Int { 4 }
  static var ends: ChannelEnds { ChannelEnds(drain: 0, gate: 1, source: 2, bulk: 3) }
  static var hasCharges: Bool { true }
}

/// With nodes behind the resistances of drain and source.
enum ResistiveTransistor: TransistorForm {
  typealias Partials = SIMD8<Double>
  static var unknownCount: Int { 6 }
  static var ends: ChannelEnds { ChannelEnds(drain: 4, gate: 1, source: 5, bulk: 3) }
  static var hasCharges: Bool { true }
}

/// One of the two junctions between the bulk and the diffusions.
struct BulkJunction: Sendable {
  var current: JunctionCurrent
  var bottom: DepletionCharge
  var sideWall: DepletionCharge

  var hasCharge: Bool { bottom.capacitance > 0 || sideWall.capacitance > 0 }
}

/// Everything of a transistor that is not its channel; constants at its temperature, multiplicity
/// included.
struct TransistorSurroundings: Sendable {
  var drainJunction: BulkJunction
  var sourceJunction: BulkJunction
  /// Constant gate capacitances, farads: the overlaps.
  var gateSource = 0.0
  var gateDrain = 0.0
  var gateBulk = 0.0
  /// Siemens; zero for no resistance.
  var drainConductance = 0.0
  var sourceConductance = 0.0
  var temperature = 300.15
}

/// Terminals drain, gate, source, bulk; then the nodes behind the resistances.
struct TransistorEquations<Model: Channel, Form: TransistorForm>: LocalEquations {
  typealias Partials = Form.Partials
  static var terminalCount: Int { 4 }
  static func terminal(behind own: Int) -> Int? { own == 4 ? 0 : own == 5 ? 2 : nil }
  static var unknownCount: Int { Form.unknownCount }
  static var hasCharges: Bool { Form.hasCharges }

  let channel: Model
  let rest: TransistorSurroundings

  static func couples(_ row: Int, _ column: Int) -> Bool {
    guard unknownCount == 6 else { return true }
    if row == column { return true }
    let (low, high) = (min(row, column), max(row, column))
    if low == 0 { return high == 4 }
    if low == 2 { return high == 5 }
    return high != 2
  }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let ends = Form.ends
    if Form.unknownCount == 6 {
      frame.flow(from: 0, to: ends.drain, rest.drainConductance * (frame[0] - frame[ends.drain]))
      frame.flow(from: 2, to: ends.source, rest.sourceConductance * (frame[2] - frame[ends.source]))
    }
    channel.evaluate(frame, ends)
    if rest.gateSource > 0 { couple(frame, ends.source, rest.gateSource) }
    if rest.gateDrain > 0 { couple(frame, ends.drain, rest.gateDrain) }
    if rest.gateBulk > 0 { couple(frame, ends.bulk, rest.gateBulk) }
    junction(rest.drainJunction, frame, ends.drain)
    junction(rest.sourceJunction, frame, ends.source)
  }

  @inline(__always)
  private func couple<Scalar: RealScalar>(
    _ frame: LocalFrame<Scalar>, _ end: Int, _ capacitance: Double
  ) {
    frame.flow(from: 1, to: end, capacitance * (frame.rate(1) - frame.rate(end)))
  }

  @inline(__always)
  private func junction<Scalar: RealScalar>(
    _ junction: BulkJunction, _ frame: LocalFrame<Scalar>, _ end: Int
  ) {
    let type = channel.polarity
    let v = type * (frame[3] - frame[end])
    var i = frame.moment.junctionConductance * v
    if junction.current.saturation > 0 { i = i + junction.current.current(v) }
    frame.flow(from: 3, to: end, type * i)
    guard Form.hasCharges else { return }
    if junction.bottom.capacitance > 0 {
      frame.store(from: 3, to: end, type * junction.bottom.charge(v))
    }
    if junction.sideWall.capacitance > 0 {
      frame.store(from: 3, to: end, type * junction.sideWall.charge(v))
    }
  }
}

/// Questions outside the inner loop.
extension TransistorEquations {
  func dissipation(_ frame: LocalFrame<Double>) -> Double {
    let n = Form.unknownCount
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * n) { scratch in
      scratch.initialize(repeating: 0)
      let zeros = scratch.baseAddress.unsafelyUnwrapped
      let still = LocalFrame<Double>(
        values: frame.values, rates: zeros, currents: zeros + n, charges: zeros + 2 * n,
        moment: frame.moment)
      evaluate(still)
      return (0..<n).reduce(0) { $0 + frame[$1] * still.current($1) }
    }
  }

  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let ends = Form.ends
    var energy = channel.storedEnergy(frame, ends)
    for (end, capacitance) in [
      (ends.source, rest.gateSource), (ends.drain, rest.gateDrain), (ends.bulk, rest.gateBulk),
    ] {
      let v = frame[1] - frame[end]
      energy += capacitance * v * v / 2
    }
    for (end, junction) in [(ends.drain, rest.drainJunction), (ends.source, rest.sourceJunction)] {
      let v = channel.polarity * (frame[3] - frame[end])
      energy += junction.bottom.energy(v) + junction.sideWall.energy(v)
    }
    return energy
  }

  static var drifts: Bool { true }

  func driftPower(_ frame: LocalFrame<Double>) -> Double { channel.driftPower(frame, Form.ends) }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let ends = Form.ends
    let type = channel.polarity
    func junctionVoltage(_ end: Int) -> Double { type * (frame[3] - frame[end]) }
    switch name {
    case "vgs": return frame[1] - frame[ends.source]
    case "vds": return frame[ends.drain] - frame[ends.source]
    case "vbs": return frame[3] - frame[ends.source]
    case "vbd": return frame[3] - frame[ends.drain]
    case "cgsovl": return rest.gateSource
    case "cgdovl": return rest.gateDrain
    case "cgbovl": return rest.gateBulk
    case "cbd", "capbd":
      let v = junctionVoltage(ends.drain)
      return rest.drainJunction.bottom.differential(v)
        + rest.drainJunction.sideWall.differential(v)
    case "cbs", "capbs":
      let v = junctionVoltage(ends.source)
      return rest.sourceJunction.bottom.differential(v)
        + rest.sourceJunction.sideWall.differential(v)
    case "cgs": return (channel.quantity(name, frame, ends) ?? 0) + rest.gateSource
    case "cgd": return (channel.quantity(name, frame, ends) ?? 0) + rest.gateDrain
    case "cgb": return (channel.quantity(name, frame, ends) ?? 0) + rest.gateBulk
    default: return channel.quantity(name, frame, ends)
    }
  }

  static var noiseCount: Int { 4 }

  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    let ends = Form.ends
    let thermal = 4 * JunctionPhysics.boltzmann * rest.temperature
    let own = channel.noise(frame, ends)
    sources.append("thermal", from: ends.drain, to: ends.source, white: own.white)
    if channel.hasFlicker {
      sources.append(
        "flicker", from: ends.drain, to: ends.source, flicker: own.flicker,
        exponent: channel.noiseExponent)
    } else {
      sources.skip()
    }
    if rest.drainConductance > 0 {
      sources.append("rd", from: 0, to: ends.drain, white: thermal * rest.drainConductance)
    } else {
      sources.skip()
    }
    if rest.sourceConductance > 0 {
      sources.append("rs", from: 2, to: ends.source, white: thermal * rest.sourceConductance)
    } else {
      sources.skip()
    }
  }
}
