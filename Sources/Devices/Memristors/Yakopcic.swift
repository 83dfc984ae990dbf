import Schematic

/// i = a x sinh(b v); dx/dt = eta g(v) f(x), with thresholds vp and vn. Decks give vn above zero.
enum Yakopcic {
  static let parameters =
    [
      Parameter("a1", unit: "A", default: 1, "Current amplitude for v >= 0."),
      Parameter("a2", unit: "A", default: 1, "Current amplitude for v < 0."),
      Parameter("b", unit: "1/V", default: 1, "Curvature of the current."),
      Parameter("vp", unit: "V", default: 0.01, "Threshold for v > 0."),
      Parameter("vn", unit: "V", default: -0.01, "Threshold for v < 0, written above zero."),
      Parameter("ap", unit: "1/s", default: 1, "Speed of the state for v > vp."),
      Parameter("an", unit: "1/s", default: 1, "Speed of the state for v < -vn."),
      Parameter("xp", unit: "1", default: 1, range: .fraction, "State above which a rise slows."),
      Parameter("xn", unit: "1", default: 1, range: .fraction, "State below which a fall slows."),
      Parameter(
        "alphap", unit: "1", default: 1, range: .nonnegative, "Rate of that slowing, rise."),
      Parameter(
        "alphan", unit: "1", default: 1, range: .nonnegative, "Rate of that slowing, fall."),
      Parameter("eta", unit: "1", default: 1, range: -1...1, "Direction of the state's motion."),
      Parameter(
        "xscaling", unit: "1", default: 1, range: .positive, "Factor on the state's equation."),
    ] + TelegraphNoise.resistance + TelegraphNoise.state
}
