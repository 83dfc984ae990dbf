import Schematic

/// The envelope equation lifted to the carrier:
///
///     dc/dt = i omega(p) c - [Gamma_+(p) - Gamma_-(p)] c + gain v(in) + noise,  p = |c|^2
///     omega = 2 pi f0 + shift p,  Gamma_+ = gammag (1 + q p),  Gamma_- = zeta gammag (1 - p)
///     v(out) = offset + swing Re c
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
        parameters: [
          Parameter(
            "f0", unit: "Hz", range: .positive, required: true,
            "Frequency at vanishing power."),
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
        ])
    ],
    modelRequired: true,
    source: "A. Slavin and V. Tiberkevich, IEEE Trans. Magn. 45 (2009) 1875")
}
