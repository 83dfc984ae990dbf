import Schematic

/// dx/dt = mu ron / d^2 * i * f(x), R = ron x + roff (1 - x), 0 <= x <= 1.
enum LinearDrift {
  static let parameters = [
    Parameter("ron", unit: "ohm", default: 100, range: .positive, "Resistance at x = 1."),
    Parameter("roff", unit: "ohm", default: 16e3, range: .positive, "Resistance at x = 0."),
    Parameter(
      "d", unit: "m", default: 1e-8, range: .positive, "Thickness of the film."),
    Parameter(
      "mu", aliases: ["uv", "mu_v"], unit: "m^2/V/s", default: 1e-14, range: .positive,
      "Mobility of the dopants."),
    Parameter(
      "xo", aliases: ["x0", "xinit"], unit: "1", default: 0.5, range: .fraction,
      "State at the start, of instances that give none."),
    Parameter(
      "wt", aliases: ["window"], unit: "1", default: 1, range: 0...3,
      "Window f(x): 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis."),
    Parameter(
      "p", unit: "1", default: 1, range: .positive, "Exponent of the window."),
    Parameter(
      "j", unit: "1", default: 1, range: .positive, "Height of Prodromakis' window."),
  ]
}
