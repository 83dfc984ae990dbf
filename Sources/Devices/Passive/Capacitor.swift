import Numerics
import Schematic

/// i = d(C v)/dt, or i = dq/dt of a charge given as an expression.
enum Capacitor: Device {
  static let description = DeviceDescription(
    letter: "C", name: "capacitor",
    summary: "A capacitor; its value, or its charge, may be an expression of circuit quantities.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "c", aliases: ["capacitance", "cap", "value"], unit: "F", kind: .behavioural,
        "Capacitance; computed from l and w of the model's film when absent."),
      Parameter(
        "q", unit: "C", kind: .behavioural, "Charge as an expression; replaces the capacitance."),
      Parameter("l", unit: "m", range: .positive, "Length of the plate."),
      Parameter(
        "w", unit: "m", range: .positive, "Width of the plate; the model's defw when absent."),
      Parameter("ic", unit: "V", "Voltage at the start of a transient analysis."),
      Parameter("scale", unit: "1", default: 1, "Factor on the capacitance."),
      Parameter("age", unit: "h", range: 1...Double.infinity, "Age, which lessens it."),
      Parameter(
        "d", unit: "1", default: 0.0233, "Part of the capacitance lost each tenfold of its age."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "capacitance; overrides the model's"),
    models: [film("c"), film("cap")],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)",
    notes: notes)

  private static let notes = """
    i = C(v) dv/dt from n+ to n-, with

        C = scale * m * c * (1 + tc1 dT + tc2 dT^2) (1 + vc1 v + vc2 v^2) (1 - d lg(age))
        c = cj (l - short) (w - narrow) + 2 cjsw (l - short + w - narrow)  where no value is given

    An expression as value is a capacitance C of any quantities, i = C dv/dt; with `q=` it is a
    charge, i = dq/dt. `ic` is imposed at the start of a transient analysis; with `q=` the voltages
    of `.ic` apply. The energy held is the integral of v dq, C v^2 / 2 for a constant one.

        C1 out 0 1p ic=0.5
        C2 out 0 Q={1p*v(out)+0.1p*v(out)^2}

    Quantities: `c`, `q`, `i`, `v`.
    """
  private static func film(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Capacitor between two layers.",
      parameters: [
        Parameter(
          "c", aliases: ["cap", "defc"], unit: "F",
          "Capacitance of instances that give neither value nor length."),
        Parameter("cj", unit: "F/m^2", default: 0, range: .nonnegative, "Capacitance per area."),
        Parameter(
          "cjsw", unit: "F/m", default: 0, range: .nonnegative,
          "Capacitance per length of the side wall."),
        Parameter("defw", unit: "m", default: 1e-6, range: .positive, "Width of a plate."),
        Parameter("defl", unit: "m", default: 0, range: .nonnegative, "Length of a plate."),
        Parameter(
          "narrow", unit: "m", default: 0, "Narrowing by side etching: taken from the width."),
        Parameter("short", unit: "m", default: 0, "Shortening: taken from the length."),
        Parameter(
          "vc1", unit: "1/V", default: 0, "Linear voltage coefficient of the capacitance."),
        Parameter(
          "vc2", unit: "1/V^2", default: 0, "Quadratic voltage coefficient of the capacitance."),
        Common.temperatureNominal,
      ] + Common.temperatureCoefficients(of: "capacitance"))
  }
}

extension Capacitor {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let linear = CapacitanceBank()
    let bent = VoltageCapacitanceBank()
    for index in input.instances {
      let values = input.values(index)
      guard values.behavioural("c") == nil, values.instance.parameters["q"] == nil else { continue }
      let capacitance = try capacitance(values) * factor(values)
      let terminals = values.instance.terminals
      let (vc1, vc2) = (values.modelWritten("vc1") ?? 0, values.modelWritten("vc2") ?? 0)
      let whole = Capacitance(capacitance: capacitance, initial: values.written("ic"))
      if vc1 == 0, vc2 == 0 {
        linear.store.append(instance: index, unknowns: terminals, whole)
      } else {
        bent.store.append(
          instance: index, unknowns: terminals,
          VoltageCapacitance(base: whole, linear: vc1, quadratic: vc2))
      }
    }
    return [linear, bent].filter { !$0.instances.isEmpty }
      + (try BehaviouralBank.capacitors(input, layout))
  }

  /// scale, m, temperature and age.
  static func factor(_ values: DeviceValues) -> Double {
    let aged = values.written("age").map { 1 - values.number("d") * decimalLogarithm($0) } ?? 1
    return values.number("scale") * values.number("m") * values.temperatureFactor * aged
  }

  /// The value written, or that of the film's area and edge.
  private static func capacitance(_ values: DeviceValues) throws -> Double {
    if let written = values.written("c") { return written }
    guard let length = values.written("l") ?? values.modelWritten("defl") else {
      if let whole = values.modelWritten("c") { return whole }
      throw Fault(
        "missing-value", "'\(values.instance.name)' has no capacitance",
        at: values.instance.origin, help: "give it a value, or l= and a model with cj")
    }
    let width = values.written("w") ?? values.modelWritten("defw") ?? 1e-6
    let shortened = length - (values.modelWritten("short") ?? 0)
    let narrowed = width - (values.modelWritten("narrow") ?? 0)
    return (values.modelWritten("cj") ?? 0) * shortened * narrowed
      + (values.modelWritten("cjsw") ?? 0) * 2 * (shortened + narrowed)
  }
}

/// i = C dv/dt.
struct Capacitance: LocalEquations {
  typealias Partials = SIMD2<Double>
  static let terminalCount = 2
  static let unknownCount = 2
  static let dissipates = false
  static let isLinear = true

  let capacitance: Double
  let initial: Double?

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, capacitance * rate(frame))
  }

  /// dv/dt, also while an initial voltage is imposed.
  @inline(__always)
  func rate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) -> Scalar {
    if let initial, frame.moment.initialRate > 0 {
      return frame.moment.initialRate * (frame[0] - frame[1] - Scalar(initial))
    }
    return frame.rate(0) - frame.rate(1)
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let voltage = frame[0] - frame[1]
    return capacitance * voltage * voltage / 2
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let voltage = frame[0] - frame[1]
    return switch name {
    case "c": capacitance
    case "v": voltage
    case "q": capacitance * voltage
    case "i": capacitance * rate(frame)
    default: nil
    }
  }
}

final class CapacitanceBank: LocalBank {
  let store = LocalStore<Capacitance>()
}

/// i = C (1 + vc1 v + vc2 v^2) dv/dt.
struct VoltageCapacitance: LocalEquations {
  typealias Partials = SIMD2<Double>
  static let terminalCount = 2
  static let unknownCount = 2
  static let dissipates = false

  let base: Capacitance
  let linear: Double
  let quadratic: Double

  private func slope<Scalar: RealScalar>(_ voltage: Scalar) -> Scalar {
    base.capacitance * (Scalar(1) + voltage * (Scalar(linear) + quadratic * voltage))
  }

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, slope(frame[0] - frame[1]) * base.rate(frame))
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  /// The integral of v C(v) dv.
  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let v = frame[0] - frame[1]
    return base.capacitance * v * v * (0.5 + v * (linear / 3 + v * quadratic / 4))
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    let v = frame[0] - frame[1]
    return switch name {
    case "c": slope(v)
    case "v": v
    case "q": base.capacitance * v * (1 + v * (linear / 2 + v * quadratic / 3))
    case "i": slope(v) * base.rate(frame)
    default: nil
    }
  }
}

final class VoltageCapacitanceBank: LocalBank {
  let store = LocalStore<VoltageCapacitance>()
}
