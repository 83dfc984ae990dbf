import Numerics

/// Temperature dependence of silicon junctions, the same in diodes and transistors.
///
/// Source: T. Quarles, "The SPICE3 implementation guide", memorandum ERL-M89/44 (1989): the band
/// gap 1.16 - 7.02e-4 T^2/(T + 1108) eV and, from it, the built-in potential and the capacitance.
struct JunctionPhysics {
  /// Coulombs and J/K: CODATA 2014, as ngspice has them, so that currents agree to all digits (the
  /// values of 2019 differ by 1e-8 and 4e-7; at 27 thermal voltages that is 1e-5 of a current).
  static let charge = 1.602_176_620_8e-19
  static let boltzmann = 1.380_648_52e-23
  /// Kelvin.
  static let reference = 300.15
  private static let referenceGap = 1.115_087_7

  /// kT/q, volts.
  static func thermalVoltage(_ temperature: Double) -> Double {
    boltzmann / charge * temperature
  }

  /// Electronvolts.
  static func bandGap(_ temperature: Double) -> Double {
    1.16 - 7.02e-4 * temperature * temperature / (temperature + 1108)
  }

  /// Of the device, and at which its parameters were measured; kelvin.
  let temperature: Double
  let nominal: Double

  var thermalVoltage: Double { Self.thermalVoltage(temperature) }

  /// A junction's (or surface) potential at `temperature`, given that at `nominal`.
  func potential(_ value: Double) -> Double {
    temperature / Self.reference * atReference(value) + Self.shift(temperature)
  }

  /// A depletion capacitance at `temperature` as a multiple of that at `nominal`.
  func capacitanceFactor(grading: Double, potential value: Double) -> Double {
    let base = atReference(value)
    func factor(_ temperature: Double, _ potential: Double) -> Double {
      1 + grading * (4e-4 * (temperature - Self.reference) - (potential - base) / base)
    }
    return factor(temperature, potential(value)) / factor(nominal, value)
  }

  /// A diode's saturation current as a multiple of that at `nominal`.
  func saturationFactor(gap: Double, exponent: Double, emission: Double) -> Double {
    let ratio = temperature / nominal
    return exponential(
      (ratio - 1) * gap / (emission * thermalVoltage)
        + exponent / emission * naturalLogarithm(ratio))
  }

  /// That of a transistor's bulk junctions.
  var bulkSaturationFactor: Double {
    exponential(
      Self.bandGap(nominal) / Self.thermalVoltage(nominal) - Self.bandGap(temperature)
        / thermalVoltage)
  }

  private func atReference(_ value: Double) -> Double {
    (value - Self.shift(nominal)) / (nominal / Self.reference)
  }

  private static func shift(_ temperature: Double) -> Double {
    let vt = thermalVoltage(temperature)
    let argument =
      -bandGap(temperature) / (2 * vt) + referenceGap / (2 * thermalVoltage(reference))
    return -2 * vt * (1.5 * naturalLogarithm(temperature / reference) + argument)
  }
}

extension RealScalar {
  /// e^x as far as it may be needed, and beyond x = 200 its tangent: once continuously
  /// differentiable, and finite whatever a Newton step proposes.
  @inline(__always)
  var exponentialContinued: Self {
    let limit = 200.0
    guard value > limit else { return exponential }
    let top = Numerics.exponential(limit)
    return mapped(top * (1 + value - limit), slope: top)
  }
}
