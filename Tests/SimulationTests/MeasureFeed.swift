import Numerics
import Schematic

@testable import Simulation

/// Cards and analytic waveforms for the tests of measures.
enum MeasureFeed {
  /// The quantity v(name).
  static func v(_ name: String) -> Expression {
    var expression = Expression()
    expression.append(
      probe: Expression.Probe(function: "v", names: [name], nodes: [1], origin: .none))
    return expression
  }

  /// The measure `name` in a `param=` expression.
  static func measure(_ name: String) -> Expression {
    var expression = Expression()
    expression.append(probe: Expression.Probe(function: "measure", names: [name], origin: .none))
    return expression
  }

  static func crossing(
    _ value: String, _ level: Double, _ edge: MeasureCard.Crossing.Edge = .cross, _ count: Int = 1,
    delay: Double = 0
  ) -> MeasureCard.Crossing {
    MeasureCard.Crossing(
      value: v(value), level: Expression(number: level), edge: edge, count: count, delay: delay)
  }

  static func card(
    _ name: String, _ kind: MeasureCard.Kind, from: Double? = nil, to: Double? = nil,
    on: Double? = nil, off: Double? = nil, resolution: Double? = nil, fallback: Double? = nil,
    analysis: AnalysisKind = .tran
  ) -> MeasureCard {
    MeasureCard(
      analysis: analysis, name: name, kind: kind, from: from, to: to, on: on, off: off,
      resolution: resolution, fallback: fallback, origin: .none)
  }

  static func card(
    _ kind: MeasureCard.Kind, from: Double? = nil, to: Double? = nil, on: Double? = nil,
    off: Double? = nil, resolution: Double? = nil, analysis: AnalysisKind = .tran
  ) -> MeasureCard {
    card(
      "m", kind, from: from, to: to, on: on, off: off, resolution: resolution, analysis: analysis)
  }

  /// Feeds node voltages given as functions, at the given points.
  static func run(
    _ set: inout MeasureSet, at points: [Double], dense: Bool = false,
    _ nodes: [String: (Double) -> Double]
  ) {
    let functions = set.expressions.map { nodes[$0.probes[0].names[0]]! }
    for x in points {
      let values = functions.map { $0(x) }
      set.record(
        abscissa: x, values: values.span, dense: dense ? { functions[$0]($1) } : nil)
    }
  }

  static func results(
    _ cards: [MeasureCard], analysis: AnalysisKind = .tran, at points: [Double],
    dense: Bool = false, _ nodes: [String: (Double) -> Double]
  ) throws -> [MeasureResult] {
    var set = try MeasureSet(cards, analysis: analysis)
    run(&set, at: points, dense: dense, nodes)
    return set.finish()
  }

  /// 0...end in steps that vary by a factor of 4, both ends included.
  static func irregular(to end: Double, steps: Int, seed: UInt64) -> [Double] {
    var generator = Generator(seed)
    var x = [0.0]
    for _ in 0..<steps { x.append(x[x.count - 1] + 0.25 + 0.75 * generator.uniform()) }
    let scale = end / x[x.count - 1]
    return x.dropLast().map { $0 * scale } + [end]
  }

  /// Sebastiano Vigna's splitmix64.
  struct Generator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
  }
}
