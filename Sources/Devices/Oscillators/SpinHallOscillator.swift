import Numerics
import Schematic

/// A three-terminal spin-Hall oscillator: a macrospin junction on a heavy-metal strip.
///
///     dm/dt = -gamma m x B_eff - gamma a_S m x (s x m) - gamma a_J m x (p x m) + alpha m x dm/dt
///     a_S = hbar theta I_w / (2 e Ms thickness width heavy),  I_w the mean current of the strip
enum SpinHallOscillator: Device {
  static let description = DeviceDescription(
    letter: "YSHO", name: "spin-hall oscillator",
    summary: """
      A magnetic tunnel junction on a heavy-metal strip, whose current drives the free layer; the \
      junction reads it.
      """,
    terminals: ["t1", "t2", "t3"],
    instanceParameters: [
      Parameter("mx", unit: "1", range: -1...1, "Initial direction of the free layer, x."),
      Parameter("my", unit: "1", range: -1...1, "Initial direction of the free layer, y."),
      Parameter("mz", unit: "1", range: -1...1, "Initial direction of the free layer, z."),
      Common.multiplicity, Common.temperature,
    ],
    models: [
      DeviceDescription.Model(
        type: "sho", summary: "Macrospin driven by the spin Hall effect.",
        parameters: layer + strip + junction)
    ],
    derived: [
      Derived(
        "ic", unit: "A",
        "Critical current of the strip, of either sign, without a read current; of all m together."
      ),
      Derived("f0", unit: "Hz", "Frequency of small oscillations without current."),
      Derived("stability", unit: "1", "Barrier of the anisotropy along k over k T."),
    ],
    modelRequired: true,
    source: "L. Liu et al., Phys. Rev. Lett. 109 (2012) 186602", notes: notes)

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = SpinHallJunctionBank()
    for index in input.instances {
      let values = input.values(index)
      let middle = layout.add(.voltage, instance: index, "middle")
      let state = ["x", "y", "z"].map { _ in
        layout.add(.state(scale: 1e-12), instance: index, "m")
      }
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + [middle] + state,
        equations(values))
    }
    return [bank]
  }

  private static func equations(_ values: DeviceValues) -> SpinHallJunction {
    func number(_ name: String) -> Double {
      values.modelNumber(name, of: Self.layer + strip + junction)
    }
    func vector(_ name: String) -> Vector3<Double> {
      Vector3(number(name + "x"), number(name + "y"), number(name + "z"))
    }
    let area = number("area")
    let layer = Macrospin(
      gyromagneticRatio: number("gamma"), damping: number("alpha"), magnetisation: number("ms"),
      volume: area * number("thickness"), field: vector("b"), anisotropy: number("bk"),
      easyAxis: vector("k").direction(else: Vector3(0, 0, 1)), shape: vector("n"),
      polariser: vector("s").direction(else: Vector3(0, 1, 0)), polarisation: number("theta"),
      asymmetry: 0, fieldLike: number("beta"))
    var own = layer
    own.polarisation = number("eta")
    return SpinHallJunction(
      layer: layer, multiplicity: values.number("m"),
      areaRatio: area / (number("width") * number("heavy")), halfStrip: 2 / number("rstrip"),
      resistance: Magnetoresistance(number),
      reference: vector("p").direction(else: Vector3(1, 0, 0)), ownTorque: own.torque,
      ownAsymmetry: number("lambda"), start: layer.start(values),
      fieldTemperature: number("thermal") != 0 ? values.temperature : 0,
      temperature: values.temperature)
  }
}

/// The model's tables.
extension SpinHallOscillator {
  static let layer =
    [
      Parameter(
        "ms", unit: "A/m", default: 1100e3, range: .positive, "Saturation magnetisation."),
      Parameter("bk", unit: "T", default: 0.6, "Anisotropy field along the easy axis k."),
      Parameter("alpha", unit: "1", default: 0.021, range: .nonnegative, "Gilbert damping."),
      Parameter(
        "gamma", unit: "rad/s/T", default: 1.764e11, range: .positive, "Gyromagnetic ratio."),
      Parameter(
        "area", unit: "m^2", default: 7.07e-15, range: .positive, "Area of the free layer."),
      Parameter(
        "thickness", unit: "m", default: 1.5e-9, range: .positive,
        "Thickness of the free layer."),
      Parameter(
        "thermal", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether the thermal field acts."),
    ] + axis("k", "Easy axis", 0, 0, 1) + vector("b", "T", "Applied field", 0, 0.04, 0)
    + vector("n", "1", "Demagnetising factor", 0.05, 0.01, 0.94)

  static let strip =
    [
      Parameter("theta", unit: "1", default: 0.15, range: -1...1, "Spin Hall angle."),
      Parameter("beta", unit: "1", default: 0, "Field-like over damping-like torque."),
      Parameter("width", unit: "m", default: 1.2e-6, range: .positive, "Width of the strip."),
      Parameter(
        "heavy", unit: "m", default: 6e-9, range: .positive, "Thickness of the heavy metal."),
      Parameter(
        "rstrip", unit: "ohm", default: 2e3, range: .positive, "Resistance from t1 to t2."),
    ] + axis("s", "Spins that a positive current brings", 0, 1, 0)

  static let junction =
    [
      Parameter(
        "eta", unit: "1", default: 0, range: .fraction, "Spin polarisation of its current."),
      Parameter(
        "lambda", unit: "1", default: 0, range: -0.999...0.999, "Asymmetry of its own torque."),
      Parameter(
        "gp", unit: "S", default: 1.0 / 15e3, range: .positive,
        "Conductance with m parallel to p."),
      Parameter(
        "tmr0", unit: "1", default: 0.4, range: .nonnegative,
        "Magnetoresistance ratio at zero bias."),
      Parameter(
        "vh", unit: "V", default: 0.5, range: .positive,
        "Voltage at which the magnetoresistance has fallen by half."),
    ] + axis("p", "Reference layer's direction", 1, 0, 0)

  private static func axis(
    _ name: String, _ what: String, _ x: Double, _ y: Double, _ z: Double
  ) -> [Parameter] {
    zip(["x", "y", "z"], [x, y, z]).map {
      Parameter(name + $0, unit: "1", default: $1, "\(what), \($0); normalised.")
    }
  }

  private static func vector(
    _ name: String, _ unit: String, _ what: String, _ x: Double, _ y: Double, _ z: Double
  ) -> [Parameter] {
    zip(["x", "y", "z"], [x, y, z]).map {
      Parameter(name + $0, unit: unit, default: $1, "\(what), \($0).")
    }
  }
}
