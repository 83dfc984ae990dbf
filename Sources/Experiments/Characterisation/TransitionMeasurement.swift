// One delay cell at one supply, memristance and load, by a transient analysis: a square wave goes
// from rail to rail, and its third cycle is looked at.

import Schematic

/// What one run of a delay cell tells.
struct TransitionMeasurement {
  /// Ohms, volts; farads where the cell has a parameter `load`.
  var memristance: Double
  var supply: Double
  var load: Double?
  /// Kelvin.
  var temperature: Double
  /// Seconds between the crossings of half the supply: means of both edges, and their difference,
  /// rising less falling.
  var delay: Double
  var edgeDifference: Double
  /// Seconds that the output's rising edge takes from 20 to 80 %.
  var rise: Double
  /// Joules that a cycle takes from the supply.
  var energy: Double
  /// Seconds: standard deviation of the delay by the devices' noise.
  var jitter: Double

  /// Of the first try's cycle, in edges of the input, and by how much each other is longer.
  private static let firstPeriod = 100.0
  private static let growth = 4.0
  private static let tries = 8
  /// A cycle is long enough where the delay is below this part of it: the load settles.
  private static let largestPart = 0.06

  /// - Returns: nil where the caller asked to stop.
  /// - Throws: `Fault` "cell-not-measurable" where the output does not follow; `AnalysisFailure`.
  static func measure(
    _ cell: CellUnderTest, memristance: Double, supply: Double, load: Double?, edge: Double,
    temperature: Double = CharacterisationSettings.temperature,
    _ shouldStop: @escaping () -> Bool
  ) throws -> TransitionMeasurement? {
    var parameters = [(name: "memristance", value: memristance)]
    if let load { parameters.append((name: "load", value: load)) }
    var period = firstPeriod * edge
    for _ in 0..<tries {
      var held = try TestBench(cell, parameters, temperature: temperature)
      held.hold("vdd", at: supply)
      var bench = held
      bench.toggle("in", to: supply, period: period, edge: edge)
      let found = try MeasuredTransient.run(
        bench.circuit, until: 3 * period, cards(supply, period), shouldStop)
      guard let found else { return nil }
      if let rising = found["rising"], let falling = found["falling"], let rise = found["rise"],
        let charge = found["charge"], max(rising, falling) < largestPart * period
      {
        let delay = (rising + falling) / 2
        let jitter = try JitterMeasurement.run(
          held, supply: supply, edge: edge, delay: delay, shouldStop)
        return jitter.map {
          TransitionMeasurement(
            memristance: memristance, supply: supply, load: load, temperature: temperature,
            delay: delay, edgeDifference: rising - falling, rise: rise,
            energy: -charge * supply, jitter: $0)
        }
      }
      period *= growth
    }
    throw Fault(
      "cell-not-measurable",
      "the output of cell '\(cell.name)' does not follow its input at \(memristance) ohm and "
        + "\(supply) V",
      help: "a delay does not invert, and goes from rail to rail")
  }

  private static func cards(_ supply: Double, _ period: Double) -> [MeasureCard] {
    func crossing(_ node: String, _ part: Double, _ edge: MeasureCard.Crossing.Edge)
      -> MeasureCard.Crossing
    {
      MeasureCard.Crossing(
        value: TestBench.voltage(node), level: Expression(number: part * supply), edge: edge,
        delay: edge == .rise ? 2 * period : 2.5 * period)
    }
    func card(
      _ name: String, _ kind: MeasureCard.Kind, from: Double? = nil, to: Double? = nil
    ) -> MeasureCard {
      MeasureCard(analysis: .tran, name: name, kind: kind, from: from, to: to, origin: .none)
    }
    return [
      card("rising", .between(crossing("in", 0.5, .rise), crossing("out", 0.5, .rise))),
      card("falling", .between(crossing("in", 0.5, .fall), crossing("out", 0.5, .fall))),
      card("rise", .between(crossing("out", 0.2, .rise), crossing("out", 0.8, .rise))),
      card(
        "charge", .statistic(.integral, TestBench.current("vvdd")), from: 2 * period,
        to: 3 * period),
    ]
  }
}
