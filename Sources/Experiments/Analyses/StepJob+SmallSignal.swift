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
    let equations = try makeEquations(&step)
    let solution = try rest(equations, try OperatingPoint(equations, options))
    let frequencies = try FrequencyList.values(
      card.frequencies, data: card.data, in: circuit, at: card.origin)
    var sink = try SmallSignalSink(
      evaluator: try ComplexOutputEvaluator(circuit.outputs(of: .ac).map(\.value), equations),
      stream: stream, measures: try MeasureSet(circuit.measures, analysis: .ac), equations)
    let isComplete = try SmallSignalAnalysis(equations, at: solution.x).run(
      frequencies, &sink, shouldStop: control.shouldStop)
    step.method = solution.method
    step.points = sink.points
    step.measures = sink.measures.finish(others: measured, temperature: circuit.temperature)
    return (step, isComplete)
  }

  /// `.noise`: spectral densities at the output and referred to the input.
  func noise(
    _ card: NoiseCard, _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    var step = AnalysisResult.Step(index: 0)
    let equations = try makeEquations(&step)
    let solution = try rest(equations, try OperatingPoint(equations, options))
    let frequencies = try FrequencyList.values(
      card.frequencies, data: card.data, in: circuit, at: card.origin)
    let measures = try MeasureSet(circuit.measures, analysis: .noise)
    var sink = NoiseSink(
      evaluator: try NoiseOutputEvaluator(circuit.outputs(of: .noise).map(\.value), equations),
      measured: try NoiseOutputEvaluator(measures.expressions, equations), stream: stream,
      measures: measures)
    let totals = try NoiseAnalysis(equations, at: solution.x, card).run(
      frequencies, &sink, shouldStop: control.shouldStop)
    step.method = solution.method
    step.points = sink.points
    step.noise = totals
    step.measures = sink.measures.finish(others: measured, temperature: circuit.temperature)
    return (step, totals.isComplete)
  }
}

private struct SmallSignalSink: SmallSignalObserver {
  let evaluator: ComplexOutputEvaluator
  let stream: any ResultStream
  var measures: MeasureSet
  let measured: ComplexOutputEvaluator
  var points = 0

  init(
    evaluator: ComplexOutputEvaluator, stream: any ResultStream, measures: MeasureSet,
    _ equations: CircuitEquations
  ) throws {
    self.evaluator = evaluator
    self.stream = stream
    self.measures = measures
    measured = try ComplexOutputEvaluator(measures.expressions, equations)
  }

  mutating func output(_ point: SmallSignalPoint) throws {
    let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
    if (0..<evaluator.count).contains(where: { evaluator.isComplex($0) }) {
      try stream.append(point.frequency, row.span)
    } else {
      let real = row.map(\.real)
      try stream.append(point.frequency, real.span)
    }
    points += 1
    // a plain complex quantity is measured by its magnitude
    let values = (0..<measured.count).map { index -> Double in
      let value = measured.value(index, at: point)
      return measured.isComplex(index) ? value.modulus : value.real
    }
    measures.record(abscissa: point.frequency, values: values.span)
  }
}

private struct NoiseSink: NoiseObserver {
  let evaluator: NoiseOutputEvaluator
  let measured: NoiseOutputEvaluator
  let stream: any ResultStream
  var measures: MeasureSet
  var points = 0

  mutating func output(_ point: NoisePoint) throws {
    let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
    try stream.append(point.frequency, row.span)
    points += 1
    let values = (0..<measured.count).map { measured.value($0, at: point) }
    measures.record(abscissa: point.frequency, values: values.span)
  }
}
