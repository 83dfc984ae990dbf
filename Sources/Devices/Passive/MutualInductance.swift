import Numerics
import Schematic

/// M = k sqrt(L1 L2) between every pair of the named inductors.
enum MutualInductance: Device {
  static let description = DeviceDescription(
    letter: "K", name: "mutual inductance",
    summary: "Magnetic coupling between two or more inductors, named instead of nodes.",
    terminals: [],
    instanceParameters: [
      Parameter(
        "k", aliases: ["coupling", "value"], unit: "1", range: -1...1, required: true,
        "Coupling coefficient; the sign follows the inductors' first terminals."),
      Parameter(
        "inductors", unit: "", kind: .text, required: true,
        "Names of the coupled inductors, separated by blanks."),
    ],
    source: "L. W. Nagel, SPICE2, memorandum ERL-M520, University of California, Berkeley (1975)",
    notes: notes)

  private static let notes = """
    For every pair of the inductors named,

        v1 = L1 di1/dt + M di2/dt,    v2 = M di1/dt + L2 di2/dt,    M = k sqrt(L1 L2)

    with currents into the first terminals. k = 1 is an ideal transformer with magnetising
    inductance. The energy reported is M i1 i2, summed over the pairs; it may be negative.

        K1 L1 L2 0.99
    """
}

extension MutualInductance {
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    [MutualInductanceBank(input)]
  }
}

/// Adds -M di/dt of the other inductors to the equation v - L di/dt = 0 of each coupled one.
final class MutualInductanceBank: Bank {
  /// One pair of coupled inductors.
  struct Pair {
    /// Index into `instances`.
    var owner: Int
    /// Current unknowns, which are also the rows.
    var first: Int32
    var second: Int32
    /// Henries.
    var mutual: Double
    /// Currents imposed at the start; nil takes the circuit's.
    var initial: (first: Double?, second: Double?)
  }

  let instances: [Int32]
  let isLinear = true
  private let input: BankInput
  private(set) var pairs: [Pair] = []
  private var firstEntry = 0
  private var slots: [Int32] = []

  init(_ input: BankInput) {
    instances = input.instances
    self.input = input
  }

  func connect(_ layout: EquationLayout) throws {
    var initial: [String: Double] = [:]
    for instance in input.circuit.instances where instance.device == "L" {
      guard let current = instance.parameters["ic"]?.number else { continue }
      initial[instance.name] = current * (instance.parameters["m"]?.number ?? 1)
    }
    var faults: [Fault] = []
    for (owner, index) in instances.enumerated() {
      let values = input.values(index)
      let names = (values.instance.parameters["inductors"]?.text ?? "").split(separator: " ")
        .map(String.init)
      var found: [(name: String, unknown: Int32, inductance: Double)] = []
      for name in names {
        if let inductor = layout.inductor(name) {
          found.append((name, inductor.unknown, inductor.inductance))
        } else {
          let origin = values.instance.parameters.origin(of: "inductors")
          faults.append(
            Fault(
              "unknown-element", "no inductor is named '\(name)'",
              at: origin ?? values.instance.origin))
        }
      }
      for (i, a) in found.enumerated() {
        for b in found[(i + 1)...] {
          let root = (Swift.abs(a.inductance) * Swift.abs(b.inductance)).squareRoot()
          pairs.append(
            Pair(
              owner: owner, first: a.unknown, second: b.unknown,
              mutual: (values.written("k") ?? 0) * root,
              initial: (initial[a.name], initial[b.name])))
        }
      }
    }
    guard faults.isEmpty else { throw Faults(faults) }
  }

  func declareEntries(_ layout: EquationLayout) {
    firstEntry = layout.entryCount
    for pair in pairs {
      layout.declare(row: pair.first, column: pair.second)
      layout.declare(row: pair.second, column: pair.first)
    }
  }

  func bind(_ all: [Int32]) {
    slots = Array(all[firstEntry..<firstEntry + 2 * pairs.count])
  }

  private func rate(_ unknown: Int32, _ initial: Double?, _ evaluation: Evaluation) -> Double {
    if let initial, evaluation.moment.initialRate > 0 {
      // currents that an operating point holds induce nothing
      if evaluation.moment.holdsStates { return 0 }
      return evaluation.moment.initialRate * (evaluation.values[Int(unknown)] - initial)
    }
    return evaluation.rates[Int(unknown)]
  }

  private func factor(_ initial: Double?, _ evaluation: Evaluation) -> Double {
    guard initial != nil, evaluation.moment.initialRate > 0 else { return evaluation.rateFactor }
    return evaluation.moment.holdsStates ? 0 : evaluation.moment.initialRate
  }

  func evaluate(_ evaluation: Evaluation) {
    for pair in pairs {
      evaluation.currents[Int(pair.first)] -=
        pair.mutual * rate(pair.second, pair.initial.second, evaluation)
      evaluation.currents[Int(pair.second)] -=
        pair.mutual * rate(pair.first, pair.initial.first, evaluation)
    }
  }

  func linearise(_ evaluation: Evaluation) {
    for (k, pair) in pairs.enumerated() {
      evaluation.conductances[Int(slots[2 * k])] -=
        pair.mutual * factor(pair.initial.second, evaluation)
      evaluation.conductances[Int(slots[2 * k + 1])] -=
        pair.mutual * factor(pair.initial.first, evaluation)
    }
  }

  /// It has no terminals.
  func terminalCurrents(
    _ k: Int, _ evaluation: Evaluation, into currents: UnsafeMutablePointer<Double>
  ) {}

  func terminalAdmittance(
    _ k: Int, _ terminal: Int, _ evaluation: Evaluation
  ) -> [AdmittanceTerm] { [] }

  var energyFlows: EnergyFlows { [] }

  func dissipation(_ k: Int, _ evaluation: Evaluation) -> Double { 0 }

  /// The pairs' share of the magnetic energy, M i1 i2: negative where the fields oppose.
  func storedEnergy(_ k: Int, _ evaluation: Evaluation) -> Double {
    pairs.reduce(0) { sum, pair in
      guard pair.owner == k else { return sum }
      return sum
        + pair.mutual * evaluation.values[Int(pair.first)] * evaluation.values[Int(pair.second)]
    }
  }

  func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double? {
    name == "k" ? input.values(instances[k]).written("k") : nil
  }
}
