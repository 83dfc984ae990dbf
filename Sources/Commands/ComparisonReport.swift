import Experiments

/// A comparison as text and as the JSON object of `--json`.
struct ComparisonReport {
  let comparison: FidelityComparison
  private var first: RecallResult { comparison.first }
  private var second: RecallResult { comparison.second }
  private var names: (String, String) { (first.fidelity.rawValue, second.fidelity.rawValue) }

  init(_ comparison: FidelityComparison) { self.comparison = comparison }

  var text: String {
    let title =
      "\(first.title)\n\n\(first.oscillatorCount) oscillators, \(comparison.pairs.count) trials at"
      + " \(names.0) and \(names.1) fidelity\n"
    return [title, trialTable, energyTable, verdictTable].joined(separator: "\n")
  }

  private var trialTable: String {
    var table = TextTable([
      ("image", .left), ("trial", .right), ("recalls the same", .right),
      ("phases apart, rad", .right), ("error, \(names.0)", .right), (names.1, .right),
      ("time to target, \(names.0)", .right), (names.1, .right),
    ])
    for pair in comparison.pairs {
      table.append([
        first.patterns.names[pair.pattern], "\(pair.trial)",
        pair.recalled.0 == pair.recalled.1 ? "yes" : "no",
        Quantity.text(pair.phaseDifference, digits: 2),
        Quantity.percent(pair.errorFinal.0), Quantity.percent(pair.errorFinal.1),
        Quantity.text(pair.timeToTarget.0, unit: "s", digits: 3),
        Quantity.text(pair.timeToTarget.1, unit: "s", digits: 3),
      ])
    }
    return table.text
  }

  private var energyTable: String {
    var table = TextTable([
      ("mean energy of the run", .left), (names.0, .right), (names.1, .right), ("ratio", .right),
    ])
    let (a, b) = (comparison.energies(first), comparison.energies(second))
    func row(_ name: String, _ a: Double, _ b: Double) -> [String] {
      [
        name, Quantity.text(a, unit: "J", digits: 4), Quantity.text(b, unit: "J", digits: 4),
        b == 0 ? "-" : Quantity.text(a / b, digits: 4),
      ]
    }
    for (term, name) in first.terms.enumerated() { table.append(row(name, a[term], b[term])) }
    table.append(row("all", a.reduce(0, +), b.reduce(0, +)))
    return table.text
  }

  private var verdictTable: String {
    var table = TextTable([
      ("", .left), ("difference", .right), ("allowed", .right), ("", .left),
    ])
    let same = comparison.recallsTheSame
    table.append([
      "recalled images", same ? "none" : "some", "none", same ? "agree" : "differ",
    ])
    for verdict in comparison.verdicts {
      func number(_ value: Double?) -> String {
        verdict.unit == "1"
          ? Quantity.percent(value) : Quantity.text(value, unit: verdict.unit, digits: 2)
      }
      table.append([
        verdict.what, number(verdict.difference), number(verdict.bound),
        verdict.difference == nil ? "not told" : verdict.agrees ? "agree" : "differ",
      ])
    }
    let sentence =
      comparison.agrees
      ? "The two fidelities agree.\n" : "The two fidelities do not agree on this deck.\n"
    return table.text + "\n" + sentence
  }

  // MARK: JSON

  var json: JSON {
    .object([
      "fidelities": .array([.text(names.0), .text(names.1)]),
      "agree": .bool(comparison.agrees),
      "recallsTheSame": .bool(comparison.recallsTheSame),
      "phaseDifference": .number(comparison.phaseDifference),
      "timeRatio": .optional(comparison.timeRatio),
      "energyRatio": .number(comparison.energyRatio),
      "energyToTargetRatio": .optional(comparison.energyToTargetRatio),
      "energy": .object(
        Dictionary(
          uniqueKeysWithValues: zip(
            first.terms,
            zip(comparison.energies(first), comparison.energies(second)).map {
              .array([.number($0), .number($1)])
            }))),
      "trials": .array(comparison.pairs.map(json)),
    ])
  }

  private func json(_ pair: FidelityComparison.Pair) -> JSON {
    .object([
      "pattern": .text(first.patterns.names[pair.pattern]), "trial": .integer(pair.trial),
      "recalledTheSame": .bool(pair.recalled.0 == pair.recalled.1),
      "phaseDifference": .number(pair.phaseDifference),
      "errorFinal": .array([.number(pair.errorFinal.0), .number(pair.errorFinal.1)]),
      "timeToTarget": .array([
        .optional(pair.timeToTarget.0), .optional(pair.timeToTarget.1),
      ]),
    ])
  }
}
