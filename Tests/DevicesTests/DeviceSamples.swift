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
  static let all = passives + sources

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
}
