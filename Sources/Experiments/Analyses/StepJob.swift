import Energy
import Schematic
import Simulation
import Waveforms

/// One analysis of one circuit: one step of a run.
struct StepJob {
  /// Unknowns up to which an operating point's stability is looked at before a transient analysis.
  private static let stabilityLimit = 2000

  let circuit: Circuit
  let analysis: AnalysisPlan.Analysis
  let variant: CircuitVariant
  let settings: [(SweepAxis.Target, Double)]
  let control: RunControl
  /// This step's number, and how many there are.
  let part: (index: Int, count: Int)

  /// - Throws: `Faults`, `AnalysisFailure`, `FileError`.
  func run(
    _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    switch analysis {
    case .tran(let card): try transient(card, stream, measured)
    case .op: try operatingPoint(stream, measured)
    case .dc(let card): try sweep(card, stream, measured)
    case .ac(let card): try smallSignal(card, stream, measured)
    case .noise(let card): try noise(card, stream, measured)
    case .pss(let card): try periodic(card, stream, measured)
    }
  }

  /// The circuit's equations, after a look at how it is connected.

  func makeEquations(
    printStep: Double = 1, stopTime: Double = 1, _ step: inout AnalysisResult.Step
  ) throws -> CircuitEquations {
    let equations = try CircuitEquations(
      circuit, printStep: printStep, stopTime: stopTime, seed: variant.seed)
    let faults = equations.topology.faults
    if part.index == 0 { step.warnings += faults }
    return equations
  }

  var options: SolverOptions { SolverOptions(circuit.options) }

  /// The operating point with the deck's `.ic` and `.nodeset`.
  func rest(
    _ equations: CircuitEquations, _ solver: OperatingPoint, startsTransient: Bool = false
  ) throws -> OperatingPoint.Solution {
    var guess = guessWithoutDevicesOff(equations)
    if !circuit.suggestedVoltages.isEmpty {
      // a suggestion that leads nowhere is only a suggestion
      guess = try? solver.solve(
        from: guess, holding: circuit.suggestedVoltages, startsTransient: startsTransient
      ).x
    }
    return try solver.solve(
      from: guess, holding: circuit.initialVoltages, startsTransient: startsTransient)
  }

  /// Where the search begins that some devices' `off` asks for: the state of rest without them.
  private func guessWithoutDevicesOff(_ equations: CircuitEquations) -> [Double]? {
    guard let rest = circuit.withoutDevicesOff, let others = try? CircuitEquations(rest),
      let x = try? OperatingPoint(others, options).solve().x
    else { return nil }
    var guess = [Double](repeating: 0, count: equations.unknownCount)
    for node in 0..<circuit.nodeNames.count - 1 { guess[node] = x[node] }
    return guess
  }

  private func transient(
    _ card: TransientCard, _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    var step = AnalysisResult.Step(index: 0)
    let equations = try makeEquations(
      printStep: card.printStep > 0 ? card.printStep : card.stopTime, stopTime: card.stopTime,
      &step)
    if circuit.wantsEnergies { equations.ledger = EnergyLedger(equations) }
    let progress = { (time: Double) in
      control.progress((Double(part.index) + time / card.stopTime) / Double(part.count))
    }
    var sink = try TransientSink(
      circuit.outputs(of: .tran), equations,
      measures: try MeasureSet(circuit.measures, analysis: .tran), fourier: circuit.fourierCards,
      stream: stream, progress: progress)
    let solver = try OperatingPoint(equations, options)
    let start: [Double]
    if card.skipsOperatingPoint {
      var given = [Double](repeating: 0, count: equations.unknownCount)
      for (node, voltage) in ImposedVoltages(circuit).voltages.enumerated().dropFirst() {
        if let voltage { given[node - 1] = voltage }
      }
      // the state after it counts as that of time 0: a millionth of a print step at most
      let span = card.printStep > 0 ? min(card.stopTime, 1000 * card.printStep) : card.stopTime
      start = try solver.impose(given, duration: 1e-9 * span).x
    } else {
      let solution = try rest(equations, solver, startsTransient: true)
      step.method = solution.method
      start = solution.x
      if circuit.initialVoltages.isEmpty, !circuit.givesInitialValues,
        equations.unknownCount <= Self.stabilityLimit,
        let unstable = EquilibriumStability(equations, at: start).instability()
      {
        step.notes.append(unstable.description)
      }
    }
    if let noise = try TransientNoiseOptions(circuit.options, at: card.origin) {
      _ = equations.restingPoint(start)
      equations.noise = TransientNoise(
        equations, noise, stopTime: card.stopTime, seed: variant.seed)
    }
    let run = TransientAnalysis(equations, card, options, shouldStop: control.shouldStop)
    let outcome = try run.run(from: start, &sink)
    step.statistics = outcome.statistics
    step.points = sink.points
    step.measures = sink.results(measured, temperature: circuit.temperature)
    step.harmonics = sink.harmonics()
    step.energy = outcome.energies.map { EnergyBalance($0, circuit) }
    if let residual = step.energy?.residual, abs(residual) > 1e-4 {
      step.notes.append(
        "the energy balance closes to \(abs(residual)) only: a smaller reltol or maximum step helps"
      )
    }
    return (step, outcome.isComplete)
  }

  private func operatingPoint(
    _ stream: any ResultStream, _ measured: [String: Double]
  ) throws -> (AnalysisResult.Step, isComplete: Bool) {
    var step = AnalysisResult.Step(index: 0)
    let equations = try makeEquations(&step)
    let evaluator = try OutputEvaluator(circuit.outputs(of: .op).map(\.value), equations)
    let solution = try rest(
      equations, try OperatingPoint(equations, options))
    let point = equations.restingPoint(solution.x)
    step.method = solution.method
    step.values = (0..<evaluator.count).map { evaluator.value($0, at: point) }
    step.points = 1
    try stream.append(0, step.values.span)
    var measures = try MeasureSet(circuit.measures, analysis: .op)
    let values = try OutputEvaluator(measures.expressions, equations)
    let row = (0..<values.count).map { values.value($0, at: point) }
    measures.record(abscissa: 0, values: row.span)
    step.measures = measures.finish(others: measured, temperature: circuit.temperature)
    return (step, true)
  }
}
