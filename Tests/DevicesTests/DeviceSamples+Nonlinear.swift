import Devices
import Foundation
import Schematic

/// Semiconductors, switches, lines and memristors.
extension DeviceSample {
  /// A sample for each model type and level of a device.
  private static func each(
    _ letter: String, _ sample: (DeviceDescription.Model) -> DeviceSample
  ) -> [DeviceSample] {
    (Catalogue.device(letter: letter)?.models ?? []).map(sample)
  }

  static let semiconductors: [DeviceSample] =
    each("D") {
      DeviceSample(
        "D", model: $0.type, level: $0.level,
        ["is": .number(1e-9), "rs": .number(2), "cjo": .number(1e-12)], swing: 0.5,
        stateSwing: 0.1, isPassive: false)
    } + each("M") { DeviceSample("M", model: $0.type, level: $0.level, isPassive: false) }

  static let voltageSwitches: [DeviceSample] =
    each("S") {
      DeviceSample("S", model: $0.type, level: $0.level, terminals: 4)
    } + [
      DeviceSample(
        "S",
        [
          "control": .expression(
            .binary(.add, Expression(number: 0.5), .unary(.tanh, .voltage(1, 0))))
        ], model: "vswitch", label: "expression")
    ]

  static let currentSwitches: [DeviceSample] = each("W") {
    DeviceSample(
      "W", ["control": .text("v1")], model: $0.type, level: $0.level,
      companions: [("V", "v1", [:])])
  }

  static let lines: [DeviceSample] = [
    DeviceSample("T", ["z0": .number(50), "td": .number(1e-9)], isPassive: false),
    DeviceSample("YDELAY", ["td": .number(1e-9)], conservesCurrent: false, isPassive: false),
  ]

  /// A table of speeds, as level 4 reads it.
  private static let table: String = {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("DeviceSamples.\(ProcessInfo.processInfo.processIdentifier)")
    try? "0 1\n0.5 0.8\n1 0.1\n".write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }()

  static let memristors: [DeviceSample] = each("YMEMRISTOR") {
    DeviceSample(
      "YMEMRISTOR", model: $0.type, level: $0.level,
      $0.level == 4 ? ["fxpdata": .text(table), "fxmdata": .text(table)] : [:], swing: 0.5,
      stateSwing: 0.5, isPassive: false)
  }

  // rates of the order of a precession's
  static let oscillators: [DeviceSample] = [
    DeviceSample("YSTO", model: "sto", level: 1, terminals: 2, swing: 0.5, rateSwing: 1e9),
    DeviceSample(
      "YSTO", ["detuning": .number(0.01), "m": .number(2)], model: "sto", level: 1,
      ["lfx": .number(0.5), "oey": .number(0.2), "beta": .number(0.1)], terminals: 4, swing: 0.5,
      rateSwing: 1e9, label: "with a field line"),
    DeviceSample(
      "YVORTEX", ["detuning": .number(0.01)], model: "vortex",
      ["px": .number(0.3), "fieldlike": .number(0.1)], swing: 0.5,
      rateSwing: 1e9),
    DeviceSample(
      "YSHO", model: "sho", ["eta": .number(0.5), "beta": .number(0.1), "bk": .number(0.2)],
      swing: 0.5, rateSwing: 1e9),
    DeviceSample("YIMT", model: "imt", ["width": .number(0.3)], rateSwing: 1e7),
    DeviceSample(
      "YOSC", ["detuning": .number(0.01)], model: "osc",
      [
        "f0": .number(1e6), "gammag": .number(1e5), "shift": .number(2e6), "q": .number(0.5),
        "gain": .number(1e5), "lag": .number(0.7), "offset": .number(0.1), "rout": .number(50),
      ], rateSwing: 1e6, conservesCurrent: false, isPassive: false),
  ]

  static let nonlinear =
    semiconductors + voltageSwitches + currentSwitches + lines + memristors + oscillators
}
