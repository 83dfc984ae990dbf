import Experiments
import Schematic
import Simulation

/// What `oscine run` prints of circuit analyses: operating points, measures, harmonics, energies.
struct AnalysisReport {
  let circuit: Circuit
  let grid: StepGrid
  let results: [AnalysisResult]

  init(_ circuit: Circuit, _ grid: StepGrid, _ results: [AnalysisResult]) {
    self.circuit = circuit
    self.grid = grid
    self.results = results
  }

  /// One line a thing worth knowing that is neither result nor mistake.
  var notes: [String] { results.flatMap { $0.steps.flatMap(\.notes) } }

  var text: String {
    var lines = [circuit.title]
    for result in results {
      lines += ["", heading(result)]
      for step in result.steps {
        if !grid.axes.isEmpty { lines.append(label(step.index)) }
        lines += body(step, result)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func heading(_ result: AnalysisResult) -> String {
    let points = result.steps.reduce(0) { $0 + $1.points }
    let taken = result.steps.reduce(0) { $0 + ($1.statistics?.steps ?? 0) }
    var text = "\(result.kind.rawValue): \(points) points"
    if taken > 0 { text += ", \(taken) solver steps" }
    let ways = Set(result.steps.compactMap(\.method)).subtracting([.newton])
    if !ways.isEmpty {
      text += "; operating point by " + ways.map(\.rawValue).sorted().joined(separator: ", ")
    }
    return result.isComplete ? text : text + "; not complete"
  }

  /// "rload = 1000, temp = 27"
  private func label(_ index: Int) -> String {
    zip(grid.axes, grid.positions(index)).map { "\($0.name) = \(number($0.values[$1]))" }
      .joined(separator: ", ")
  }

  private func body(_ step: AnalysisResult.Step, _ result: AnalysisResult) -> [String] {
    var lines: [String] = []
    if result.kind == .op {
      lines += zip(result.labels, step.values).map { "  \($0) = \(number($1))" }
    }
    for measure in step.measures {
      guard let value = measure.value else {
        lines.append("  \(measure.name) failed: \(measure.failure ?? "")")
        continue
      }
      lines.append("  \(measure.name) = \(number(value))")
      if let table = measure.harmonics { lines += harmonics(table) }
    }
    for table in step.harmonics { lines += harmonics(table) }
    if let noise = step.noise { lines += totals(noise) }
    if let summary = step.periodic {
      lines += PeriodicReport(summary: summary, labels: result.labels, circuit: circuit).lines
    }
    if let energy = step.energy { lines += EnergyReport(energy).lines }
    return lines
  }

  private func harmonics(_ table: HarmonicTable) -> [String] {
    if let failure = table.failure { return ["  harmonics of \(table.label): \(failure)"] }
    var text = TextTable([
      ("harmonic", .right), ("Hz", .right), ("magnitude", .right), ("degrees", .right),
      ("relative", .right), ("degrees", .right),
    ])
    for harmonic in table.harmonics {
      text.append([
        String(harmonic.number), number(harmonic.frequency), number(harmonic.magnitude),
        number(harmonic.phase), number(harmonic.normalizedMagnitude),
        number(harmonic.normalizedPhase),
      ])
    }
    let distortion = Quantity.text(table.totalHarmonicDistortion) + " %"
    return ["  harmonics of \(table.label), distortion \(distortion)"]
      + text.text.split(separator: "\n").map { "  \($0)" }
  }

  /// The band's noise, and the devices that make most of it.
  private func totals(_ noise: NoiseTotals) -> [String] {
    var lines = [
      "  noise at the output \(number(noise.output.squareRoot())) V rms, "
        + "at the input \(number(noise.input.squareRoot())) rms"
    ]
    let largest = noise.contributions.sorted { $0.output > $1.output }.prefix(10)
    for share in largest where share.output > 0 {
      let name = circuit.instances[Int(share.instance)].name
      let part = Quantity.percent(share.output / noise.output)
      lines.append("    \(name) \(share.label): \(part)")
    }
    return lines
  }

  private func number(_ value: Double) -> String { Quantity.text(value, digits: 10) }

  var json: JSON {
    .object(["title": .text(circuit.title), "analyses": .array(results.map(json))])
  }

  private func json(_ result: AnalysisResult) -> JSON {
    .object([
      "analysis": .text(result.kind.rawValue), "file": .text(result.path),
      "complete": .bool(result.isComplete),
      "failure": result.failure.map { .text($0.description) } ?? .null,
      "steps": .array(result.steps.map { json($0, result) }),
    ])
  }

  private func json(_ step: AnalysisResult.Step, _ result: AnalysisResult) -> JSON {
    var fields: [(String, JSON)] = [("points", .number(Double(step.points)))]
    let position = zip(grid.axes, grid.positions(step.index)).map {
      ($0.name, JSON.number($0.values[$1]))
    }
    if !position.isEmpty { fields.append(("step", .object(.init(uniqueKeysWithValues: position)))) }
    if result.kind == .op {
      fields.append(("values", .object(Self.pairs(zip(result.labels, step.values)))))
    }
    fields.append(
      (
        "measures",
        .object(
          .init(
            step.measures.map { ($0.name, $0.value.map { .number($0) } ?? .null) },
            uniquingKeysWith: { $1 }))
      ))
    if let cost = step.statistics {
      fields.append(
        (
          "solver",
          .object([
            "steps": .integer(cost.steps), "restarts": .integer(cost.restarts),
            "residualEvaluations": .integer(cost.residualEvaluations),
            "jacobianEvaluations": .integer(cost.jacobianEvaluations),
            "refactorisations": .integer(cost.refactorisations),
            "newtonFailures": .integer(cost.nonlinearFailures),
            "errorTestFailures": .integer(cost.errorTestFailures),
          ])
        ))
    }
    if let summary = step.periodic {
      let report = PeriodicReport(summary: summary, labels: result.labels, circuit: circuit)
      fields.append(("periodic", report.json))
    }
    if let energy = step.energy { fields.append(("energy", EnergyReport(energy).json)) }
    return .object(.init(uniqueKeysWithValues: fields))
  }

  private static func pairs(_ values: Zip2Sequence<[String], [Double]>) -> [String: JSON] {
    .init(values.map { ($0, .number($1)) }, uniquingKeysWith: { $1 })
  }
}
