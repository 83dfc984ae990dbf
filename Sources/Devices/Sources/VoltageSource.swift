import Numerics
import Schematic

/// v(n+) - v(n-) = E(t); positive current flows into n+ and through the source to n-.
enum VoltageSource: Device {
  static let description = DeviceDescription(
    letter: "V", name: "voltage source",
    summary: "An independent voltage source; its current is positive from n+ through it to n-.",
    terminals: ["n+", "n-"],
    instanceParameters: Waveforms.parameters(unit: "V"),
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)")
}

extension VoltageSource {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = VoltageSourceBank()
    for index in input.instances {
      let values = input.values(index)
      let branch = layout.add(.current, instance: index, "current")
      layout.register(branch: branch, of: values.instance.name)
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + [branch],
        FixedVoltage(voltage: values.number("dc")))
    }
    return [bank]
  }
}

/// v = E, with its current an unknown of its own.
struct FixedVoltage: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let isLinear = true
  static let isSource = true
  static func couples(_ row: Int, _ column: Int) -> Bool { (row == 2) != (column == 2) }

  var voltage: Double

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, frame[2])
    frame.add(2, frame[0] - frame[1] - Scalar(frame.moment.sourceFactor * voltage))
  }
}

final class VoltageSourceBank: LocalBank {
  var store = LocalStore<FixedVoltage>()
}
