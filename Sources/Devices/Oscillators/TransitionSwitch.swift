import Numerics
import Schematic

/// A two-terminal insulator-metal transition with hysteresis; `PhaseTransition` has its equations.
enum TransitionSwitch: Device {
  static let description = DeviceDescription(
    letter: "YIMT", name: "insulator-metal transition",
    summary: """
      A resistance that falls above one voltage and rises again below another, as vanadium \
      dioxide; with a capacitor and a load it oscillates.
      """,
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "xo", unit: "1", default: 0, range: .fraction, "Metallic part at the start."),
      Parameter(
        "detuning", unit: "1", default: 0, range: -0.5...0.5,
        "Relative change of both thresholds, for spread between devices."),
      Common.multiplicity, Common.temperature,
    ],
    models: [
      DeviceDescription.Model(
        type: "imt", summary: "Thresholds in voltage, a transition of finite speed.",
        parameters: parameters)
    ],
    derived: [
      Derived("vimt", unit: "V", "Voltage at which the insulator gives way, detuning included."),
      Derived("vmit", unit: "V", "Voltage below which the metal ends, detuning included."),
      Derived(
        "imin", unit: "A",
        "Smallest steady current at which it oscillates with a large capacitor across it."),
      Derived("imax", unit: "A", "Largest such current."),
      Derived(
        "rmin", unit: "ohm",
        "Smallest resistance through which some steady voltage makes it oscillate so."),
    ],
    modelRequired: true,
    source: """
      N. Shukla et al., Sci. Rep. 4 (2014) 4964; P. Maffezzoni et al., Electron. Lett. 51 (2015) 819
      """, notes: notes)

  static let parameters = [
    Parameter(
      "vimt", unit: "V", default: 2, range: .positive, "Voltage at which the insulator gives way."),
    Parameter(
      "vmit", unit: "V", default: 1, range: .positive, "Voltage below which the metal ends."),
    Parameter(
      "rins", unit: "ohm", default: 100e3, range: .positive, "Resistance of the insulator."),
    Parameter("rmet", unit: "ohm", default: 2e3, range: .positive, "Resistance of the metal."),
    Parameter(
      "tau", unit: "s", default: 10e-9, range: .positive, "Time constant of the transition."),
    Parameter(
      "width", unit: "V", range: .positive,
      "Voltage over which the transition is smooth; a fiftieth of vimt - vmit when absent."),
  ]

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = PhaseTransitionBank()
    var faults: [Fault] = []
    for index in input.instances {
      let values = input.values(index)
      func number(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
      let scale = 1 + values.number("detuning")
      let (upper, lower) = (scale * number("vimt"), scale * number("vmit"))
      guard upper > lower else {
        faults.append(
          values.refusal(of: "vimt", "the transition's vimt is not above its vmit"))
        continue
      }
      let width = values.modelWritten("width") ?? 0.02 * (upper - lower)
      let state = layout.add(.state(scale: 1e-6), instance: index, "x")
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + [state],
        PhaseTransition(
          multiplicity: values.number("m"), conductance: 1 / number("rins"),
          contrast: naturalLogarithm(number("rins") / number("rmet")),
          middle: 0.5 * (upper + lower),
          span: PhaseTransition.span(distance: upper - lower, width: width), width: width,
          delay: number("tau"), start: values.number("xo"), temperature: values.temperature))
    }
    if !faults.isEmpty { throw Faults(faults) }
    return [bank]
  }

  static let notes = """
    With v = v(n+) - v(n-) and x the metallic part,

        i = v g_ins^(1 - x) g_met^x,   g_ins = 1/rins, g_met = 1/rmet
        tau dx/dt = [1 + tanh((|v| - V(x)) / width)] / 2 - x
        V(x) = (vimt + vmit)/2 + (1/2 - x) span

    The first term lies between 0 and 1 and keeps x there. At a steady voltage x follows a curve \
    with two folds, at (1 -+ u)/2 with u^2 = 1 - 2 width / span; `span` is chosen so that the \
    folds are at vimt and vmit exactly:

        vimt - vmit = span u - 2 width artanh u

    `detuning` multiplies both thresholds (and not a written width). Current and voltage have the \
    same sign, and both signs switch alike. At an operating point, and at the first instant, x \
    stands at xo.

    ### What follows

    Between the folds rest is unstable where a capacitor C across the device keeps its voltage \
    steady beside tau. Fed by a current it then oscillates from imin to imax, the currents at the \
    folds; from a supply V through R where V - R imin lies above vimt and V - R imax below vmit, \
    which takes R > rmin:

        imin = vimt g((1 - u)/2),   imax = vmit g((1 + u)/2),   g(x) = g_ins^(1 - x) g_met^x
        rmin = (vimt - vmit)/(imax - imin)

    Where transitions are fast beside the rest, the period is

        T = T_i ln((V_i - vmit)/(V_i - vimt)) + T_m ln((vimt - V_m)/(vmit - V_m))
        V_k = V r_k/(R + r_k),   T_k = C R r_k/(R + r_k),   k = ins, met

    A transition takes longer than tau, as a fold is left slowly: by some tau^(2/3).

    `N(YIMT!<name>:x)` prints the metallic part and `r` the resistance in ohms; `vimt`, `vmit`, \
    `imin`, `imax` and `rmin` are told below. All of v i is heat \
    in the energy account; that of the transition itself is not in it. Noise: Johnson and \
    Nyquist's. The defaults are round numbers, no device's.
    """
}
