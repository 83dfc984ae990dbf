import Schematic

extension NetworkPlan {
  /// The supply that the oscillator cells hang on, and its voltage: the one independent voltage
  /// source between a cell's port and ground.
  ///
  /// - Throws: `Faults` "no-supply" where no port of the cell has such a source.
  static func supply(
    _ circuit: Circuit, _ cells: [Cell]
  ) throws(Faults) -> (source: String, voltage: Double) {
    guard let cell = cells.first else { return ("", 0) }
    let ports = Set(cell.terminals.dropFirst(2))
    for instance in circuit.instances where instance.device == "V" {
      guard instance.terminals.count >= 2, let node = instance.terminals.first(where: { $0 != 0 }),
        instance.terminals.contains(0), ports.contains(node),
        case .number(let value)? = instance.parameters["dc"]
      else { continue }
      let voltage = instance.terminals[0] == node ? value : -value
      if voltage > 0, voltage.isFinite { return (instance.name, voltage) }
      throw Faults([
        Fault(
          "bad-supply", "the supply '\(instance.name)' gives \(voltage) V", at: instance.origin,
          help: "energy is accounted from a positive supply")
      ])
    }
    throw Faults([
      Fault(
        "no-supply", "no dc voltage source feeds cell '\(cell.name)'", at: cell.origin,
        help: "connect a supply to one of its ports: Vdd vdd 0 0.8")
    ])
  }
}
