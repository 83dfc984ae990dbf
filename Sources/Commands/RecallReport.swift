import Energy
import Experiments

/// A recall's outcome as text and as the JSON object of `--json`.
struct RecallReport {
  let result: RecallResult
  private let summary: RecallSummary

  init(_ result: RecallResult) {
    self.result = result
    summary = result.summary
  }

  // MARK: Text

  var text: String {
    [setting, imageTable, comparison, energyTable, standIns].joined(separator: "\n")
  }

  private var setting: String {
    let noise =
      result.thermal
      ? "thermal noise at \(Quantity.text(result.temperature, digits: 4)) K, free-running"
        + " half-linewidth \(Quantity.text(result.phaseDiffusion / 2, digits: 3)) rad/s"
      : "no thermal noise"
    return """
      \(result.title)

      \(result.patterns.count) images of \(result.patterns.width) x \(result.patterns.height) \
      pixels on \(result.oscillatorCount) oscillators, \(result.fidelity.rawValue) fidelity, \
      coupling: \(result.operatorName)
      relaxation rate kappa \(Quantity.text(result.kappa, digits: 3)) /s, frequency \
      spread \(Quantity.text(result.spread / result.kappa, digits: 2)) kappa, \(noise)

      """
  }

  private var imageTable: String {
    var table = TextTable([
      ("image", .left), ("recalled", .right), ("probe", .right), ("final error", .right),
      ("time to target", .right), ("energy to target", .right),
    ])
    for pattern in result.patterns.names.indices {
      let own = result.summary(of: pattern)
      table.append(row(result.patterns.names[pattern], own))
    }
    table.append(row("all", summary))
    return table.text
  }

  private func row(_ name: String, _ summary: RecallSummary) -> [String] {
    [
      name, result.targetError == nil ? "-" : "\(summary.successes)/\(summary.trials)",
      Quantity.percent(summary.errorInitial),
      Quantity.percent(summary.errorFinal),
      Quantity.text(summary.timeToTarget, unit: "s", digits: 3),
      Quantity.text(summary.energyToTarget, unit: "J", digits: 3),
    ]
  }

  /// The published system beside this one: N. Prasad et al., Neuromorph. Comput. Eng. 2, 034003.
  private var comparison: String {
    let interval = summary.successInterval
    var lines = [
      result.targetError == nil
        ? "no target: the deck's .recall has no stop="
        : "\(Quantity.percent(summary.successRate)) of \(summary.trials) trials stay below"
          + " \(Quantity.percent(result.targetError)) (95 % interval"
          + " \(Quantity.percent(interval.lowerBound)) to \(Quantity.percent(interval.upperBound)))"
    ]
    var table = TextTable([
      ("medians over trials", .left), ("error", .right), ("time", .right), ("energy", .right),
    ])
    table.append([
      "this run, to the target", Quantity.percent(result.targetError),
      Quantity.text(summary.timeToTarget, unit: "s", digits: 3),
      Quantity.text(summary.energyToTarget, unit: "J", digits: 3),
    ])
    table.append([
      "this run, at its end", Quantity.percent(summary.errorFinal),
      Quantity.text(result.stopTime, unit: "s", digits: 3),
      Quantity.text(summary.energy.reduce(0, +), unit: "J", digits: 3),
    ])
    table.append(["published (Prasad et al. 2022)", "5 %", "5 us", "130 nJ"])
    lines += [table.text]
    return lines.joined(separator: "\n")
  }

  private var energyTable: String {
    var table = TextTable([
      ("mean energy by consumer", .left), ("to target", .right), ("whole run", .right),
      ("mean power", .right),
    ])
    let reached = result.trials.compactMap(\.energyToTarget)
    for (term, name) in result.terms.enumerated() {
      let toTarget =
        reached.isEmpty ? nil : reached.reduce(0) { $0 + $1[term] } / Double(reached.count)
      table.append([
        name, Quantity.text(toTarget, unit: "J", digits: 3),
        Quantity.text(mean(term), unit: "J", digits: 3),
        Quantity.text(mean(term) / result.stopTime, unit: "W", digits: 3),
      ])
    }
    let total = result.terms.indices.reduce(0) { $0 + mean($1) }
    let all = reached.isEmpty ? nil : reached.joined().reduce(0, +) / Double(reached.count)
    table.append([
      "all", Quantity.text(all, unit: "J", digits: 3), Quantity.text(total, unit: "J", digits: 3),
      Quantity.text(total / result.stopTime, unit: "W", digits: 3),
    ])
    return table.text
  }

  private func mean(_ term: Int) -> Double {
    result.trials.reduce(0) { $0 + $1.energy[term] } / Double(max(1, result.trials.count))
  }

  private var standIns: String {
    guard !result.standIns.isEmpty else {
      return "Every constant that these figures rest on was measured on the deck's cells.\n"
    }
    var table = TextTable([("stand-in", .left), ("value", .right), ("", .left)])
    for one in result.standIns {
      table.append([one.name, Quantity.text(one.value), one.unit == "1" ? "" : one.unit])
    }
    return "These figures rest on declared constants (sources in the views file and recall.nc):\n"
      + table.text
  }

  // MARK: JSON

  var json: JSON {
    .object([
      "fidelity": .text(result.fidelity.rawValue),
      "seed": .integer(Int(clamping: result.seed)),
      "reachedStop": .bool(result.reachedStop),
      "standIns": .array(result.standIns.map(json)),
      "trials": .array(result.trials.map(json)),
      "summary": summaryJSON,
    ])
  }

  private func json(_ standIn: StandIn) -> JSON {
    .object([
      "name": .text(standIn.name), "value": .number(standIn.value), "unit": .text(standIn.unit),
      "source": .text(standIn.source),
    ])
  }

  private func json(_ trial: RecallTrial) -> JSON {
    .object([
      "pattern": .text(result.patterns.names[trial.pattern]),
      "trial": .integer(trial.trial),
      "success": result.targetError == nil ? .null : .bool(trial.success),
      "errorInitial": .number(trial.errorInitial),
      "errorFinal": .number(trial.errorFinal),
      "timeToTarget": .optional(trial.timeToTarget),
      "energyToTarget": .optional(trial.energyToTarget?.reduce(0, +)),
      "energy": byTerm(trial.energy),
      "overlaps": .array(trial.overlaps.map { .number($0) }),
      "orderParameter": .number(trial.orderParameter),
    ])
  }

  private var summaryJSON: JSON {
    .object([
      "trials": .integer(summary.trials),
      "successRate": result.targetError == nil ? .null : .optional(summary.successRate),
      "successInterval": result.targetError == nil
        ? .null
        : .array([
          .number(summary.successInterval.lowerBound),
          .number(summary.successInterval.upperBound),
        ]),
      "errorInitial": .optional(summary.errorInitial),
      "errorFinal": .optional(summary.errorFinal),
      "timeToTarget": .optional(summary.timeToTarget),
      "energyToTarget": .optional(summary.energyToTarget),
      "energy": byTerm(summary.energy),
      "relaxationRate": .number(result.kappa),
      "spread": .number(result.spread),
      "phaseDiffusion": .number(result.phaseDiffusion),
      "coupling": .text(result.operatorName),
    ])
  }

  private func byTerm(_ values: [Double]) -> JSON {
    .object(Dictionary(uniqueKeysWithValues: zip(result.terms, values.map { .number($0) })))
  }
}
