import Schematic
import Simulation

/// A transient analysis of which only measures are kept.
enum MeasuredTransient {
  /// - Returns: the measures by name, without those that failed; nil where the caller asked to stop
  /// - Throws: `AnalysisFailure`, `Faults`.
  static func run(
    _ circuit: Circuit, until stop: Double, _ measures: [MeasureCard],
    _ shouldStop: @escaping () -> Bool
  ) throws -> [String: Double]? {
    var options = SolverOptions(circuit.options)
    options.reltol = min(options.reltol, 1e-4)
    let equations = try CircuitEquations(circuit, printStep: stop / 1000, stopTime: stop)
    var observer = Observer(
      measures: try MeasureSet(measures, analysis: .tran), equations: equations)
    observer.evaluator = try OutputEvaluator(observer.measures.expressions, equations)
    let rest = try OperatingPoint(equations, options).solve(startsTransient: true)
    let card = TransientCard(printStep: stop, stopTime: stop, origin: .none)
    let outcome = try TransientAnalysis(equations, card, options, shouldStop: shouldStop)
      .run(from: rest.x, &observer)
    guard outcome.isComplete else { return nil }
    let results = observer.measures.finish(others: [:], temperature: circuit.temperature)
    return results.reduce(into: [:]) { found, result in
      if result.failure == nil { found[result.name] = result.value }
    }
  }

  private struct Observer: TransientObserver {
    var measures: MeasureSet
    let equations: CircuitEquations
    var evaluator: OutputEvaluator?
    var wantsSteps: Bool { true }

    mutating func output(_ point: SolutionPoint) {}

    mutating func step(
      from start: Double, to end: Double, point: (_ time: Double) -> SolutionPoint
    ) throws {
      guard let evaluator else { return }
      let last = point(end)
      let row = (0..<evaluator.count).map { evaluator.value($0, at: last) }
      withoutActuallyEscaping(point) { point in
        measures.record(
          abscissa: end, values: row.span,
          dense: end > start ? { evaluator.value($0, at: point($1)) } : nil)
      }
    }
  }
}
