import Numerics
import Schematic

/// A current J(t) from n+ through the source to n-.
enum CurrentSource: Device {
  static let description = DeviceDescription(
    letter: "I", name: "current source",
    summary: "An independent current source; positive current flows from n+ through it to n-.",
    terminals: ["n+", "n-"],
    instanceParameters: Waveforms.parameters(unit: "A"),
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)",
    notes: notes)

  private static let notes = """
    The current J(t), times m, flows from n+ through the source to n-. \(Waveforms.notes)
    """
}

extension CurrentSource {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = CurrentSourceBank()
    var behavioural = BehaviouralMaker(input, layout)
    for index in input.instances {
      let values = input.values(index)
      let source = try IndependentSource(values, input, multiplicity: values.number("m"))
      if let expression = values.behavioural("dc") {
        try behavioural.add(
          values, .current, expression, scale: values.number("m"), amplitude: source.amplitude)
        continue
      }
      bank.store.append(
        instance: index, unknowns: values.instance.terminals, IndependentCurrent(source: source))
      bank.multiplicities.append(values.number("m"))
    }
    return (bank.instances.isEmpty ? [] : [bank]) + behavioural.banks(isSource: true)
  }
}

/// i = J(t).
struct IndependentCurrent: LocalEquations {
  typealias Partials = SIMD2<Double>
  static let terminalCount = 2
  static let unknownCount = 2
  static let isLinear = true
  static let isSource = true
  static func couples(_ row: Int, _ column: Int) -> Bool { false }

  /// Multiplied by m.
  var source: IndependentSource

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, Scalar(source.value(frame.moment)))
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let current = source.value(frame.moment)
    return switch name {
    case "v": frame[0] - frame[1]
    case "i": current
    case "p": (frame[0] - frame[1]) * current
    default: nil
    }
  }
}

final class CurrentSourceBank: LocalBank {
  let store = LocalStore<IndependentCurrent>()
  var multiplicities: [Double] = []

  func nextBreakpoint(after time: Double) -> Double {
    store.equations.reduce(.infinity) { min($0, $1.source.nextBreakpoint(after: time)) }
  }

  func excitation(_ add: (_ row: Int32, _ amplitude: Complex) -> Void) {
    for (k, equations) in store.equations.enumerated()
    where equations.source.amplitude != Complex(0) {
      add(store.unknown(0, of: k), Complex(0) - equations.source.amplitude)
      add(store.unknown(1, of: k), equations.source.amplitude)
    }
  }

  func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double? {
    if name == "dc" || name == "dcv0" {
      return (store.equations[k].source.constant ?? 0) / multiplicities[k]
    }
    return store.withFrame(k, evaluation) { $0.quantity(name, $1) }
  }

  func set(_ parameter: String, of k: Int, to value: Double) -> Bool {
    guard parameter == "dc" else { return false }
    store.equations[k].source.constant = multiplicities[k] * value
    return true
  }
}
