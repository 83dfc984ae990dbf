import Experiments
import Schematic
import Sweep

/// The axes that a deck's cards ask for.
struct SweepAxes {
  /// An axis, what each of its values sets, and where it stands.
  struct Axis {
    var axis: CampaignAxis
    /// One, or the columns of a table.
    var targets: [SweepAxis.Target]
    var origin: Origin
  }

  private(set) var axes: [Axis] = []
  /// Of the first `.sweep` that says so.
  private(set) var trials: Int?

  /// - Parameter counts: whether a card that stands there has its say.
  /// - Throws: `Faults` where something is varied twice.
  init(_ circuit: Circuit, _ counts: (Origin) -> Bool) throws(Faults) {
    for case .sweep(let card) in circuit.cards {
      trials = trials ?? card.trials
      guard counts(card.origin) else { continue }
      for axis in card.axes {
        add(axis.target, axis.spacing, axis.values, circuit, axis.origin)
      }
    }
    for case .step(let card) in circuit.cards where counts(card.origin) {
      for axis in card.axes {
        if case .data(let name) = axis.target {
          add(table: name, circuit, axis.origin)
        } else {
          add(axis.target, axis.spacing, axis.points.values, circuit, axis.origin)
        }
      }
    }
    var seen = Set<SweepAxis.Target>()
    var names = Set<String>()
    var faults: [Fault] = []
    for axis in axes {
      if !names.insert(axis.axis.name).inserted, axis.targets.allSatisfy({ !seen.contains($0) }) {
        faults.append(
          Fault("given-twice", "two axes are called '\(axis.axis.name)'", at: axis.origin))
      }
      for target in axis.targets where !seen.insert(target).inserted {
        faults.append(Fault("given-twice", "'\(target.name)' is swept twice", at: axis.origin))
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
  }

  private mutating func add(
    _ target: SweepAxis.Target, _ spacing: SweepCard.Spacing, _ values: [Double],
    _ circuit: Circuit, _ origin: Origin
  ) {
    let known = circuit.description(of: target)?.unit
    let unit =
      target == .temperature ? "degC" : known.flatMap { ["", "1"].contains($0) ? nil : $0 }
    axes.append(
      Axis(
        axis: CampaignAxis(name: target.name, unit: unit, spacing: spacing, values: values),
        targets: [target], origin: origin))
  }

  /// The rows of a table are whole numbers, so that designs pick among them.
  private mutating func add(table name: String, _ circuit: Circuit, _ origin: Origin) {
    for case .data(let card) in circuit.cards where card.name == name {
      axes.append(
        Axis(
          axis: CampaignAxis(
            name: name, unit: CampaignAxis.row, spacing: .whole,
            values: card.rows.indices.map { Double($0 + 1) }),
          targets: card.columns.map { SweepAxis.Target(column: $0, in: circuit) }, origin: origin))
    }
  }

  /// What is varied though a recall of this plan does not depend on it.
  func faults(_ plan: RecallPlan) -> [Fault] {
    axes.flatMap { axis in
      axis.targets.filter { !plan.depends(on: $0) }.map { target in
        Fault(
          "axis-without-effect",
          "'\(target.name)' has no effect at \(plan.fidelity) fidelity, where views stand for the"
            + " cells", at: axis.origin,
          help: "vary a parameter of the deck, the temperature or the dc value of"
            + " '\(plan.supplySource)'; fidelity=circuit simulates all of it")
      }
    }
  }
}

extension SweepAxis {
  /// What lies between two of its values.
  fileprivate var spacing: SweepCard.Spacing {
    switch points {
    case .linear: .linear
    case .decade, .octave: .logarithmic
    case .list, .rows: .list
    }
  }
}
