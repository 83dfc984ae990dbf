import Experiments
import Schematic
import Sweep

/// What the values of a campaign's axes set in its deck.
struct SweepTargets: Sendable {
  private struct Axis: Sendable {
    var targets: [SweepAxis.Target]
    /// Of a table: what each row sets its columns to.
    var rows: [[Double]]?
  }

  private var axes: [String: Axis] = [:]

  /// - Parameter circuit: of the whole deck, with all that the axes name.
  init(_ axes: [CampaignAxis], _ circuit: Circuit) {
    for axis in axes {
      guard axis.unit == CampaignAxis.row else {
        // a name with a colon is of an element, a model or a call; one without is a parameter
        self.axes[axis.name] = Axis(
          targets: [SweepAxis.Target(column: axis.name, in: circuit)])
        continue
      }
      for case .data(let card) in circuit.cards where card.name == axis.name {
        self.axes[axis.name] = Axis(
          targets: card.columns.map { SweepAxis.Target(column: $0, in: circuit) }, rows: card.rows)
      }
    }
  }

  /// - Precondition: the values are of axes that were given.
  func settings(
    _ values: [(name: String, value: Double)]
  ) -> [(target: SweepAxis.Target, value: Double)] {
    values.flatMap { name, value -> [(target: SweepAxis.Target, value: Double)] in
      guard let axis = axes[name] else { preconditionFailure("no axis '\(name)'") }
      guard let rows = axis.rows else { return [(axis.targets[0], value)] }
      let row = rows[min(max(Int(value) - 1, 0), rows.count - 1)]
      return zip(axis.targets, row).map { (target: $0, value: $1) }
    }
  }
}
