import Experiments
import Schematic
import Sweep

/// Finds the units of axes that are parameters of a deck, which have none of their own: where an
/// oscillator's current, its supply or the stop time is the parameter itself, at two of its values,
/// it has that unit.
struct AxisUnits {
  /// The axes, with the units that were found.
  private(set) var named: [CampaignAxis]

  init(_ axes: [CampaignAxis], _ elaborate: TrialBench.Elaborate, _ plan: RecallPlan) {
    named = axes
    let first = axes.map { (name: $0.name, value: $0.values.first ?? 0) }
    for index in axes.indices where axes[index].unit == nil {
      let other = axes[index].values.last { $0 != first[index].value }
      var units: [Set<String>] = []
      for value in [first[index].value, other ?? first[index].value * 1.01] {
        var point = first
        point[index].value = value
        let circuit = try? elaborate(point, 0).circuit
        units.append(circuit.map { Self.units(of: value, in: $0, plan) } ?? [])
      }
      let both = units[0].intersection(units[1])
      if both.count == 1 { named[index].unit = both.first }
    }
  }

  /// Units of the quantities that have this value.
  private static func units(
    of value: Double, in circuit: Circuit, _ plan: RecallPlan
  ) -> Set<String> {
    guard value != 0 else { return [] }
    var units = Set<String>()
    let source = circuit.synapses.first?.from.first
    let cell = circuit.cells.first { $0.terminals.first == source }
    for current in ["feedback", "bias"] where cell?.parameters[current] == value {
      units.insert("A")
    }
    let supply = circuit.instances.first { $0.name == plan.supplySource }
    if supply?.parameters["dc"]?.number == value { units.insert("V") }
    for case .recall(let card) in circuit.cards where card.stopTime == value { units.insert("s") }
    return units
  }
}
