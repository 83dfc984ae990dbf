import Numerics
import Schematic

/// A magnetic vortex in the free layer of a tunnel junction; `VortexCore` has its equations.
enum VortexOscillator: Device {
  static let description = DeviceDescription(
    letter: "YVORTEX", name: "vortex oscillator",
    summary: """
      A magnetic tunnel junction whose free layer holds a vortex; its core circles where the \
      current is large enough.
      """,
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter("x", unit: "1", default: 0.05, range: -1...1, "Core at the start, X over R."),
      Parameter("y", unit: "1", default: 0, range: -1...1, "Core at the start, Y over R."),
      Parameter(
        "detuning", unit: "1", default: 0, range: -0.999...Double.infinity,
        "Relative change of the core's speed, for spread between devices."),
      Common.multiplicity, Common.temperature,
    ],
    models: [
      DeviceDescription.Model(
        type: "vortex", summary: "Thiele's equation of a vortex in a disc.",
        parameters: parameters)
    ],
    derived: [
      Derived(
        "ic", unit: "A",
        "Critical current, with the sign that makes the core circle; of all m together."),
      Derived("f0", unit: "Hz", "Frequency of the core at rest without current."),
      Derived("etad", unit: "1", "Damping of the core over alpha |G|."),
    ],
    modelRequired: true,
    source: """
      A. A. Thiele, Phys. Rev. Lett. 30 (1973) 230; K. Yu. Guslienko et al., Phys. Rev. Lett. 96 \
      (2006) 067205; A. V. Khvalkovskiy et al., Phys. Rev. B 80 (2009) 140401; A. Dussaux et al., \
      Phys. Rev. B 86 (2012) 014402; A. Dussaux et al., Appl. Phys. Lett. 98 (2011) 132506
      """, notes: notes)

  static let parameters = [
    Parameter("ms", unit: "A/m", default: 800e3, range: .positive, "Saturation magnetisation."),
    Parameter("radius", unit: "m", default: 150e-9, range: .positive, "Radius of the disc."),
    Parameter(
      "thickness", unit: "m", default: 5e-9, range: .positive, "Thickness of the free layer."),
    Parameter(
      "gamma", unit: "rad/s/T", default: 1.764e11, range: .positive, "Gyromagnetic ratio."),
    Parameter("alpha", unit: "1", default: 0.01, range: .positive, "Gilbert damping."),
    Parameter(
      "etad", unit: "1", range: .positive,
      "Damping of the core over alpha |G|; ln(radius / (2 lex)) / 2 + 3/8 when absent."),
    Parameter("lex", unit: "m", default: 5e-9, range: .positive, "Exchange length."),
    Parameter("xi", unit: "1", default: 0.5, range: .nonnegative, "Nonlinear damping; a fit."),
    Parameter("quartic", unit: "1", default: 0.25, range: .nonnegative, "Ratio k'/k of the disc."),
    Parameter(
      "oersted", unit: "1", default: 0.85, range: .nonnegative,
      "Oersted field's stiffness over mu0 Ms L R J."),
    Parameter("polarity", unit: "1", default: 1, range: -1...1, "Core's polarity, 1 or -1."),
    Parameter("chirality", unit: "1", default: 1, range: -1...1, "Vortex's chirality, 1 or -1."),
    Parameter(
      "eta", unit: "1", default: 0.2, range: -1...1,
      "Spin polarisation of the current along z."),
    Parameter(
      "fieldlike", unit: "1", default: 0, range: -1...1,
      "Polarisation along p times the field-like over the damping-like torque."),
    Parameter(
      "thermal", unit: "1", default: 1, range: .fraction, kind: .flag,
      "Whether the thermal force acts."),
    Parameter(
      "average", unit: "1", default: 2.0 / 3, range: .fraction,
      "Mean in-plane magnetisation, over Ms, of a core at s = 1."),
    Parameter("px", unit: "1", default: 1, "Reference layer's direction in the plane, x."),
    Parameter("py", unit: "1", default: 0, "Reference layer's direction in the plane, y."),
    Parameter(
      "gp", unit: "S", default: 1.0 / 50, range: .positive, "Conductance with m parallel to p."),
    Parameter(
      "tmr0", unit: "1", default: 0.5, range: .nonnegative,
      "Magnetoresistance ratio at zero bias."),
    Parameter(
      "vh", unit: "V", default: 0.5, range: .positive,
      "Voltage at which the magnetoresistance has fallen by half."),
  ]

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = VortexJunctionBank()
    for index in input.instances {
      let values = input.values(index)
      let state = ["x", "y"].map { _ in layout.add(.state(scale: 1e-9), instance: index, "z") }
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + state, junction(values))
    }
    return [bank]
  }

  private static func junction(_ values: DeviceValues) -> VortexJunction {
    func number(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let radius = number("radius")
    let chirality: Double = number("chirality") < 0 ? -1 : 1
    let friction =
      values.modelWritten("etad")
      ?? max(0.05, 0.5 * naturalLogarithm(radius / (2 * number("lex"))) + 0.375)
    let length = (number("px") * number("px") + number("py") * number("py")).squareRoot()
    let scale = chirality * number("average") / (length > 0 ? length : 1)
    let (readX, readY) = (-scale * number("py"), scale * number("px"))
    let pull =
      Macrospin.reducedPlanck * number("fieldlike") / (2 * Macrospin.charge * radius)
    let core = VortexCore(
      gyromagneticRatio: number("gamma"), magnetisation: number("ms"), radius: radius,
      thickness: number("thickness"), damping: number("alpha") * friction,
      nonlinearDamping: number("xi"), quartic: number("quartic"),
      oersted: chirality * number("oersted"), polarity: number("polarity") < 0 ? -1 : 1,
      polarisation: number("eta"), pull: (x: pull * readX, y: pull * readY))
    return VortexJunction(
      core: core, friction: friction, multiplicity: values.number("m"),
      resistance: Magnetoresistance(number), readX: readX, readY: readY,
      speed: 1 + values.number("detuning"),
      startX: values.number("x"), startY: values.number("y"), temperature: values.temperature,
      forceTemperature: number("thermal") != 0 ? values.temperature : 0)
  }
}
