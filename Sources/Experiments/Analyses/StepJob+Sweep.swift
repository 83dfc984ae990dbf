import Schematic
import Simulation
import Waveforms

extension StepJob {
  /// `.dc`: operating points over the card's axes.
  func sweep(
    _ card: DCCard, _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    let grid = try StepGrid(card.axes, circuit)
    let first = grid.axes.first?.values ?? [0]
    let sweep = DirectCurrentSweep(
      count: grid.count, settings: { grid.settings($0).map { ($0.0, $0.1) } },
      abscissa: { first[$0 % first.count] }, options,
      build: { wanted in
        let changed = try variant.circuit(settings + wanted.map { ($0.target, $0.value) })
        guard changed.nodeNames == circuit.nodeNames else {
          throw Fault(
            "changing-circuit", "the values of .dc change which nodes there are", at: card.origin,
            help: "step over them with .step")
        }
        return try CircuitEquations(changed, seed: variant.seed)
      })
    var sink = SweepSink(
      stream: stream, innermost: first.count,
      measures: try MeasureSet(circuit.measures, analysis: .dc))
    let isComplete = try sweep.run(
      &sink, holding: circuit.initialVoltages, shouldStop: control.shouldStop)
    var step = AnalysisResult.Step(index: 0)
    step.points = sink.points
    step.method = sink.hardest
    step.measures = sink.measures.finish(others: measured, temperature: circuit.temperature)
    return (step, isComplete)
  }
}

/// Takes a sweep's points to the result file and its measures.
private struct SweepSink: SweepObserver {
  let stream: any ResultStream
  let innermost: Int
  var measures: MeasureSet
  var points = 0
  /// The way around that was needed somewhere.
  var hardest: OperatingPoint.Method?
  private var evaluator: OutputEvaluator?
  private var measured: OutputEvaluator?

  init(stream: any ResultStream, innermost: Int, measures: MeasureSet) {
    self.stream = stream
    self.innermost = innermost
    self.measures = measures
  }

  mutating func begin(_ equations: CircuitEquations) throws {
    evaluator = try OutputEvaluator(
      equations.circuit.outputs(of: .dc).map(\.value), equations)
    measured = try OutputEvaluator(measures.expressions, equations)
  }

  mutating func output(
    _ point: SolutionPoint, index: Int, _ solution: OperatingPoint.Solution
  ) throws {
    guard let evaluator, let measured else { preconditionFailure("a sweep begins first") }
    if solution.method != .newton { hardest = solution.method }
    let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
    try stream.append(point.abscissa, row.span)
    points += 1
    if index > 0, index % innermost == 0 { measures.interrupt() }
    let values = (0..<measured.count).map { measured.value($0, at: point) }
    measures.record(abscissa: point.abscissa, values: values.span)
  }
}
