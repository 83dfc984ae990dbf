import Devices
import Schematic
import Testing

/// A device with representative parameters, for the tests that every device must pass. A new
/// device or model level is one line in `all`.
struct DeviceSample: CustomTestStringConvertible, Sendable {
  var letter: String
  var parameters: ParameterList
  var model: String?
  var level: Int?
  var modelParameters: ParameterList
  /// Terminals connected; those that must be written, where it is not said.
  var terminalCount: Int
  /// Other elements that it refers to, on nodes of their own.
  var companions: [(letter: String, name: String, parameters: ParameterList)]
  /// Largest magnitude of terminal voltages, volts.
  var swing: Double
  /// Largest magnitude of own unknowns and of all rates.
  var stateSwing: Double
  var rateSwing: Double
  /// What flows in flows out; not for devices that refer to ground.
  var conservesCurrent: Bool
  /// Power is dissipated or stored, dissipation never negative.
  var isPassive: Bool
  var label: String

  init(
    _ letter: String, _ parameters: ParameterList = [:], model: String? = nil, level: Int? = nil,
    _ modelParameters: ParameterList = [:], terminals: Int? = nil,
    companions: [(letter: String, name: String, parameters: ParameterList)] = [],
    swing: Double = 2, stateSwing: Double = 1, rateSwing: Double = 1e3,
    conservesCurrent: Bool = true, isPassive: Bool = true, label: String = ""
  ) {
    self.letter = letter
    self.parameters = parameters
    self.model = model
    self.level = level
    self.modelParameters = modelParameters
    terminalCount = terminals ?? Catalogue.device(letter: letter)?.terminals.count ?? 2
    self.companions = companions
    self.swing = swing
    self.stateSwing = stateSwing
    self.rateSwing = rateSwing
    self.conservesCurrent = conservesCurrent
    self.isPassive = isPassive
    self.label = label
  }

  var testDescription: String {
    "\(letter) \(model ?? "") \(level.map { "level \($0)" } ?? "") \(label)"
  }

  /// Whether it stands for a model type and level of the catalogue.
  func represents(_ type: DeviceDescription.Model) -> Bool {
    model == type.type && level == type.level
  }
}

extension DeviceSample {
  static let listed = passives + sources + controlled + behavioural + nonlinear
  static let all = listed.filter(\.isSimulated)

  /// Whether there are circuit equations; the reduced fidelities know devices that have none.
  var isSimulated: Bool {
    do {
      _ = try DeviceBench([self])
    } catch let faults as Faults {
      return !faults.list.allSatisfy { $0.identifier == "not-simulated" }
    } catch {}
    return true
  }

  static let passives: [DeviceSample] = [
    DeviceSample("R", ["r": .number(50), "tc1": .number(1e-3), "temp": .number(60)]),
    DeviceSample("R", ["r": .number(1e-9)], label: "vanishing"),
    DeviceSample("R", ["r": .number(10), "ac": .number(20)], label: "ac"),
    DeviceSample("R", ["r": .number(-50)], isPassive: false, label: "negative"),
    DeviceSample("R", ["l": .number(1e-4)], model: "r", ["rsh": .number(20)]),
    DeviceSample("R", ["l": .number(1e-4)], model: "res", ["rsh": .number(20)]),
    DeviceSample("C", ["c": .number(1e-6)]),
    DeviceSample(
      "C", ["c": .number(1e-6)], model: "c", ["vc1": .number(0.05), "vc2": .number(0.02)]),
    DeviceSample(
      "C", ["l": .number(1e-3)], model: "cap", ["cj": .number(1e-2), "defw": .number(1e-3)]),
    DeviceSample("L", ["l": .number(1e-3)]),
    DeviceSample(
      "L", ["l": .number(1e-3)], model: "l", ["il1": .number(0.05), "il2": .number(0.02)]),
    DeviceSample(
      "L", model: "ind", ["nt": .number(30), "csect": .number(1e-4), "length": .number(0.02)]),
    DeviceSample(
      "K", ["k": .number(0.9), "inductors": .text("l1 l2 l3")],
      companions: [
        ("L", "l1", ["l": .number(1e-3)]), ("L", "l2", ["l": .number(4e-3)]),
        ("L", "l3", ["l": .number(2e-3)]),
      ], isPassive: false),
  ]

  static let sources: [DeviceSample] = [
    DeviceSample("V", ["dc": .number(3), "ac.mag": .number(1)], isPassive: false),
    DeviceSample(
      "V",
      [
        "waveform": .text("sin"), "sin.vo": .number(1), "sin.va": .number(2),
        "sin.freq": .number(1e3),
      ], isPassive: false, label: "sin"),
    DeviceSample("I", ["dc": .number(1e-3), "ac.mag": .number(1)], isPassive: false),
  ]

  private static let twoControls: ParameterList = [
    "poly": .numbers([1e-3, 2, -3, 0.5, 0.25, -0.125, 0.1])
  ]
  private static let controls: [(letter: String, name: String, parameters: ParameterList)] = [
    ("V", "v1", [:]), ("V", "v2", [:]),
  ]

  static let controlled: [DeviceSample] = [
    DeviceSample("E", ["gain": .number(3)], terminals: 4, isPassive: false),
    DeviceSample("E", twoControls, terminals: 6, isPassive: false, label: "poly"),
    DeviceSample(
      "E",
      [
        "table.input": .expression(.voltage(1, 2)), "table.points": .numbers([-5, 1, 0, 2, 5, -1]),
      ],
      isPassive: false, label: "table"),
    DeviceSample("G", ["gain": .number(3)], terminals: 4, isPassive: false),
    DeviceSample("G", twoControls, terminals: 6, isPassive: false, label: "poly"),
    DeviceSample(
      "G", ["value": .expression(.unary(.sin, .voltage(1, 2)))], isPassive: false, label: "value"),
    DeviceSample(
      "F", ["gain": .number(3), "control": .text("v1")], companions: controls, isPassive: false),
    DeviceSample(
      "F", ["poly": twoControls["poly"]!, "control": .text("v1 v2")], companions: controls,
      isPassive: false, label: "poly"),
    DeviceSample(
      "H", ["gain": .number(3), "control": .text("v2")], companions: controls, isPassive: false),
    DeviceSample(
      "H", ["poly": twoControls["poly"]!, "control": .text("v1 v2")], companions: controls,
      isPassive: false, label: "poly"),
  ]

  /// 50 + v^2, in the units that the element wants.
  private static func square(_ base: Double, _ factor: Double) -> ParameterValue {
    let v = Expression.voltage(1, 2)
    return .expression(
      .binary(
        .add, Expression(number: base),
        .binary(.multiply, Expression(number: factor), .binary(.multiply, v, v))))
  }

  static let behavioural: [DeviceSample] = [
    DeviceSample("R", ["r": square(50, 1)], label: "expression"),
    DeviceSample("C", ["c": square(1e-6, 1e-7)], label: "expression"),
    DeviceSample(
      "C", ["q": .expression(.unary(.tanh, .voltage(1, 2)))], swing: 1, label: "charge"),
    DeviceSample("L", ["l": square(1e-3, 0)], label: "expression"),
    DeviceSample("V", ["dc": .expression(.unary(.exp, .voltage(1, 2)))], isPassive: false),
    DeviceSample("I", ["dc": .expression(.unary(.exp, .voltage(1, 2)))], isPassive: false),
    DeviceSample("B", ["v": .expression(.unary(.ddt, .voltage(1, 2)))], isPassive: false),
    DeviceSample(
      "B", ["i": .expression(.unary(.sdt, .unary(.sinh, .voltage(1, 2))))], isPassive: false),
    DeviceSample(
      "B",
      ["i": .expression(.binary(.pow, .unary(.exp, .voltage(1, 0)), .voltage(2, 0)))],
      swing: 1, isPassive: false, label: "power"),
    DeviceSample(
      "B",
      [
        "i": .expression(
          .binary(.multiply, .binary(.less, .voltage(1, 2), .voltage(2, 0)), .voltage(1, 0)))
      ], isPassive: false, label: "comparison"),
  ]
}
