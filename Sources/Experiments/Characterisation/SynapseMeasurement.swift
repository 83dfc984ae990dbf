// One synapse cell at one programmed phase, by a transient analysis: a square wave of its own
// frequency at its input, its output held at ground.

import Numerics
import Schematic

/// What one run of a synapse cell tells.
struct SynapseMeasurement {
  /// Radians: the lag that the cell is programmed to.
  var phase: Double
  /// Radians, -pi to pi: the output's lag behind the input less that, mean of both edges.
  var error: Double
  /// Joules that a cycle takes from the supply.
  var energy: Double
  /// Farads: what flows into the input in half a cycle, over the supply.
  var inputCapacitance: Double
  /// Amperes: of the square wave at the output.
  var amplitude: Double

  /// Cycles until every stage has settled, whichever way round it started.
  private static let settling = 8.0

  /// - Returns: nil where the caller asked to stop.
  /// - Throws: `Fault` "cell-not-measurable" where the output does not follow; `AnalysisFailure`.
  static func measure(
    _ cell: CellUnderTest, phase: Double, supply: Double, edge: Double,
    _ shouldStop: @escaping () -> Bool
  ) throws -> SynapseMeasurement? {
    var bench = try TestBench(cell, [(name: "phase", value: phase), (name: "weight", value: 1)])
    let frequency = bench.parameter("frequency") ?? 0
    guard frequency > 0 else {
      throw Fault(
        "cell-not-measurable", "cell '\(cell.name)' has a frequency of \(frequency) Hz",
        help: "its default is the oscillators'; > 0")
    }
    let period = 1 / frequency
    bench.hold("vdd", at: supply)
    bench.hold("out", at: 0)
    bench.toggle("in", to: supply, period: period, edge: edge)
    let found = try MeasuredTransient.run(
      bench.circuit, until: (settling + 3) * period, cards(supply, period), shouldStop)
    guard let found else { return nil }
    guard let rising = found["rising"], let falling = found["falling"],
      let charge = found["charge"], let input = found["input"], let high = found["high"],
      let low = found["low"]
    else {
      throw Fault(
        "cell-not-measurable",
        "the output of cell '\(cell.name)' does not follow its input at a phase of \(phase) rad")
    }
    func strayed(_ delay: Double) -> Double {
      wrapped(2 * .pi * frequency * delay - phase)
    }
    return SynapseMeasurement(
      phase: phase, error: 0.5 * (strayed(rising) + strayed(falling)), energy: -charge * supply,
      inputCapacitance: 0.5 * input / supply, amplitude: 0.5 * (high - low))
  }

  private static func cards(_ supply: Double, _ period: Double) -> [MeasureCard] {
    let current = TestBench.current("vout")
    func crossing(
      _ value: Expression, _ level: Double, _ edge: MeasureCard.Crossing.Edge, _ cycle: Double
    ) -> MeasureCard.Crossing {
      MeasureCard.Crossing(
        value: value, level: Expression(number: level), edge: edge,
        delay: (settling + cycle) * period)
    }
    func card(_ name: String, _ kind: MeasureCard.Kind, until cycles: Double? = nil)
      -> MeasureCard
    {
      MeasureCard(
        analysis: .tran, name: name, kind: kind, from: cycles.map { _ in settling * period },
        to: cycles.map { (settling + $0) * period }, origin: .none)
    }
    let input = TestBench.voltage("in")
    var size = TestBench.current("vin")
    size.append(.abs, [size.root], at: .none)
    return [
      // an output that comes after a cycle belongs to the edge before
      card(
        "rising",
        .between(crossing(input, 0.5 * supply, .rise, 0), crossing(current, 0, .rise, 1))),
      card(
        "falling",
        .between(crossing(input, 0.5 * supply, .fall, 0), crossing(current, 0, .fall, 1))),
      card("charge", .statistic(.integral, TestBench.current("vvdd")), until: 1),
      card("input", .statistic(.integral, size), until: 1),
      card("high", .statistic(.maximum, current), until: 1),
      card("low", .statistic(.minimum, current), until: 1),
    ]
  }
}
