import Numerics
import Synchronization

/// A magnetic tunnel junction between local terminals 0 and 1: a macrospin, its magnetoresistance,
/// and the thermal field.
///
/// The layer's direction is m = u / |u| of three unknowns u, so |m| = 1 whatever the integration
/// does. They obey du/dt = |u| dm/dt - k (|u|^2 - 1) u: the second term is radial, moves no m, and
/// keeps |u| near 1.
struct TunnelJunction: Sendable {
  var layer: Macrospin
  /// Devices in parallel.
  var multiplicity: Double
  /// Of one junction.
  var resistance: Magnetoresistance
  /// Tesla an ampere of the junction's current, and of the field line's.
  var oersted: Vector3<Double>
  var lineField: Vector3<Double>
  /// 1 + detuning.
  var speed: Double
  var start: Vector3<Double>
  /// Kelvin: of the thermal field, 0 where it is off; and of Johnson's noise.
  var fieldTemperature: Double
  var temperature: Double
  /// Of the layer.
  var figures: LayerFigures { LayerFigures(layer, start: start) }

  /// The radial rate is that of a precession in this field, tesla.
  private static let radialField = 0.01

  /// Adds the current between terminals 0 and 1, and the equations `first`... of u.
  ///
  /// - Parameter lineCurrent: amperes in the field line of one junction.
  @inline(__always)
  func evaluate<Scalar: RealScalar>(
    _ frame: LocalFrame<Scalar>, first: Int, lineCurrent: Scalar
  ) {
    let u = Vector3<Scalar>(frame[first], frame[first + 1], frame[first + 2])
    let voltage = frame[0] - frame[1]
    let length = u.length
    let m = (Scalar(1) / length) * u
    let cosine = m.dot(Vector3<Scalar>(layer.polariser))
    let current = resistance.conductance(cosine, voltage) * voltage
    frame.flow(from: 0, to: 1, multiplicity * current)
    let extra = current * Vector3<Scalar>(oersted) + lineCurrent * Vector3<Scalar>(lineField)
    let rate = Scalar(speed) * layer.rate(m, current: current, extra: extra)
    Self.move(frame, first, rate, of: layer, from: start)
  }

  /// Adds the equations `first`... of u, given the direction's rate.
  @inline(__always)
  static func move<Scalar: RealScalar>(
    _ frame: LocalFrame<Scalar>, _ first: Int, _ rate: Vector3<Scalar>, of layer: Macrospin,
    from start: Vector3<Double>
  ) {
    let u = Vector3<Scalar>(frame[first], frame[first + 1], frame[first + 2])
    let moment = frame.moment
    if moment.holdsStates {
      frame.add(first, u.x - Scalar(start.x))
      frame.add(first + 1, u.y - Scalar(start.y))
      frame.add(first + 2, u.z - Scalar(start.z))
      return
    }
    let length = u.length
    let radial = (layer.gyromagneticRatio * radialField) * (length * length - Scalar(1))
    let change = length * rate - radial * u
    let held = moment.initialRate > 0
    add(frame, first, change.x, held ? start.x : nil)
    add(frame, first + 1, change.y, held ? start.y : nil)
    add(frame, first + 2, change.z, held ? start.z : nil)
  }

  /// 0 = du/dt - change; with a start the rate is that from there.
  @inline(__always)
  private static func add<Scalar: RealScalar>(
    _ frame: LocalFrame<Scalar>, _ row: Int, _ change: Scalar, _ start: Double?
  ) {
    let rate =
      start.map { frame.moment.initialRate * (frame[row] - Scalar($0)) } ?? frame.rate(row)
    frame.add(row, rate - change)
  }

  func direction(_ frame: LocalFrame<Double>, first: Int) -> Vector3<Double> {
    Vector3<Double>(frame[first], frame[first + 1], frame[first + 2]).direction(else: start)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>, first: Int) -> Double? {
    let m = direction(frame, first: first)
    switch name {
    case "mx": return m.x
    case "my": return m.y
    case "mz": return m.z
    case "r":
      let siemens = resistance.conductance(m.dot(layer.polariser), frame[0] - frame[1])
      return 1 / (multiplicity * siemens)
    case "ic": return multiplicity * figures.criticalCurrent
    case "f0": return speed * figures.smallAngleFrequency
    case "stability": return layer.stability(fieldTemperature)
    default: return nil
    }
  }

  /// The three components of the thermal field, and Johnson and Nyquist's noise.
  func noise(_ frame: LocalFrame<Double>, first: Int, into sources: inout NoiseList) {
    let m = direction(frame, first: first)
    layer.thermalField(m, fieldTemperature, speed: speed, first, into: &sources)
    sources.append(
      "thermal", from: 0, to: 1,
      white: 4 * Macrospin.boltzmann * temperature * multiplicity
        * resistance.noisyConductance(m.dot(layer.polariser), frame[0] - frame[1]))
  }
}

/// What `N()` prints of a layer whatever the time; seeking it takes milliseconds, so that what was
/// found is kept. The junctions themselves hold nothing that is counted: they are copied in every
/// evaluation.
struct LayerFigures: Hashable {
  private typealias Figures = (critical: Double?, frequency: Double)
  private static let known = Mutex<[LayerFigures: Figures]>([:])
  private let layer: Macrospin
  private let start: Vector3<Double>

  init(_ layer: Macrospin, start: Vector3<Double>) {
    self.layer = layer
    self.start = start
  }

  /// Amperes; not a number where no current makes the layer oscillate.
  var criticalCurrent: Double { all.critical ?? .nan }
  /// Hertz.
  var smallAngleFrequency: Double { all.frequency }

  private var all: Figures {
    if let found = Self.known.withLock({ $0[self] }) { return found }
    let new: Figures = (
      layer.criticalCurrent(from: start), layer.smallAngleFrequency(from: start)
    )
    Self.known.withLock { $0[self] = new }
    return new
  }
}

/// A junction alone.
struct PlainJunction: LocalEquations {
  typealias Partials = SIMD8<Double>
  static let terminalCount = 2
  static let unknownCount = 5
  static let noiseCount = 4
  let junction: TunnelJunction

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    junction.evaluate(frame, first: 2, lineCurrent: Scalar(0))
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    junction.quantity(name, frame, first: 2)
  }

  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    junction.noise(frame, first: 2, into: &sources)
  }
}

/// A junction beside a line whose current makes a field.
struct JunctionWithLine: LocalEquations {
  typealias Partials = SIMD8<Double>
  static let terminalCount = 4
  static let unknownCount = 7
  static let noiseCount = 5
  let junction: TunnelJunction
  /// Siemens, of one line.
  let lineConductance: Double

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let current = lineConductance * (frame[2] - frame[3])
    frame.flow(from: 2, to: 3, junction.multiplicity * current)
    junction.evaluate(frame, first: 4, lineCurrent: current)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    junction.quantity(name, frame, first: 4)
  }

  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    junction.noise(frame, first: 4, into: &sources)
    sources.append(
      "line", from: 2, to: 3,
      white: 4 * Macrospin.boltzmann * junction.temperature * junction.multiplicity
        * lineConductance)
  }
}

final class PlainJunctionBank: LocalBank {
  let store = LocalStore<PlainJunction>()
}

final class JunctionWithLineBank: LocalBank {
  let store = LocalStore<JunctionWithLine>()
}
