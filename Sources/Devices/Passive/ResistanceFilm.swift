import Numerics
import Schematic

/// A resistor's resistance from its value, or from its shape and the film's sheet resistance, at
/// its temperature; and its noise.
struct ResistanceFilm {
  /// Ohms, all factors applied.
  var resistance: Double
  var noise: ResistorNoise

  /// - Throws: a `Fault` where neither value nor model gives a resistance.
  init(_ values: DeviceValues) throws {
    let factor = Self.factor(values)
    resistance = try Self.nominal(values) * factor
    noise = ResistorNoise(
      temperature: values.temperature, isThermal: values.flag("noisy", else: true),
      flicker: values.modelWritten("kf") ?? 0, exponent: values.modelWritten("af") ?? 1,
      multiplicity: values.number("m"))
  }

  /// scale, m and temperature.
  static func factor(_ values: DeviceValues) -> Double {
    values.number("scale") / values.number("m") * values.temperatureFactor
  }

  private static func nominal(_ values: DeviceValues) throws -> Double {
    if let written = values.written("r") { return written }
    let length = values.written("l") ?? values.modelWritten("defl")
    guard let sheet = values.modelWritten("rsh"), sheet > 0, let length else {
      if let whole = values.modelWritten("r") { return whole }
      return 1000
    }
    let width = values.written("w") ?? values.modelWritten("defw") ?? 1e-5
    let narrowed = width - (values.modelWritten("narrow") ?? 0)
    let shortened = length - (values.modelWritten("short") ?? 0)
    guard narrowed > 0, shortened > 0 else {
      throw Fault(
        "out-of-range", "'\(values.instance.name)' has no width or length left",
        at: values.instance.origin, help: "narrow and short are taken from w and l")
    }
    return sheet * shortened / narrowed
  }
}

/// The noise of a resistor: 4 k T G of thermal and kf |i|^af / f of flicker noise.
struct ResistorNoise: Sendable {
  /// Joules per kelvin.
  static let boltzmann = 1.380649e-23

  /// Kelvin.
  var temperature: Double
  var isThermal: Bool
  var flicker: Double
  var exponent: Double
  /// Devices in parallel.
  var multiplicity: Double

  /// - Parameters:
  ///   - conductance: of all in parallel.
  ///   - current: through all in parallel.
  @inline(__always)
  func append(conductance: Double, current: Double, to sources: inout NoiseList) {
    if isThermal {
      let white = 4 * Self.boltzmann * temperature * Swift.abs(conductance)
      sources.append("thermal", from: 0, to: 1, white: white)
    } else {
      sources.skip()
    }
    if flicker > 0 {
      let each = power(Swift.abs(current) / multiplicity, exponent)
      sources.append("flicker", from: 0, to: 1, flicker: multiplicity * flicker * each)
    } else {
      sources.skip()
    }
  }
}
