import Numerics

/// A conductance that passes smoothly from off to on with its control c, the third unknown less the
/// fourth. With x = (2 c - (con + coff)) / (con - coff), held to -1...1,
///
///     ln r = (ln ron + ln roff)/2 - (3 x - x^3)/4 ln(roff/ron)
///
/// Source: Xyce Reference Guide, voltage- and current-controlled switch.
struct SmoothSwitch: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 4

  var on: Double
  var off: Double
  /// Ohms and devices in parallel.
  var onResistance: Double
  var offResistance: Double
  var multiplicity: Double
  var temperature: Double

  static func couples(_ row: Int, _ column: Int) -> Bool { row < 2 }

  @inline(__always)
  func conductance<Scalar: RealScalar>(_ control: Scalar) -> Scalar {
    let x = (1 / (on - off)) * (2.0 * control - Scalar(on + off))
    if x.value >= 1 { return Scalar(multiplicity / onResistance) }
    if x.value <= -1 { return Scalar(multiplicity / offResistance) }
    let middle = 0.5 * naturalLogarithm(onResistance * offResistance)
    let ratio = naturalLogarithm(offResistance / onResistance)
    let exponent = (0.25 * ratio) * (x * (3.0 - x * x)) - Scalar(middle)
    return multiplicity * exponent.exponential
  }

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, conductance(frame[2] - frame[3]) * (frame[0] - frame[1]))
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double {
    let v = frame[0] - frame[1]
    return conductance(frame[2] - frame[3]) * v * v
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "r": 1 / conductance(frame[2] - frame[3])
    case "g": conductance(frame[2] - frame[3])
    case "control": frame[2] - frame[3]
    default: nil
    }
  }

  static var noiseCount: Int { 1 }

  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    let g = conductance(frame[2] - frame[3])
    sources.append(
      "thermal", from: 0, to: 1, white: 4 * JunctionPhysics.boltzmann * temperature * g)
  }
}

final class SmoothSwitchBank: LocalBank {
  let store = LocalStore<SmoothSwitch>()
  /// By instance: the source whose current controls, if one does.
  var sources: [ControllingSource?] = []

  func connect(_ layout: EquationLayout) throws {
    for (k, source) in sources.enumerated() {
      guard let source else { continue }
      store.setUnknown(2, of: k, to: try source.unknown(layout))
    }
  }
}
