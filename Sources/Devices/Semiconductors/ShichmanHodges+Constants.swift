import Numerics
import Schematic

/// From the parameters of a level 1 card to constants at the device's temperature, as SPICE3 does.
extension ShichmanHodges {
  private static let permittivity = 8.854_214_871e-12

  static func channel(
    _ values: DeviceValues, _ geometry: TransistorGeometry
  ) throws -> SquareLawChannel {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let physics = geometry.physics
    let polarity = values.model?.type == "pmos" ? -1.0 : 1.0
    let process = try Process(values, physics, polarity: polarity)
    let ratio = physics.temperature / physics.nominal
    let phi = physics.potential(process.phi)
    let gaps =
      JunctionPhysics.bandGap(physics.nominal) - JunctionPhysics.bandGap(physics.temperature)
    let builtIn =
      polarity * process.threshold - process.gamma * process.phi.squareRoot()
      + polarity * 0.5 * gaps + 0.5 * (phi - process.phi)
    let shape = geometry.multiplicity * geometry.width / geometry.effectiveLength
    let oxide =
      process.oxide * geometry.effectiveLength * geometry.width * geometry.multiplicity
    let constant = model("capmod") == 1
    // without a written tox, flicker noise reckons with 100 nm
    let cox = process.oxide > 0 ? process.oxide : 3.9 * permittivity / 1e-7
    let area =
      geometry.width * geometry.multiplicity * cox * geometry.effectiveLength
      * geometry.effectiveLength
    return SquareLawChannel(
      polarity: polarity, beta: process.transconductance / (ratio * ratio.squareRoot()) * shape,
      lambda: model("lambda"), gamma: process.gamma, phi: phi, builtIn: builtIn,
      oxide: constant ? 0 : oxide, constant: constant ? oxide * 2 / 3 : 0,
      temperature: physics.temperature,
      flickerFactor: model("kf") * geometry.width * geometry.multiplicity / area,
      flickerExponent: model("af"))
  }

  /// kp, gamma, phi, vto at the nominal temperature: as written, else from the process.
  private struct Process {
    var transconductance: Double
    var gamma: Double
    var phi: Double
    var threshold: Double
    /// F/m^2; zero where tox is not written.
    var oxide = 0.0

    init(_ values: DeviceValues, _ physics: JunctionPhysics, polarity: Double) throws {
      func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
      transconductance = model("kp")
      gamma = model("gamma")
      phi = model("phi")
      threshold = model("vto")
      guard let thickness = values.modelWritten("tox"), thickness > 0 else { return }
      oxide = 3.9 * permittivity / thickness
      if values.modelWritten("kp") == nil { transconductance = model("uo") * oxide * 1e-4 }
      guard let doping = values.modelWritten("nsub").map({ $0 * 1e6 }) else { return }
      guard doping > 1.45e16 else {
        throw Fault(
          "out-of-range", "nsub is below the intrinsic concentration of silicon",
          at: values.model?.origin ?? values.instance.origin, help: "nsub counts in 1/cm^3")
      }
      let vt = JunctionPhysics.thermalVoltage(physics.nominal)
      if values.modelWritten("phi") == nil {
        phi = max(0.1, 2 * vt * naturalLogarithm(doping / 1.45e16))
      }
      if values.modelWritten("gamma") == nil {
        gamma = (2 * 11.7 * permittivity * JunctionPhysics.charge * doping).squareRoot() / oxide
      }
      guard values.modelWritten("vto") == nil else { return }
      let gap = JunctionPhysics.bandGap(physics.nominal)
      let gate = model("tpg")
      let workFunction =
        gate == 0 ? 3.2 : 3.25 + 0.5 * gap - polarity * gate * 0.5 * gap
      let difference = workFunction - (3.25 + 0.5 * gap + polarity * 0.5 * phi)
      let flatBand = difference - model("nss") * 1e4 * JunctionPhysics.charge / oxide
      threshold = flatBand + polarity * (gamma * phi.squareRoot() + phi)
    }
  }

  /// - Parameter parameters: the table of the model's level.
  static func surroundings(
    _ values: DeviceValues, _ geometry: TransistorGeometry,
    _ parameters: [DeviceDescription.Parameter] = parameters
  ) -> TransistorSurroundings {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let multiplicity = geometry.multiplicity
    let areas = (drain: geometry.drainArea, source: geometry.sourceArea)
    var rest = TransistorSurroundings(
      drainJunction: BulkJunction(
        values, geometry, parameters, area: areas.drain, perimeter: values.number("pd"),
        total: "cbd"),
      sourceJunction: BulkJunction(
        values, geometry, parameters, area: areas.source, perimeter: values.number("ps"),
        total: "cbs"))
    rest.gateSource = model("cgso") * multiplicity * geometry.width
    rest.gateDrain = model("cgdo") * multiplicity * geometry.width
    rest.gateBulk = model("cgbo") * multiplicity * geometry.effectiveLength
    func conductance(_ name: String, squares: String) -> Double {
      let resistance = values.modelWritten(name) ?? model("rsh") * values.number(squares)
      return resistance > 0 ? multiplicity / resistance : 0
    }
    rest.drainConductance = conductance("rd", squares: "nrd")
    rest.sourceConductance = conductance("rs", squares: "nrs")
    rest.temperature = geometry.physics.temperature
    return rest
  }
}

extension BulkJunction {
  /// - Parameter total: the parameter that gives the bottom's capacitance whole, in place of cj
  ///   times the area.
  init(
    _ values: DeviceValues, _ geometry: TransistorGeometry,
    _ parameters: [DeviceDescription.Parameter], area: Double, perimeter: Double, total: String
  ) {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let physics = geometry.physics
    let multiplicity = geometry.multiplicity
    let byArea = model("js") > 0 && geometry.drainArea > 0 && geometry.sourceArea > 0
    let nominal = byArea ? model("js") * area : model("is")
    current = JunctionCurrent(
      saturation: nominal * multiplicity * physics.bulkSaturationFactor,
      emission: physics.thermalVoltage)
    func depletion(_ zero: Double, grading: Double) -> DepletionCharge {
      let factor = physics.capacitanceFactor(grading: grading, potential: model("pb"))
      return DepletionCharge(
        capacitance: multiplicity * zero * factor, potential: physics.potential(model("pb")),
        grading: grading, fraction: values.modelWritten("fc") ?? 0.5)
    }
    bottom = depletion(values.modelWritten(total) ?? model("cj") * area, grading: model("mj"))
    sideWall = depletion(model("cjsw") * perimeter, grading: model("mjsw"))
  }
}
