import Numerics
import Schematic

/// v(n+) - v(n-) = E(t); positive current flows into n+ and through the source to n-.
enum VoltageSource: Device {
  static let description = DeviceDescription(
    letter: "V", name: "voltage source",
    summary: "An independent voltage source; its current is positive from n+ through it to n-.",
    terminals: ["n+", "n-"],
    instanceParameters: Waveforms.parameters(unit: "V"),
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)",
    notes: notes)

  private static let notes = """
    v(n+) - v(n-) = E(t); the current i, positive into n+ and through the source to n-, is an
    unknown, so a battery that delivers has a negative current. \(Waveforms.notes)
    """
}

extension VoltageSource {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = VoltageSourceBank()
    var behavioural = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      if let expression = values.behavioural("dc") {
        let source = try IndependentSource(values, input)
        try behavioural.add(values, .voltage, expression, amplitude: source.amplitude)
        continue
      }
      let branch = layout.add(.current, instance: index, "current")
      layout.register(branch: branch, of: values.instance.name)
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + [branch],
        IndependentVoltage(source: try IndependentSource(values, input)))
    }
    return (bank.instances.isEmpty ? [] : [bank]) + behavioural.banks(isSource: true)
  }
}

/// v = E(t), with its current an unknown of its own.
struct IndependentVoltage: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let isLinear = true
  static let isSource = true
  static func couples(_ row: Int, _ column: Int) -> Bool { (row == 2) != (column == 2) }

  var source: IndependentSource

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, frame[2])
    frame.add(2, frame[0] - frame[1] - Scalar(source.value(frame.moment)))
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "dc", "dcv0": source.constant ?? 0
    case "v": source.value(frame.moment)
    case "i": frame[2]
    case "p": (frame[0] - frame[1]) * frame[2]
    default: nil
    }
  }
}

final class VoltageSourceBank: LocalBank {
  let store = LocalStore<IndependentVoltage>()

  func nextBreakpoint(after time: Double) -> Double {
    store.equations.reduce(.infinity) { min($0, $1.source.nextBreakpoint(after: time)) }
  }

  func excitation(_ add: (_ row: Int32, _ amplitude: Complex) -> Void) {
    for (k, equations) in store.equations.enumerated()
    where equations.source.amplitude != Complex(0) {
      add(store.unknown(2, of: k), equations.source.amplitude)
    }
  }

  func set(_ parameter: String, of k: Int, to value: Double) -> Bool {
    guard parameter == "dc" else { return false }
    store.equations[k].source.constant = value
    return true
  }
}
