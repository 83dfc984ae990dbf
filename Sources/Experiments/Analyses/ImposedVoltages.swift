import Schematic

/// Node voltages at the start of a transient analysis with UIC: those of `.ic`, and those that
/// follow from them and ground by the `ic=` of diodes and transistors.
struct ImposedVoltages {
  /// By node; nil where nothing is said.
  private(set) var voltages: [Double?]

  init(_ circuit: Circuit) {
    voltages = Array(repeating: nil, count: circuit.nodeNames.count)
    voltages[0] = 0
    for entry in circuit.initialVoltages where entry.node > 0 {
      voltages[Int(entry.node)] = entry.voltage
    }
    var differences = circuit.instances.flatMap(Self.differences)
    // each pass settles a node at least, or is the last
    var isSettled = false
    while !isSettled {
      isSettled = true
      differences.removeAll { difference in
        let (high, low) = (Int(difference.high), Int(difference.low))
        if voltages[high] == nil, let known = voltages[low] {
          voltages[high] = known + difference.voltage
        } else if voltages[low] == nil, let known = voltages[high] {
          voltages[low] = known - difference.voltage
        } else {
          return voltages[high] != nil
        }
        isSettled = false
        return true
      }
    }
  }

  private typealias Difference = (high: Int32, low: Int32, voltage: Double)

  private static func differences(_ instance: Instance) -> [Difference] {
    func difference(_ name: String, _ high: Int, _ low: Int) -> Difference? {
      guard let voltage = instance.parameters[name]?.number,
        instance.terminals.indices.contains(max(high, low))
      else { return nil }
      return (instance.terminals[high], instance.terminals[low], voltage)
    }
    switch instance.device {
    case "D": return [difference("ic", 0, 1)].compactMap(\.self)
    case "M":
      let named = [("ic.vds", 0, 2), ("ic.vgs", 1, 2), ("ic.vbs", 3, 2)]
      return named.compactMap(difference)
    default: return []
    }
  }
}

extension Circuit {
  /// The circuit without the diodes and transistors that are to be off where the search for the
  /// operating point begins; nil where there are none.
  var withoutDevicesOff: Circuit? {
    let kept = instances.filter {
      !["D", "M"].contains($0.device) || $0.parameters["off"]?.number ?? 0 == 0
    }
    guard kept.count < instances.count else { return nil }
    var circuit = self
    circuit.instances = kept
    return circuit
  }
}
