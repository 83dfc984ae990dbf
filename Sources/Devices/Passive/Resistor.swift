import Numerics
import Schematic

/// v = R i, with R a number, an expression, or a strip of a film of known sheet resistance.
enum Resistor: Device {
  static let description = DeviceDescription(
    letter: "R", name: "resistor",
    summary: "A resistor; its value may be an expression of circuit quantities.",
    terminals: ["n+", "n-"],
    instanceParameters: [
      Parameter(
        "r", aliases: ["resistance", "value"], unit: "ohm", kind: .behavioural,
        "Resistance; computed from l and w of the model's film when absent."),
      Parameter("l", unit: "m", range: .positive, "Length of the strip."),
      Parameter(
        "w", unit: "m", range: .positive, "Width of the strip; the model's defw when absent."),
      Parameter(
        "ac", unit: "ohm", "Resistance in small-signal analyses; r when absent."),
      Parameter(
        "scale", unit: "1", default: 1, "Factor on the resistance."),
      Parameter(
        "noisy", unit: "1", default: 1, range: .fraction, kind: .flag,
        "Whether thermal noise is generated."),
      Common.multiplicity, Common.temperature, Common.temperatureDifference,
    ] + Common.temperatureCoefficients(of: "resistance; overrides the model's") + [
      Parameter(
        "tce", unit: "%/K",
        "Exponential temperature coefficient; replaces tc1 and tc2 when given.")
    ],
    models: [film("r"), film("res")],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)",
    notes: notes)

  private static let notes = """
    i = v / R, from n+ to n-, with

        R = scale / m * r * (1 + tc1 dT + tc2 dT^2)        or * 1.01^(tce dT)
        r = rsh (l - short) / (w - narrow)                 where no value is given

    dT is the device's temperature less tnom. A resistance below 1e-6 ohm, zero included, has its
    current as an unknown, v = R i; a negative one feeds the circuit and counts as a source in the
    energy balance. An expression gives R at each instant, also with the current as an unknown.
    With `ac=`, small-signal analyses take that resistance, multiplied by the same factors.

    Noise: 4 k T / R thermal, unless `noisy=0`, and kf |i|^af / f flicker.

        R1 in out 10k tc1=1m
        R2 out 0 R={1k*(1+v(c)^2)}
        R3 a b film l=100u w=2u

    Quantities: `r`, `g`, `i`, `v`, `p`.
    """
  private static func film(_ type: String) -> DeviceDescription.Model {
    DeviceDescription.Model(
      type: type, summary: "Resistor of a film or diffusion.",
      parameters: [
        Parameter(
          "r", aliases: ["res", "defr", "resistance"], unit: "ohm",
          "Resistance of instances that give neither value nor length."),
        Parameter("rsh", unit: "ohm", range: .nonnegative, "Sheet resistance."),
        Parameter("defw", unit: "m", default: 1e-5, range: .positive, "Width of a strip."),
        Parameter("defl", aliases: ["l"], unit: "m", range: .positive, "Length of a strip."),
        Parameter(
          "narrow", aliases: ["dw"], unit: "m", default: 0,
          "Narrowing by side etching: taken from the width."),
        Parameter(
          "short", aliases: ["dlr"], unit: "m", default: 0, "Shortening: taken from the length."),
        Parameter("kf", unit: "1", default: 0, range: .nonnegative, "Flicker noise coefficient."),
        Parameter("af", unit: "1", default: 1, range: .nonnegative, "Flicker noise exponent."),
        Common.temperatureNominal,
      ] + Common.temperatureCoefficients(of: "resistance")
        + [
          Parameter(
            "tce", unit: "%/K",
            "Exponential temperature coefficient; replaces tc1 and tc2 when given.")
        ])
  }
}

extension Resistor {
  /// Below this, in ohms, the current is an unknown: a conductance would swamp its neighbours.
  static let leastResistance = 1e-6

  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    let positive = ConductanceBank(isSource: false)
    let negative = ConductanceBank(isSource: true)
    let small = SmallResistanceBank()
    let twofold = SmallSignalResistanceBank()
    for index in input.instances {
      let values = input.values(index)
      guard values.behavioural("r") == nil else { continue }
      let film = try ResistanceFilm(values)
      let terminals = values.instance.terminals
      if let alternative = values.written("ac") {
        let branch = layout.add(.current, instance: index, "current")
        layout.register(branch: branch, of: values.instance.name)
        twofold.store.append(
          instance: index, unknowns: terminals + [branch],
          SmallSignalResistance(
            resistance: film.resistance, alternative: alternative * ResistanceFilm.factor(values),
            noise: film.noise))
      } else if Swift.abs(film.resistance) < leastResistance {
        let branch = layout.add(.current, instance: index, "current")
        layout.register(branch: branch, of: values.instance.name)
        small.store.append(
          instance: index, unknowns: terminals + [branch],
          SmallResistance(resistance: film.resistance))
      } else {
        let bank = film.resistance < 0 ? negative : positive
        bank.store.append(
          instance: index, unknowns: terminals, Conductance(conductance: 1 / film.resistance))
        bank.noise.append(film.noise)
      }
    }
    return [positive, negative, small, twofold].filter { !$0.instances.isEmpty }
      + (try BehaviouralBank.resistors(input, layout))
  }
}

/// i = G v.
struct Conductance: LocalEquations {
  typealias Partials = SIMD2<Double>
  static let terminalCount = 2
  static let unknownCount = 2
  static let isLinear = true

  let conductance: Double

  @inline(__always)
  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, conductance * (frame[0] - frame[1]))
  }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    Resistor.quantity(name, frame[0] - frame[1], conductance * (frame[0] - frame[1]))
      ?? (name == "r" ? 1 / conductance : name == "g" ? conductance : nil)
  }
}

/// Those of negative resistance are a bank of their own, for they feed the circuit.
final class ConductanceBank: LocalBank {
  let store = LocalStore<Conductance>()
  var noise: [ResistorNoise] = []
  let isSource: Bool

  init(isSource: Bool) { self.isSource = isSource }

  func dissipation(_ k: Int, _ evaluation: Evaluation) -> Double {
    isSource ? 0 : store.withFrame(k, evaluation) { $0.dissipation($1) }
  }

  var noiseCount: Int { 2 * noise.count }

  func noise(_ evaluation: Evaluation, into sources: UnsafeMutablePointer<NoiseSource>) {
    for k in noise.indices {
      let conductance = store.equations[k].conductance
      let unknowns = store.unknowns(of: k)
      let voltage = evaluation.values[Int(unknowns[0])] - evaluation.values[Int(unknowns[1])]
      var list = NoiseList(
        sources + 2 * k, unknowns.baseAddress.unsafelyUnwrapped, instance: store.instances[k])
      noise[k].append(conductance: conductance, current: conductance * voltage, to: &list)
    }
  }
}

/// v = R i, its current an unknown.
struct SmallResistance: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let isLinear = true
  static func couples(_ row: Int, _ column: Int) -> Bool { row == 2 || column == 2 }

  let resistance: Double

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    frame.flow(from: 0, to: 1, frame[2])
    frame.add(2, frame[0] - frame[1] - resistance * frame[2])
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { resistance * frame[2] * frame[2] }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    Resistor.quantity(name, frame[0] - frame[1], frame[2])
      ?? (name == "r" ? resistance : name == "g" ? 1 / resistance : nil)
  }
}

final class SmallResistanceBank: LocalBank {
  let store = LocalStore<SmallResistance>()
}

/// v = R i with another R in small-signal analyses.
struct SmallSignalResistance: LocalEquations {
  typealias Partials = SIMD4<Double>
  static let terminalCount = 2
  static let unknownCount = 3
  static let isLinear = true
  static func couples(_ row: Int, _ column: Int) -> Bool { row == 2 || column == 2 }

  let resistance: Double
  let alternative: Double
  let noise: ResistorNoise

  func evaluate<Scalar: RealScalar>(_ frame: LocalFrame<Scalar>) {
    let value = frame.moment.frequency == nil ? resistance : alternative
    frame.flow(from: 0, to: 1, frame[2])
    frame.add(2, frame[0] - frame[1] - value * frame[2])
  }

  func dissipation(_ frame: LocalFrame<Double>) -> Double { resistance * frame[2] * frame[2] }

  func quantity(_ name: String, _ frame: LocalFrame<Double>) -> Double? {
    Resistor.quantity(name, frame[0] - frame[1], frame[2]) ?? (name == "r" ? resistance : nil)
  }

  static var noiseCount: Int { 2 }

  func noise(_ frame: LocalFrame<Double>, into sources: inout NoiseList) {
    // in time, a small-signal resistance is none: what makes noise is what conducts
    let inTime = frame.moment.analysis == .transient && frame.moment.frequency == nil
    let conductance = 1 / (inTime ? resistance : alternative)
    noise.append(conductance: conductance, current: frame[2], to: &sources)
  }
}

final class SmallSignalResistanceBank: LocalBank {
  let store = LocalStore<SmallSignalResistance>()
}

extension Resistor {
  /// What may be asked of every resistor.
  static func quantity(_ name: String, _ voltage: Double, _ current: Double) -> Double? {
    switch name {
    case "v": voltage
    case "i": current
    case "p": voltage * current
    default: nil
    }
  }
}
