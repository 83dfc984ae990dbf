import Schematic

/// Random telegraph noise of Xyce's memristors: a quantity toggles at exponential waiting times.
enum TelegraphNoise {
  static let resistance = parameters(prefix: "res", quantity: "resistance")
  static let state = parameters(prefix: "x", quantity: "state's slowing")

  private static func parameters(prefix: String, quantity: String) -> [Parameter] {
    [
      Parameter(
        prefix + "noise", unit: "1", default: 0, range: .fraction, kind: .flag,
        "Whether the \(quantity) carries telegraph noise."),
      Parameter(prefix + "seed", unit: "1", default: 0, "Seed of the noise; 0 takes the run's."),
      Parameter(
        prefix + "lambda", unit: "1", default: 0, range: .nonnegative,
        "Mean waiting time, in units of restd; at 0 there is no noise."),
      Parameter(
        prefix + "td", unit: "s", default: 0, range: .nonnegative,
        prefix == "x" ? "Taken for decks of Xyce; restd counts." : "Unit of the waiting times."),
      Parameter(
        prefix + "eptd", unit: "s", default: 1e-10, range: .nonnegative,
        "Shortest time between two changes."),
      Parameter(
        prefix + "delta", unit: "1", default: 0, "Relative height of a step of the \(quantity)."),
      Parameter(
        prefix + "deltagrad", unit: "1", default: 0,
        prefix == "x" ? "Taken for decks of Xyce; has no effect." : "Factor on the height."),
    ]
  }
}
