public import Schematic

extension Circuit {
  /// The same circuit with a source of zero volts in series with the first terminal of each device
  /// whose current an expression of another device asks for, where it has no current of its own
  /// among the unknowns. Nodes and instances are appended; those there were keep their places.
  public func withCurrentSensors() -> Circuit {
    var result = self
    var places: [String: Int] = [:]
    let asked = askedCurrents
    guard !asked.isEmpty else { return result }
    for (index, instance) in instances.enumerated() where asked.contains(instance.name) {
      places[instance.name] = index
    }
    var sensors: [String: String] = [:]
    for name in asked.sorted() {
      guard let index = places[name], instances[index].lacksBranch else { continue }
      let node = Int32(result.nodeNames.count)
      let sensor = "v.\(name).current"
      sensors[name] = sensor
      result.nodeNames.append("\(name).current")
      let outer = instances[index].terminals[0]
      result.instances[index].terminals[0] = node
      result.instances.append(
        Instance(
          name: sensor, device: "V", cell: instances[index].cell, terminals: [outer, node],
          parameters: ["dc": .number(0)], origin: instances[index].origin))
    }
    for index in instances.indices { result.instances[index].rename(currents: sensors) }
    return result
  }

  /// Names in `i()` of the expressions of all instances.
  private var askedCurrents: Set<String> {
    var names: Set<String> = []
    for instance in instances {
      for entry in instance.parameters.entries {
        guard case .expression(let expression) = entry.value else { continue }
        for probe in expression.probes where probe.function == "i" { names.formUnion(probe.names) }
      }
    }
    return names
  }
}

extension Instance {
  /// Whether the device's current is no unknown.
  fileprivate var lacksBranch: Bool {
    switch device {
    case "V", "E", "H", "L", "K": false
    case "B": parameters["v"] == nil
    default: !terminals.isEmpty
    }
  }

  fileprivate mutating func rename(currents: [String: String]) {
    for place in parameters.entries.indices {
      guard case .expression(var expression) = parameters.entries[place].value else { continue }
      for probe in expression.probes.indices where expression.probes[probe].function == "i" {
        expression.probes[probe].names = expression.probes[probe].names.map { currents[$0] ?? $0 }
      }
      parameters.entries[place].value = .expression(expression)
    }
  }
}
