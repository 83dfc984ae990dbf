import Numerics
import Schematic
import Simulation
import Waveforms

extension StepJob {
  /// `.ac`: the response to the sources' ac amplitudes.
  func smallSignal(
    _ card: ACCard, _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    var step = AnalysisResult.Step(index: 0)
    let rows = try FrequencyRows(card.frequencies, data: card.data, in: circuit, at: card.origin)
    var sink = SmallSignalSink(
      stream: stream,
      measures: try MeasureSet(circuit.measures, analysis: .ac))
    var isComplete = true
    for stretch in rows.stretches where isComplete {
      let equations = try makeEquations(changed: stretch.settings, at: card.origin, &step)
      let solution = try rest(equations, try OperatingPoint(equations, options))
      try sink.begin(equations)
      isComplete = try SmallSignalAnalysis(equations, at: solution.x).run(
        stretch.frequencies, &sink, shouldStop: control.shouldStop)
      step.method = solution.method
    }
    step.points = sink.points
    step.measures = sink.measures.finish(others: measured, temperature: circuit.temperature)
    return (step, isComplete)
  }

  /// The equations with what a row of a table sets.
  private func makeEquations(
    changed: [(SweepAxis.Target, Double)], at origin: Origin, _ step: inout AnalysisResult.Step
  ) throws -> CircuitEquations {
    if changed.isEmpty { return try makeEquations(&step) }
    let other = try variant.circuit(settings + changed)
    guard other.nodeNames == circuit.nodeNames else {
      throw Fault(
        "changing-circuit", "the rows of the table change which nodes there are", at: origin,
        help: "step over them with .step")
    }
    return try CircuitEquations(other, seed: variant.seed)
  }

  /// `.noise`: spectral densities at the output and referred to the input.
  func noise(
    _ card: NoiseCard, _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    var step = AnalysisResult.Step(index: 0)
    let rows = try FrequencyRows(card.frequencies, data: card.data, in: circuit, at: card.origin)
    var sink = NoiseSink(
      stream: stream,
      measures: try MeasureSet(circuit.measures, analysis: .noise))
    var totals: NoiseTotals?
    for stretch in rows.stretches where totals?.isComplete != false {
      let equations = try makeEquations(changed: stretch.settings, at: card.origin, &step)
      let solution = try rest(equations, try OperatingPoint(equations, options))
      try sink.begin(equations)
      let part = try NoiseAnalysis(equations, at: solution.x, card).run(
        stretch.frequencies, &sink, shouldStop: control.shouldStop)
      if totals == nil { totals = part } else { totals?.add(part) }
      step.method = solution.method
    }
    step.points = sink.points
    step.noise = totals
    step.measures = sink.measures.finish(others: measured, temperature: circuit.temperature)
    return (step, totals?.isComplete ?? true)
  }
}

private struct SmallSignalSink: SmallSignalObserver {
  let stream: any ResultStream
  var measures: MeasureSet
  var points = 0
  private var evaluator: ComplexOutputEvaluator?
  private var measured: ComplexOutputEvaluator?

  init(stream: any ResultStream, measures: MeasureSet) {
    self.stream = stream
    self.measures = measures
  }

  /// The outputs and measures of this circuit: parameters in them are numbers already.
  mutating func begin(_ equations: CircuitEquations) throws {
    evaluator = try ComplexOutputEvaluator(
      equations.circuit.outputs(of: .ac).map(\.value), equations)
    measured = try ComplexOutputEvaluator(measures.expressions, equations)
  }

  mutating func output(_ point: SmallSignalPoint) throws {
    guard let evaluator, let measured else { preconditionFailure("a stretch begins first") }
    let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
    if (0..<evaluator.count).contains(where: { evaluator.isComplex($0) }) {
      try stream.append(point.frequency, row.span)
    } else {
      let real = row.map(\.real)
      try stream.append(point.frequency, real.span)
    }
    points += 1
    // of a plain complex quantity the real part is measured, as Xyce and ngspice do
    let values = (0..<measured.count).map { measured.value($0, at: point).real }
    measures.record(abscissa: point.frequency, values: values.span)
  }
}

private struct NoiseSink: NoiseObserver {
  let stream: any ResultStream
  var measures: MeasureSet
  var points = 0
  private var evaluator: NoiseOutputEvaluator?
  private var measured: NoiseOutputEvaluator?

  init(stream: any ResultStream, measures: MeasureSet) {
    self.stream = stream
    self.measures = measures
  }

  /// The outputs and measures of this circuit: parameters in them are numbers already.
  mutating func begin(_ equations: CircuitEquations) throws {
    evaluator = try NoiseOutputEvaluator(
      equations.circuit.outputs(of: .noise).map(\.value), equations)
    measured = try NoiseOutputEvaluator(measures.expressions, equations)
  }

  mutating func output(_ point: NoisePoint) throws {
    guard let evaluator, let measured else { preconditionFailure("a stretch begins first") }
    let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
    try stream.append(point.frequency, row.span)
    points += 1
    let values = (0..<measured.count).map { measured.value($0, at: point) }
    measures.record(abscissa: point.frequency, values: values.span)
  }
}
