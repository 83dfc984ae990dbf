import Schematic
import Simulation

/// One cell with sources at its ports.
struct TestBench {
  var circuit: Circuit

  /// - Parameter temperature: kelvin.
  init(
    _ cell: CellUnderTest, _ parameters: [(name: String, value: Double)] = [],
    temperature: Double = CharacterisationSettings.temperature
  ) throws {
    circuit = try cell.elaborate(parameters)
    circuit.temperature = temperature - 273.15
  }

  /// Index of a top-level node.
  func node(_ name: String) -> Int32 { Int32(circuit.nodeNames.firstIndex(of: name) ?? 0) }

  /// A parameter of the cell, as elaborated.
  func parameter(_ name: String) -> Double? { circuit.cells.first?.parameters[name] }

  /// The first instance of a device.
  func instance(_ device: String) -> Instance? {
    circuit.instances.first { $0.device == device }
  }

  /// A voltage source "v<node>" from a node to ground.
  mutating func drive(_ node: String, _ parameters: ParameterList) {
    circuit.instances.append(
      Instance(
        name: "v" + node, device: "V", terminals: [self.node(node), 0], parameters: parameters,
        origin: .none))
  }

  mutating func hold(_ node: String, at voltage: Double) {
    drive(node, ["dc": .number(voltage)])
  }

  /// A square wave from 0 to `high`; its first rise is a quarter of a period late.
  mutating func toggle(_ node: String, to high: Double, period: Double, edge: Double) {
    drive(
      node,
      [
        "waveform": .text("pulse"), "pulse.v1": .number(0), "pulse.v2": .number(high),
        "pulse.td": .number(period / 4 - edge / 2), "pulse.tr": .number(edge),
        "pulse.tf": .number(edge), "pulse.pw": .number(period / 2 - edge),
        "pulse.per": .number(period),
      ])
  }

  static func voltage(_ node: String) -> Expression { probe("v", node) }
  static func current(_ instance: String) -> Expression { probe("i", instance) }
  static func quantity(_ name: String) -> Expression { probe("n", name) }

  private static func probe(_ function: String, _ name: String) -> Expression {
    var expression = Expression()
    expression.append(probe: .init(function: function, names: [name], origin: .none))
    return expression
  }
}
