import Schematic

/// Random telegraph noise of Xyce's memristors: a quantity toggles at exponential waiting times.
enum TelegraphNoise {
  static let resistance = parameters(prefix: "res", quantity: "resistance", unit: "ohm")
  static let state = parameters(prefix: "x", quantity: "state", unit: "1")

  private static func parameters(prefix: String, quantity: String, unit: String) -> [Parameter] {
    [
      Parameter(
        prefix + "noise", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether the \(quantity) carries telegraph noise."),
      Parameter(prefix + "seed", unit: "1", default: 0, "Seed of the noise; 0 takes the run's."),
      Parameter(
        prefix + "lambda", unit: "1/s", default: 0, range: .nonnegative, "Rate of toggling."),
      Parameter(
        prefix + "td", unit: "s", default: 0, range: .nonnegative, "Time at which it sets in."),
      Parameter(
        prefix + "eptd", unit: "s", default: 1e-10, range: .nonnegative,
        "Shortest time between two toggles."),
      Parameter(
        prefix + "delta", unit: unit, default: 0, "Height of a step of the \(quantity)."),
      Parameter(
        prefix + "deltagrad", unit: "1", default: 0, "Factor on the height."),
    ]
  }
}
