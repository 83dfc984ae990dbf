import Numerics
import Schematic

/// The envelope equation lifted to the carrier:
///
///     dc/dt = i omega(p) c - [Gamma_+(p) - Gamma_-(p)] c + gain e^(i lag) v(in) + noise
///     p = |c|^2
///     omega = (1 + detuning) (2 pi f0 + shift p)
///     Gamma_+ = gammag (1 + q p),  Gamma_- = zeta gammag (1 - p)
///     v(out) = offset + swing Re c - rout i(out)
///
/// Source: A. Slavin and V. Tiberkevich, IEEE Trans. Magn. 45 (2009) 1875.
enum AutoOscillator: Device {
  static let description = DeviceDescription(
    letter: "YOSC", name: "auto-oscillator",
    summary: "A behavioural oscillator: one complex amplitude, driven by in and seen at out.",
    terminals: ["in", "out"],
    instanceParameters: [
      Parameter("phase", unit: "rad", default: 0, "Phase at the start."),
      Parameter(
        "power", unit: "1", range: .nonnegative,
        "Power |c|^2 at the start; that of the free oscillation when absent."),
      Parameter(
        "detuning", unit: "1", default: 0, range: -0.999...Double.infinity,
        "Relative change of the frequency, for spread between devices."),
      Common.temperature,
    ],
    models: [
      DeviceDescription.Model(
        type: "osc", summary: "Nonlinear auto-oscillator of Slavin and Tiberkevich.",
        parameters: parameters)
    ],
    derived: [
      Derived("p0", unit: "1", "Power of the free oscillation."),
      Derived("f", unit: "Hz", "Its frequency."),
      Derived("nu", unit: "1", "Nonlinearity: how much deviations of power move the phase."),
      Derived(
        "linewidth", unit: "Hz", "Full width of its line at half power, of `noise` alone."),
      Derived(
        "range", unit: "Hz",
        "Half the range in which an input of one volt would lock it, were it weak."),
    ],
    modelRequired: true,
    source: "A. Slavin and V. Tiberkevich, IEEE Trans. Magn. 45 (2009) 1875", notes: notes)

  static let parameters = [
    Parameter(
      "f0", unit: "Hz", range: .positive, required: true, "Frequency at vanishing power."),
    Parameter("shift", unit: "rad/s", default: 0, "Change of angular frequency at p = 1."),
    Parameter(
      "gammag", unit: "1/s", range: .positive, required: true, "Linear damping rate."),
    Parameter("q", unit: "1", default: 0, range: .nonnegative, "Nonlinear damping."),
    Parameter(
      "zeta", unit: "1", default: 1.3, range: .nonnegative,
      "Bias current over the critical current."),
    Parameter(
      "gain", unit: "1/V/s", default: 0, "Coupling of the input voltage to the amplitude."),
    Parameter("lag", unit: "rad", default: 0, "Phase of that coupling."),
    Parameter("swing", unit: "V", default: 1, "Output voltage at |c| = 1."),
    Parameter("offset", unit: "V", default: 0, "Output voltage at c = 0."),
    Parameter("rin", unit: "ohm", default: 1e6, range: .positive, "Input resistance."),
    Parameter("rout", unit: "ohm", default: 0, range: .nonnegative, "Output resistance."),
    Parameter(
      "noise", unit: "1/s", default: 0, range: .nonnegative,
      "Diffusion of the amplitude: growth rate of the mean of |c|^2 by noise alone."),
  ]

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = CarrierAmplitudeBank()
    for index in input.instances {
      let values = input.values(index)
      let current = layout.add(.current, instance: index, "current")
      layout.register(branch: current, of: values.instance.name)
      let state = ["x", "y"].map { _ in layout.add(.state(scale: 1e-9), instance: index, "c") }
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + [current] + state,
        amplitude(values))
    }
    return [bank]
  }

  private static func amplitude(_ values: DeviceValues) -> CarrierAmplitude {
    func model(_ name: String) -> Double { values.modelNumber(name, of: parameters) }
    let speed = 1 + values.number("detuning")
    let (gain, lag) = (model("gain"), model("lag"))
    var amplitude = CarrierAmplitude(
      frequency: speed * 2 * .pi * model("f0"), shift: speed * model("shift"),
      damping: model("gammag"), nonlinearDamping: model("q"), bias: model("zeta"),
      gainX: gain * cosine(lag), gainY: gain * sine(lag), swing: model("swing"),
      offset: model("offset"), inputConductance: 1 / model("rin"),
      outputResistance: model("rout"), diffusion: model("noise"), temperature: values.temperature,
      startX: 0, startY: 0)
    let root = (values.written("power") ?? amplitude.freePower).squareRoot()
    let phase = values.number("phase")
    amplitude.startX = root * cosine(phase)
    amplitude.startY = root * sine(phase)
    return amplitude
  }
}
