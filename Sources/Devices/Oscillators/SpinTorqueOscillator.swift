import Numerics
import Schematic

/// The macrospin in a magnetic tunnel junction:
///
///     dm/dt = -gamma m x B_eff - gamma a_J m x (p x m) - gamma b_J m x p + alpha m x dm/dt
///     B_eff = B_applied + B_k (m.k) k - mu0 Ms N m + B_thermal + B_oersted(I)
///     a_J   = hbar eta I / (2 e Ms V (1 + lambda m.p)),  b_J = beta a_J
///     G(m)  = G_P [(1 + m.p)/2 + (1 - m.p)/2 / (1 + TMR(v))],  TMR(v) = TMR_0 / (1 + (v/V_h)^2)
///
/// Positive current from n+ to n- destabilises m parallel to p.
enum SpinTorqueOscillator: Device {
  static let description = DeviceDescription(
    letter: "YSTO", name: "spin-torque oscillator",
    summary: """
      A magnetic tunnel junction whose free layer oscillates; positive current from n+ to n- \
      destabilises m parallel to p.
      """,
    terminals: ["n+", "n-"], optionalTerminals: ["field+", "field-"],
    instanceParameters: [
      Parameter("mx", unit: "1", range: -1...1, "Initial direction of the free layer, x."),
      Parameter("my", unit: "1", range: -1...1, "Initial direction of the free layer, y."),
      Parameter("mz", unit: "1", range: -1...1, "Initial direction of the free layer, z."),
      Parameter(
        "detuning", unit: "1", default: 0, range: -0.999...Double.infinity,
        "Relative change of the oscillation's angular rates, for spread between devices."),
      Common.multiplicity, Common.temperature,
    ],
    models: [
      DeviceDescription.Model(
        type: "sto", level: 1, summary: "Macrospin in a tunnel junction.",
        parameters: layer + torque + fields + resistance)
    ],
    derived: [
      Derived(
        "ic", unit: "A",
        "Critical current of either sign, at which rest becomes unstable; of all m together."),
      Derived("f0", unit: "Hz", "Frequency of small oscillations without current."),
      Derived("stability", unit: "1", "Barrier of the anisotropy over k T."),
    ],
    modelRequired: true,
    source: """
      J. C. Slonczewski, J. Magn. Magn. Mater. 159 (1996) L1; T. Taniguchi et al., Appl. Phys. \
      Express 6 (2013) 123003 (defaults)
      """, notes: notes)

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let plain = PlainJunctionBank()
    let withLine = JunctionWithLineBank()
    for index in input.instances {
      let values = input.values(index)
      let junction = junction(values)
      let terminals = values.instance.terminals
      let state = ["x", "y", "z"].map { _ in
        layout.add(.state(scale: 1e-12), instance: index, "m")
      }
      if terminals.count == 4 {
        withLine.store.append(
          instance: index, unknowns: terminals + state,
          JunctionWithLine(
            junction: junction,
            lineConductance: 1 / values.modelNumber("rline", of: fields)))
      } else {
        plain.store.append(
          instance: index, unknowns: terminals + state, PlainJunction(junction: junction))
      }
    }
    let all: [any Bank] = [plain, withLine]
    return all.filter { !$0.instances.isEmpty }
  }

  private static func junction(_ values: DeviceValues) -> TunnelJunction {
    func number(_ name: String) -> Double {
      values.modelNumber(name, of: Self.layer + torque + fields + resistance)
    }
    func vector(_ name: String) -> Vector3<Double> {
      Vector3(number(name + "x"), number(name + "y"), number(name + "z"))
    }
    let layer = Macrospin(values: number, vector)
    let thermal = number("thermal") != 0
    let own = values.modelWritten("temp").map { $0 + 273.15 }
    return TunnelJunction(
      layer: layer, multiplicity: values.number("m"), resistance: Magnetoresistance(number),
      oersted: vector("oe"), lineField: vector("lf"), speed: 1 + values.number("detuning"),
      start: layer.start(values),
      fieldTemperature: thermal ? own ?? values.temperature : 0,
      temperature: values.temperature)
  }

  static let layer =
    [
      Parameter(
        "ms", unit: "A/m", default: 1448e3, range: .positive, "Saturation magnetisation."),
      Parameter("bk", unit: "T", default: 1.8616, "Anisotropy field along the easy axis k."),
      Parameter("alpha", unit: "1", default: 0.005, range: .nonnegative, "Gilbert damping."),
      Parameter(
        "gamma", unit: "rad/s/T", default: 1.764e11, range: .positive, "Gyromagnetic ratio."),
      Parameter("radius", unit: "m", default: 60e-9, range: .positive, "Radius of the pillar."),
      Parameter(
        "thickness", unit: "m", default: 2e-9, range: .positive, "Thickness of the free layer."),
      Parameter(
        "temp", unit: "degC", range: .celsius,
        "Temperature of the thermal field; that of the circuit when absent."),
      Parameter(
        "thermal", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether the thermal field acts."),
    ] + axis("k", "Easy axis", z: 1)

  static let torque =
    [
      Parameter("eta", unit: "1", default: 0.537, range: .fraction, "Spin polarisation."),
      Parameter(
        "lambda", unit: "1", default: 0.288369, range: -0.999...0.999,
        "Asymmetry of the torque; eta^2 for a symmetric junction."),
      Parameter("beta", unit: "1", default: 0, "Field-like over damping-like torque."),
    ] + axis("p", "Fixed layer's direction", x: 1)

  static let fields = [
    Parameter("bx", unit: "T", default: 0, "Applied field, x."),
    Parameter("by", unit: "T", default: 0, "Applied field, y."),
    Parameter("bz", unit: "T", default: 0.2, "Applied field, z."),
    Parameter("nx", unit: "1", default: 0, range: .fraction, "Demagnetising factor, x."),
    Parameter("ny", unit: "1", default: 0, range: .fraction, "Demagnetising factor, y."),
    Parameter("nz", unit: "1", default: 1, range: .fraction, "Demagnetising factor, z."),
    Parameter("oex", unit: "T/A", default: 0, "Oersted field of the current, x."),
    Parameter("oey", unit: "T/A", default: 0, "Oersted field of the current, y."),
    Parameter("oez", unit: "T/A", default: 0, "Oersted field of the current, z."),
    Parameter("lfx", unit: "T/A", default: 0, "Field of the current in the field line, x."),
    Parameter("lfy", unit: "T/A", default: 0, "Field of the current in the field line, y."),
    Parameter("lfz", unit: "T/A", default: 0, "Field of the current in the field line, z."),
    Parameter(
      "rline", unit: "ohm", default: 50, range: .positive, "Resistance of the field line."),
  ]

  static let resistance = [
    Parameter(
      "gp", unit: "S", default: 1.0 / 300, range: .positive,
      "Conductance with m parallel to p."),
    Parameter(
      "tmr0", unit: "1", default: 1, range: .nonnegative, "Magnetoresistance ratio at zero bias."),
    Parameter(
      "vh", unit: "V", default: 0.5, range: .positive,
      "Voltage at which the magnetoresistance has fallen by half."),
  ]

  private static func axis(
    _ name: String, _ what: String, x: Double = 0, y: Double = 0, z: Double = 0
  ) -> [Parameter] {
    [
      Parameter(name + "x", unit: "1", default: x, "\(what), x; normalised."),
      Parameter(name + "y", unit: "1", default: y, "\(what), y; normalised."),
      Parameter(name + "z", unit: "1", default: z, "\(what), z; normalised."),
    ]
  }
}

extension Macrospin {
  /// From the parameters of a model card.
  init(values number: (String) -> Double, _ vector: (String) -> Vector3<Double>) {
    let radius = number("radius")
    self.init(
      gyromagneticRatio: number("gamma"), damping: number("alpha"), magnetisation: number("ms"),
      volume: .pi * radius * radius * number("thickness"), field: vector("b"),
      anisotropy: number("bk"), easyAxis: vector("k").direction(else: Vector3(0, 0, 1)),
      shape: vector("n"), polariser: vector("p").direction(else: Vector3(1, 0, 0)),
      polarisation: number("eta"), asymmetry: number("lambda"), fieldLike: number("beta"))
  }
}
