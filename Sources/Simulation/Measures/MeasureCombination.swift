import Schematic

/// `param=`: an expression of other measures and, at the last point, of circuit quantities.
struct MeasureCombination {
  let expression: Expression
  /// For each probe, the place of its value among the set's expressions; nil for a measure.
  let quantities: [Int?]

  /// Names of the measures it waits for.
  var measures: [String] {
    zip(expression.probes, quantities).compactMap { $1 == nil ? $0.names[0] : nil }
  }

  func evaluate(
    measures known: [String: Double], quantities values: [Double], abscissa: Double?,
    temperature: Double = 27
  ) -> MeasureOutcome {
    if let name = measures.first(where: { known[$0] == nil }) {
      return .failed("it needs the measure '\(name)', which has no value")
    }
    if abscissa == nil && quantities.contains(where: { $0 != nil }) {
      return .failed("the result has no points")
    }
    let environment = Environment(
      values: zip(expression.probes, quantities).map { probe, place in
        place.map { values[$0] } ?? known[probe.names[0]] ?? .nan
      }, abscissa: abscissa ?? 0, temperature: temperature)
    return .found(expression.evaluate(in: environment))
  }

  private struct Environment: ExpressionEnvironment {
    let values: [Double]
    let abscissa: Double
    let temperature: Double

    func value(of variable: Expression.Variable) -> Double {
      variable == .temperature ? temperature : abscissa
    }
    func value(of probe: Expression.Probe, number index: Int) -> Double { values[index] }
    // no derivative or integral can be told from one point
    func value(_ function: Function, of operand: Double, node: Int) -> Double { .nan }
  }
}
