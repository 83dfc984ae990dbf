import Numerics

/// The junction around a vortex: unknowns n+, n-, and the core's place over R, x and y.
///
/// The mean magnetisation of the layer is -C average e_z x (X / R), C the chirality; the
/// conductance is that of a junction at this angle.
struct VortexJunction: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 4
  static let noiseCount = 3

  let core: VortexCore
  /// eta of `VortexCore.damping`.
  let friction: Double
  let multiplicity: Double
  let resistance: Magnetoresistance
  /// m.p = readX x + readY y.
  let readX: Double
  let readY: Double
  /// 1 + detuning.
  let speed: Double
  let startX: Double
  let startY: Double
  /// Kelvin.
  let temperature: Double
  let forceTemperature: Double

  /// Siemens of one junction.
  @inline(__always)
  private func conductance<Scalar: RealScalar>(
    _ x: Scalar, _ y: Scalar, _ voltage: Scalar
  ) -> Scalar {
    resistance.conductance(readX * x + readY * y, voltage)
  }

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let (x, y) = (frame[2], frame[3])
    let voltage = frame[0] - frame[1]
    let current = conductance(x, y, voltage) * voltage
    frame.flow(from: 0, to: 1, multiplicity * current)
    let moment = frame.moment
    if moment.holdsStates {
      frame.add(2, x - Scalar(startX))
      frame.add(3, y - Scalar(startY))
      return
    }
    let change = core.rate(x, y, current: current)
    let initial = moment.initialRate
    let rateX = initial > 0 ? initial * (x - Scalar(startX)) : frame.rate(2)
    let rateY = initial > 0 ? initial * (y - Scalar(startY)) : frame.rate(3)
    frame.add(2, rateX - speed * change.x)
    frame.add(3, rateY - speed * change.y)
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let voltage = frame[0] - frame[1]
    let current = conductance(frame[2], frame[3], voltage) * voltage
    switch name {
    case "x": return frame[2]
    case "y": return frame[3]
    case "s": return (frame[2] * frame[2] + frame[3] * frame[3]).squareRoot()
    case "r": return 1 / (multiplicity * conductance(frame[2], frame[3], voltage))
    case "ic": return multiplicity * (core.criticalCurrent ?? .nan)
    case "s0": return core.orbitRadius(current: current)
    case "f": return speed * core.frequency(core.orbitRadius(current: current), current: current)
    case "f0": return speed * core.frequency(0, current: 0)
    case "etad": return friction
    default: return nil
    }
  }

  /// The thermal force along x and along y, and Johnson and Nyquist's noise.
  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    let square = frame[2] * frame[2] + frame[3] * frame[3]
    let (real, imaginary) = core.response(square)
    // time runs faster by `speed`, so that the same temperature is a smaller density
    let density = core.thermalDensity(forceTemperature, square) / speed
    for (label, x, y) in [("force x", real, imaginary), ("force y", -imaginary, real)] {
      sources.append(
        label, rows: SIMD4(2, 3, 0, 0), weights: SIMD4(-speed * x, -speed * y, 0, 0),
        white: density)
    }
    let slope = resistance.noisyConductance(
      readX * frame[2] + readY * frame[3], frame[0] - frame[1])
    sources.append(
      "thermal", from: 0, to: 1,
      white: 4 * Macrospin.boltzmann * temperature * multiplicity * slope)
  }
}

final class VortexJunctionBank: LocalBank {
  let store = LocalStore<VortexJunction>()
}
