import Devices

/// An operating point by name: node voltages, branch currents and states, quantities of devices.
public struct OperatingPointReport: Sendable {
  public struct Entry: Sendable, Hashable {
    /// "x1.out", "current of v1".
    public var name: String
    /// Volts, amperes or the state's own unit.
    public var value: Double
  }

  public struct Device: Sendable, Hashable {
    /// Hierarchical, lower case.
    public var name: String
    /// "resistor".
    public var kind: String
    /// In the order of `quantityNames`: those that the device has.
    public var quantities: [Entry]
    /// Watts turned into heat; nil of a source.
    public var dissipation: Double?
  }

  /// Ground left out.
  public let nodes: [Entry]
  /// The unknowns that devices add.
  public let branches: [Entry]
  /// In the order of the deck.
  public let devices: [Device]

  /// What is asked of every device, with the field's names.
  public static let quantityNames = [
    "v", "i", "p", "r", "g", "c", "l", "q", "flux", "x", "state", "vd", "id", "gd", "ig", "is",
    "ib", "vgs", "vds", "vbs", "vbd", "vth", "vdsat", "gm", "gds", "gmbs", "cgs", "cgd", "cgb",
    "cbs", "cbd", "cd", "mx", "my", "mz", "v1", "i1", "v2", "i2", "control", "value",
  ]

  /// - Parameter x: the operating point, ground removed.
  public init(_ equations: CircuitEquations, at x: [Double]) {
    let circuit = equations.circuit
    let count = equations.layout.nodeCount
    nodes = (1..<max(1, count)).map { Entry(name: circuit.nodeNames[$0], value: x[$0 - 1]) }
    branches = (count..<max(count, x.count + 1)).map {
      Entry(name: equations.name(of: $0), value: x[$0 - 1])
    }
    let evaluation = equations.restingPoint(x).evaluation
    var found: [(instance: Int32, device: Device)] = []
    for bank in equations.banks {
      for (k, instance) in bank.instances.enumerated() {
        let own = circuit.instances[Int(instance)]
        let quantities = Self.quantityNames.compactMap { name in
          bank.quantity(name, of: k, evaluation).map { Entry(name: name, value: $0) }
        }
        found.append(
          (
            instance,
            Device(
              name: own.name, kind: Catalogue.device(letter: own.device)?.name ?? own.device,
              quantities: quantities,
              dissipation: bank.isSource ? nil : bank.dissipation(k, evaluation))
          ))
      }
    }
    devices = found.sorted { $0.instance < $1.instance }.map(\.device)
  }
}
