import Numerics
import Schematic

extension Diode {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = JunctionDiodeBank()
    for index in input.instances {
      let values = input.values(index)
      let equations = equations(values, input.circuit)
      let ends = values.instance.terminals
      let inner =
        equations.seriesConductance > 0
        ? layout.add(.voltage, instance: index, "anode'") : ends[0]
      bank.store.append(instance: index, unknowns: [ends[0], ends[1], inner], equations)
    }
    return [bank]
  }

  /// The constants of one instance.
  static func equations(_ values: DeviceValues, _ circuit: Circuit) -> JunctionDiode {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let physics = values.junctionPhysics(circuit)
    let vt = physics.thermalVoltage
    let multiplicity = values.number("m")
    let area = multiplicity * values.number("area")
    let perimeter = multiplicity * values.number("pj")
    let warming = physics.temperature - physics.nominal

    func saturation(_ current: Double, emission: Double) -> Double {
      current
        * physics.saturationFactor(
          gap: model("eg"), exponent: model("xti"), emission: emission)
    }
    func depletion(_ zero: Double, _ vj: String, _ m: String, _ fc: String) -> DepletionCharge {
      let factor = physics.capacitanceFactor(grading: model(m), potential: model(vj))
      return DepletionCharge(
        capacitance: zero * factor, potential: physics.potential(model(vj)), grading: model(m),
        fraction: model(fc))
    }
    // ngspice takes n where nbv is not written
    let isNgspice = circuit.options["dialect"]?.value.text == "ngspice"
    let breakdown =
      vt * (values.modelWritten("nbv") ?? model(isNgspice ? "n" : "nbv"))
    let main = JunctionCurrent(
      saturation: area * saturation(model("is"), emission: model("n")), emission: model("n") * vt,
      breakdownEmission: breakdown)
    let sideEmission = values.modelWritten("ns") ?? model("n")
    var diode = JunctionDiode(
      junction: main,
      sideWall: JunctionCurrent(
        saturation: perimeter
          * saturation(model("jsw"), emission: values.modelWritten("ns") ?? 1),
        emission: sideEmission * vt, breakdownEmission: breakdown),
      recombination: JunctionCurrent(
        saturation: area * saturation(model("isr"), emission: model("nr")),
        emission: model("nr") * vt),
      potential: physics.potential(model("vj")), grading: model("m"),
      depletion: depletion(area * model("cjo"), "vj", "m", "fc"),
      sideDepletion: depletion(perimeter * model("cjsw"), "php", "mjsw", "fcs"))
    diode.transit = model("tt")
    diode.temperature = physics.temperature
    diode.flickerCoefficient = model("kf")
    diode.flickerExponent = model("af")
    diode.kneeUnderRoot = model("level") == 2
    if let knee = values.modelWritten("ikf"), knee > 0 {
      diode.knee = area * knee * (1 + model("tikf") * warming)
    }
    let resistance =
      model("rs") * (1 + model("trs1") * warming + model("trs2") * warming * warming)
    if resistance > 0 { diode.seriesConductance = area / resistance }
    if let written = values.modelWritten("bv"), written > 0, written < .infinity {
      let voltage = written * (1 + model("tbv1") * warming + model("tbv2") * warming * warming)
      if diode.kneeUnderRoot {
        diode.breakdownVoltage = voltage
        diode.highBreakdownCurrent = area * model("ibv")
        diode.lowBreakdownCurrent = area * model("ibvl")
        diode.lowBreakdownEmission = model("nbvl") * vt
      } else {
        diode.junction.fitBreakdown(
          at: voltage, current: multiplicity * model("ibv"), thermalVoltage: vt)
        diode.sideWall.breakdown = diode.junction.breakdown
      }
    }
    return diode
  }
}

extension DeviceValues {
  /// The device's temperature and its model's; `.options tnom` stands in for the latter.
  func junctionPhysics(_ circuit: Circuit) -> JunctionPhysics {
    let nominal = modelWritten("tnom") ?? circuit.options["tnom"]?.value.number ?? 27
    return JunctionPhysics(temperature: temperature, nominal: nominal + 273.15)
  }
}
