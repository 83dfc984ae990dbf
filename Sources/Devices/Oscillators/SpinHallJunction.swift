import Numerics

/// A junction on a heavy-metal strip: unknowns t1, t2, t3, the strip's middle, and u of the free
/// layer's direction m = u / |u|, as `TunnelJunction` has it.
///
/// `layer` takes the spin current of the strip: its polariser is the direction of the spins, its
/// polarisation the spin Hall angle, and its current the strip's times the ratio of areas.
struct SpinHallJunction: LocalEquations {
  typealias Partials = SIMD8<Double>
  static let terminalCount = 3
  static let unknownCount = 7
  static let noiseCount = 6

  let layer: Macrospin
  /// Devices in parallel.
  let multiplicity: Double
  /// Area of the layer over the strip's cross-section.
  let areaRatio: Double
  /// Siemens of one half of the strip.
  let halfStrip: Double
  let resistance: Magnetoresistance
  let reference: Vector3<Double>
  /// Tesla an ampere of the junction's own current, times 1 + lambda m.p, and lambda.
  let ownTorque: Double
  let ownAsymmetry: Double
  let start: Vector3<Double>
  /// Kelvin: of the thermal field, 0 where it is off; and of Johnson's noise.
  let fieldTemperature: Double
  let temperature: Double
  /// Of the layer, in its own current.
  var figures: LayerFigures { LayerFigures(layer, start: start) }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let u = Vector3<Scalar>(frame[4], frame[5], frame[6])
    let m = (Scalar(1) / u.length) * u
    let p = Vector3<Scalar>(reference)
    let before = halfStrip * (frame[0] - frame[3])
    let behind = halfStrip * (frame[3] - frame[1])
    let voltage = frame[3] - frame[2]
    let cosine = m.dot(p)
    let read = resistance.conductance(cosine, voltage) * voltage
    frame.flow(from: 0, to: 3, multiplicity * before)
    frame.flow(from: 3, to: 1, multiplicity * behind)
    frame.flow(from: 3, to: 2, multiplicity * read)
    let own = ownTorque * read / (Scalar(1) + ownAsymmetry * cosine)
    let write = (0.5 * areaRatio) * (before + behind)
    TunnelJunction.move(
      frame, 4, layer.rate(m, current: write, extra: own * p.cross(m)), of: layer, from: start)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let m = Vector3<Double>(frame[4], frame[5], frame[6]).direction(else: start)
    switch name {
    case "mx": return m.x
    case "my": return m.y
    case "mz": return m.z
    case "r":
      let siemens = resistance.conductance(m.dot(reference), frame[3] - frame[2])
      return 1 / (multiplicity * siemens)
    case "iw": return 0.5 * multiplicity * halfStrip * (frame[0] - frame[1])
    case "ic": return multiplicity * figures.criticalCurrent / areaRatio
    case "f0": return figures.smallAngleFrequency
    case "stability": return layer.stability(fieldTemperature)
    default: return nil
    }
  }

  /// The three components of the thermal field, and Johnson and Nyquist's noise of strip and
  /// junction.
  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    let m = Vector3<Double>(frame[4], frame[5], frame[6]).direction(else: start)
    layer.thermalField(m, fieldTemperature, 4, into: &sources)
    let thermal = 4 * Macrospin.boltzmann * temperature * multiplicity
    let slope = resistance.noisyConductance(m.dot(reference), frame[3] - frame[2])
    sources.append("thermal", from: 3, to: 2, white: thermal * slope)
    sources.append("strip", from: 0, to: 3, white: thermal * halfStrip)
    sources.append("strip", from: 3, to: 1, white: thermal * halfStrip)
  }
}

final class SpinHallJunctionBank: LocalBank {
  let store = LocalStore<SpinHallJunction>()
}
