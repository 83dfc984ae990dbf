// Jitter of a delay cell: a transient analysis with the noise of every device, in which a square
// wave goes through the cell many times. What each edge comes later or earlier than the others of
// its direction is its noise; input and supply have none.

import Devices
import Schematic
import Simulation

/// How far single transitions of a delay stray.
enum JitterMeasurement {
  /// Of the input; each gives a rising and a falling edge, so that the standard deviation, of 31
  /// degrees of freedom in each direction, is told to 9 per cent.
  private static let cycles = 32
  private static let seed: UInt64 = 1
  /// Noise is white up to this many times the inverse of the delay: some ten poles of its load,
  /// below which 97 per cent of that pole's noise lie.
  private static let bandwidth = 4.0
  /// Delays in a cycle of the input, at least: the load settles.
  private static let delays = 24.0

  /// - Parameters:
  ///   - held: the cell with its supply, V, but without a source at its input.
  ///   - edge: of the input, seconds.
  ///   - delay: of the cell, seconds.
  /// - Returns: the standard deviation of the delay, seconds; nil where the caller asked to stop.
  static func run(
    _ held: TestBench, supply: Double, edge: Double, delay: Double,
    _ shouldStop: @escaping () -> Bool
  ) throws -> Double? {
    let period = max(delays * delay, 8 * edge)
    var bench = held
    bench.toggle("in", to: supply, period: period, edge: edge)
    let stop = Double(cycles + 1) * period
    let options = SolverOptions(bench.circuit.options)
    let equations = try CircuitEquations(
      bench.circuit, printStep: period, stopTime: stop, seed: seed)
    let rest = try OperatingPoint(equations, options).solve(startsTransient: true)
    _ = equations.restingPoint(rest.x)
    equations.noise = TransientNoise(
      equations, TransientNoiseOptions(bandwidth: bandwidth / delay), stopTime: stop, seed: seed)
    var crossings = Crossings(
      output: try OutputEvaluator([TestBench.voltage("out")], equations), level: supply / 2)
    let card = TransientCard(printStep: stop, stopTime: stop, origin: .none)
    let outcome = try TransientAnalysis(equations, card, options, shouldStop: shouldStop)
      .run(from: rest.x, &crossings)
    guard outcome.isComplete else { return nil }
    return crossings.deviation(period: period, after: period)
  }

  /// The instants at which the output passes a level.
  private struct Crossings: TransientObserver {
    let output: OutputEvaluator
    let level: Double
    private var before = 0.0
    private(set) var rising: [Double] = []
    private(set) var falling: [Double] = []

    init(output: OutputEvaluator, level: Double) {
      self.output = output
      self.level = level
    }

    var wantsSteps: Bool { true }
    mutating func output(_ point: SolutionPoint) {}

    mutating func step(
      from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint
    ) {
      let after = output.value(0, at: point(end)) - level
      defer { before = after }
      guard end > start, (before < 0) != (after < 0) else { return }
      // steps are a small part of an edge: bisection on the solver's own polynomial
      var (low, high) = (start, end)
      for _ in 0..<30 {
        let middle = 0.5 * (low + high)
        let value = output.value(0, at: point(middle)) - level
        if (value < 0) == (before < 0) { low = middle } else { high = middle }
      }
      if after > 0 { rising.append(high) } else { falling.append(high) }
    }

    /// Root mean square, seconds, of what edges stray from their mean place in the period.
    func deviation(period: Double, after start: Double) -> Double {
      var sum = 0.0
      var freedom = 0.0
      for edges in [rising, falling] {
        let late = edges.filter { $0 > start }
        guard let first = late.first else { continue }
        // an edge that noise makes cross twice counts twice, as a counter would
        let places = late.map { time in
          let turns = ((time - first) / period).rounded()
          return time - first - turns * period
        }
        let mean = places.reduce(0, +) / Double(places.count)
        sum += places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        freedom += Double(places.count - 1)
      }
      return freedom > 0 ? (sum / freedom).squareRoot() : 0
    }
  }
}
