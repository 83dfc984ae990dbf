import Numerics
import Schematic

/// v = d(L i)/dt.
enum Inductor: Device {
  static let description = DeviceDescription(
    letter: "L", name: "inductor",
    summary: "An inductor; K elements couple inductors magnetically.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "l", aliases: ["inductance", "value"], unit: "H", kind: .behavioural,
        "Inductance; the model's when absent."),
      Parameter("ic", unit: "A", "Current at the start of a transient analysis."),
      Parameter(
        "nt", unit: "1", range: .nonnegative, "Number of turns, in place of the model's."),
      Parameter("scale", unit: "1", default: 1, "Factor on the inductance."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "inductance; overrides the model's"),
    models: [coil("l"), coil("ind")],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)",
    notes: notes)

  private static let notes = """
    v = L(i) di/dt, the current i from n+ to n- an unknown, with

        L = scale / m * l * (1 + tc1 dT + tc2 dT^2) (1 + il1 i + il2 i^2)
        l = mu0 mu nt^2 csect / length             where no value is given

    A value and a model's `l` are multiplied. The energy held is the integral of i L di; that of
    coupled inductors, M i1 i2, is reported by the K element. At an operating point v = 0.

        L1 a b 1m ic=2m

    Quantities: `l`, `i`, `v`, `flux`.
    """
  private static func coil(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Coil, by its inductance or by its turns and shape.",
      parameters: [
        Parameter(
          "l", aliases: ["ind"], unit: "H", default: 1, "Inductance, or factor on the instance's."),
        Parameter("csect", unit: "m^2", default: 0, range: .nonnegative, "Cross section."),
        Parameter("dia", unit: "m", default: 0, range: .nonnegative, "Diameter."),
        Parameter("length", unit: "m", default: 0, range: .nonnegative, "Length of the coil."),
        Parameter("nt", unit: "1", default: 0, range: .nonnegative, "Number of turns."),
        Parameter("mu", unit: "1", default: 1, range: .positive, "Relative permeability."),
        Parameter(
          "il1", unit: "1/A", default: 0, "Linear current coefficient of the inductance."),
        Parameter(
          "il2", unit: "1/A^2", default: 0, "Quadratic current coefficient of the inductance."),
        Common.temperatureNominal,
      ] + Common.temperatureCoefficients(of: "inductance"))
  }
}

extension Inductor {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let bank = InductanceBank()
    for index in input.instances {
      let values = input.values(index)
      guard values.behavioural("l") == nil else { continue }
      let name = values.instance.name
      let inductance = try inductance(values) * factor(values)
      let branch = layout.add(
        inductance == 0 ? .current : .inductorCurrent, instance: index, "current")
      layout.register(inductor: name, branch: branch, inductance: inductance)
      let multiplicity = values.number("m")
      bank.store.append(
        instance: index, unknowns: values.instance.terminals + [branch],
        Inductance(
          inductance: inductance, linear: (values.modelWritten("il1") ?? 0) / multiplicity,
          quadratic: (values.modelWritten("il2") ?? 0) / (multiplicity * multiplicity),
          initial: values.written("ic").map { $0 * multiplicity }))
    }
    return (bank.instances.isEmpty ? [] : [bank])
      + (try BehaviouralBank.inductors(input, layout))
  }

  /// scale, m and temperature.
  static func factor(_ values: DeviceValues) -> Double {
    values.number("scale") / values.number("m") * values.temperatureFactor
  }

  /// The value written times the model's factor, or mu0 mu nt^2 csect / length.
  private static func inductance(_ values: DeviceValues) throws -> Double {
    if let written = values.written("l") { return written * (values.modelWritten("l") ?? 1) }
    let turns = values.written("nt") ?? values.modelWritten("nt") ?? 0
    let length = values.modelWritten("length") ?? 0
    var area = values.modelWritten("csect") ?? 0
    if let diameter = values.modelWritten("dia"), diameter > 0 {
      area = Double.pi / 4 * diameter * diameter
    }
    if turns > 0, length > 0, area > 0 {
      let permeability = 4e-7 * Double.pi * (values.modelWritten("mu") ?? 1)
      return permeability * turns * turns * area / length
    }
    if let whole = values.modelWritten("l") { return whole }
    throw Fault(
      "missing-value", "'\(values.instance.name)' has no inductance", at: values.instance.origin,
      help: "give it a value, or a model with l, or with nt, csect and length")
  }
}

/// v = L (1 + il1 i + il2 i^2) di/dt, its current an unknown.
struct Inductance: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let dissipates = false
  static func couples(_ row: Int, _ column: Int) -> Bool { row == 2 || column == 2 }

  let inductance: Double
  let linear: Double
  let quadratic: Double
  let initial: Double?

  private func slope<Scalar: RealScalar>(_ current: Scalar) -> Scalar {
    inductance * (Scalar(1) + current * (Scalar(linear) + quadratic * current))
  }

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, frame[2])
    var rate = frame.rate(2)
    if let initial, frame.moment.initialRate > 0 {
      rate = frame.moment.initialRate * (frame[2] - Scalar(initial))
    }
    let isStraight = linear == 0 && quadratic == 0
    let fall = isStraight ? inductance * rate : slope(frame[2]) * rate
    frame.add(2, frame[0] - frame[1] - fall)
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { 0 }

  /// The integral of i L(i) di.
  func storedEnergy(_ frame: LocalFrame<Double>) -> Double {
    let i = frame[2]
    return inductance * i * i * (0.5 + i * (linear / 3 + i * quadratic / 4))
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    switch name {
    case "l": slope(frame[2])
    case "i": frame[2]
    case "v": frame[0] - frame[1]
    case "flux":
      inductance * frame[2] * (1 + frame[2] * (linear / 2 + frame[2] * quadratic / 3))
    default: nil
    }
  }
}

final class InductanceBank: LocalBank {
  let store = LocalStore<Inductance>()
  var isLinear: Bool { store.equations.allSatisfy { $0.linear == 0 && $0.quadratic == 0 } }
}
