import Schematic

/// TEAM: dx/dt = k (i / i_threshold - 1)^alpha f(x), with thresholds and windows for either sign.
/// Names and defaults are Xyce's; its default ion is positive although the equations need it below
/// zero, so decks give it.
enum ThresholdAdaptive {
  static let parameters =
    [
      Parameter("ron", unit: "ohm", default: 50, range: .positive, "Resistance at x = xon."),
      Parameter("roff", unit: "ohm", default: 1000, range: .positive, "Resistance at x = xoff."),
      Parameter("xon", unit: "m", default: 0, "Position of the barrier when on."),
      Parameter("xoff", unit: "m", default: 3e-9, "Position of the barrier when off."),
      Parameter("kon", unit: "m/s", default: -8e-13, "Speed towards on; below zero."),
      Parameter("koff", unit: "m/s", default: 8e-13, "Speed towards off."),
      Parameter("alphaon", unit: "1", default: 3, range: .nonnegative, "Exponent towards on."),
      Parameter("alphaoff", unit: "1", default: 3, range: .nonnegative, "Exponent towards off."),
      Parameter("ion", unit: "A", default: 8.9e-6, "Current threshold towards on."),
      Parameter("ioff", unit: "A", default: 1.15e-4, "Current threshold towards off."),
      Parameter(
        "wt", unit: "1", default: 0, range: 0...4,
        "Window: 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis, 4 Kvatinsky."),
      Parameter(
        "wc", unit: "m", default: 1.07e-12, range: .positive, "Width of Kvatinsky's window."),
      Parameter("aon", unit: "m", default: 0, "Centre of Kvatinsky's window towards on."),
      Parameter("aoff", unit: "m", default: 3e-9, "Centre of Kvatinsky's window towards off."),
      Parameter("d", unit: "m", default: 1.15e-4, "Thickness in the windows 1 to 3."),
      Parameter("p", unit: "1", default: 1.15e-4, "Exponent of the windows 1 to 3."),
      Parameter("j", unit: "1", default: 1.15e-4, "Height of Prodromakis' window."),
      Parameter(
        "xscaling", unit: "1", default: 1, range: .positive,
        "Factor on the state in the equations; 1e9 counts it in nanometres."),
    ] + TelegraphNoise.resistance
}
