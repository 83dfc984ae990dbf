import Numerics
import Schematic
import Simulation
import Waveforms

extension StepJob {
  /// `.pss`: the periodic steady state.
  func periodic(
    _ card: PeriodicSteadyStateCard, _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    var step = AnalysisResult.Step(index: 0)
    let stop = card.stabilisationTime ?? card.frequency.map { 100 / $0 } ?? 1
    let equations = try makeEquations(
      printStep: stop / 100, stopTime: max(stop, 1e-300), &step)
    let start = try beginning(equations, card, &step)
    let analysis = try PeriodicSteadyState(
      equations, card, options, shouldStop: control.shouldStop)
    guard
      let solution = try analysis.run(from: start.x, beside: start.unstable, isRest: start.isRest)
    else {
      return (step, false)
    }
    let evaluator = try OutputEvaluator(circuit.outputs(of: .pss).map(\.value), equations)
    try write(solution, card, evaluator, stream, &step)
    step.measures = try measure(solution, equations, measured)
    let rows = (0..<solution.orbit.stageCount).map { stage in
      let point = solution.point(atStage: stage)
      return (0..<evaluator.count).map { evaluator.value($0, at: point) }
    }
    let harmonics = (0..<evaluator.count).map { index in
      solution.harmonics(of: rows.map { $0[index] }, count: card.harmonicCount)
    }
    step.periodic = PeriodicSummary(
      solution, card, harmonics: harmonics, nodeCount: equations.layout.nodeCount)
    step.notes += notes(solution)
    return (step, true)
  }

  /// Where the transient analysis begins; whether that is an equilibrium; and of an oscillator how
  /// its equilibrium is left.
  private func beginning(
    _ equations: CircuitEquations, _ card: PeriodicSteadyStateCard,
    _ step: inout AnalysisResult.Step
  ) throws -> (x: [Double], unstable: UnstableEquilibrium?, isRest: Bool) {
    let solver = try OperatingPoint(equations, options)
    let isImposed =
      card.skipsOperatingPoint || !circuit.initialVoltages.isEmpty || circuit.givesInitialValues
    var unstable: UnstableEquilibrium?
    if isImposed, !card.isDriven, let x = try? solver.solve().x {
      unstable = EquilibriumStability(equations, at: x).instability()
    }
    if card.skipsOperatingPoint {
      var given = [Double](repeating: 0, count: equations.unknownCount)
      for (node, voltage) in ImposedVoltages(circuit).voltages.enumerated().dropFirst() {
        if let voltage { given[node - 1] = voltage }
      }
      let scale = card.stabilisationTime ?? card.frequency.map { 1 / $0 } ?? 1e-6
      let x = try solver.impose(given, duration: 1e-9 * max(scale, 1e-12)).x
      return (x, unstable, false)
    }
    let solution = try rest(equations, solver, startsTransient: true)
    step.method = solution.method
    if card.isDriven || isImposed { return (solution.x, unstable, false) }
    return (solution.x, EquilibriumStability(equations, at: solution.x).instability(), true)
  }

  /// One period at the solution's own points, or at as many as the card asks for.
  private func write(
    _ solution: PeriodicSolution, _ card: PeriodicSteadyStateCard, _ evaluator: OutputEvaluator,
    _ stream: any ResultStream, _ step: inout AnalysisResult.Step
  ) throws {
    func append(_ point: SolutionPoint, _ time: Double) throws {
      let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
      try stream.append(time, row.span)
      step.points += 1
    }
    if let count = card.pointCount {
      for k in 0...count {
        let point = solution.point(at: Double(k) / Double(count))
        try append(point, point.abscissa)
      }
      return
    }
    try append(solution.point(atStage: solution.orbit.stageCount - 1), 0)
    for stage in 0..<solution.orbit.stageCount {
      let point = solution.point(atStage: stage)
      try append(point, point.abscissa)
    }
  }

  private func measure(
    _ solution: PeriodicSolution, _ equations: CircuitEquations, _ measured: [String: Double]
  ) throws -> [MeasureResult] {
    var measures = try MeasureSet(circuit.measures, analysis: .pss)
    if measures.cards.isEmpty { return [] }
    let evaluator = try OutputEvaluator(measures.expressions, equations)
    let count = solution.orbit.stageCount
    for (number, stage) in ([count - 1] + Array(0..<count)).enumerated() {
      let point = solution.point(atStage: stage)
      let row = (0..<evaluator.count).map { evaluator.value($0, at: point) }
      measures.record(abscissa: number == 0 ? 0 : point.abscissa, values: row.span)
    }
    return measures.finish(others: measured, temperature: circuit.temperature)
  }

  private func notes(_ solution: PeriodicSolution) -> [String] {
    var notes: [String] = []
    if !solution.quality.isAccurate {
      notes.append(
        "the finest mesh leaves errors of \(solution.quality.periodError) in the period and "
          + "\(solution.quality.waveformError) in the waveforms: a larger tolerance= is met")
    }
    if solution.quality.neutralDirections > 0 {
      notes.append(
        "some deviations neither grow nor fade, as where a vector keeps its length: the orbit is "
          + "one of a family, beside where the transient analysis ended")
    }
    if let slowest = solution.multipliers.slowest, slowest.modulus > 1 + 1e-6 {
      notes.append(
        "the periodic steady state is unstable: a deviation grows by \(slowest.modulus) a period")
    }
    return notes
  }
}
