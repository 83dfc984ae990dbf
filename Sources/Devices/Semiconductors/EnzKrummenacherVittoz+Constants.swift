import Numerics
import Schematic

/// From the parameters of a level 260 card to constants at the device's temperature.
extension EnzKrummenacherVittoz {
  /// Of silicon, F/m.
  private static let permittivity = 1.0359e-10

  /// The sizes of the channel itself: `dw` and `dl` added.
  static func geometry(_ values: DeviceValues, _ circuit: Circuit) throws -> TransistorGeometry {
    var geometry = try TransistorGeometry(values, circuit)
    geometry.width += values.modelNumber("dw", of: parameters)
    geometry.effectiveLength = geometry.length + values.modelNumber("dl", of: parameters)
    guard geometry.width > 0, geometry.effectiveLength > 0 else {
      throw Fault(
        "out-of-range", "the channel's width plus dw, or its length plus dl, is not positive",
        at: values.instance.origin, help: "make w and l greater")
    }
    return geometry
  }

  static func channel(_ values: DeviceValues, _ geometry: TransistorGeometry) -> SmoothChannel {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let physics = geometry.physics
    let polarity = values.model?.type == "pmos" ? -1.0 : 1.0
    let ratio = physics.temperature / physics.nominal
    let vt = physics.thermalVoltage
    let (width, length) = (geometry.width, geometry.effectiveLength)
    let (cox, gamma) = (model("cox"), model("gamma"))
    // not below a tenth of a volt, however hot
    let phi = max(
      0.1,
      model("phi") * ratio - 3 * vt * naturalLogarithm(ratio)
        - JunctionPhysics.bandGap(physics.nominal) * ratio
        + JunctionPhysics.bandGap(physics.temperature))
    let threshold =
      polarity * model("vto") - model("tcv") * (physics.temperature - physics.nominal)
    let mobility = model("kp") * power(ratio, model("bex"))
    let critical = model("ucrit") * power(ratio, 0.8)
    let field = cox / (model("e0") * permittivity)
    let multiplicity = geometry.multiplicity
    let area = width * length * multiplicity
    return SmoothChannel(
      polarity: polarity, thermal: vt, offset: phi + gamma * phi.squareRoot() - threshold,
      phi: phi, gamma: gamma, sharingLength: permittivity / cox * model("leta") / length,
      sharingWidth: permittivity / cox * 3 * model("weta") / width,
      strength: mobility * width * multiplicity * (1 + field * gamma * phi.squareRoot()),
      length: length, fieldFactor: field * vt, inversionWeight: polarity > 0 ? 1.0 / 2 : 1.0 / 3,
      theta: model("theta"), criticalField: critical, criticalVoltage: critical * length,
      modulation: model("lambda"),
      saturationOffset: vt * (naturalLogarithm(critical * length / (2 * vt)) - 0.6),
      characteristicLength: (permittivity / cox * model("xj")).squareRoot(),
      chargeUnit: cox * area * vt, temperature: physics.temperature,
      flickerFactor: model("kf") / (cox * area), flickerExponent: model("af"))
  }
}
