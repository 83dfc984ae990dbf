import Numerics

/// The control of a switch: the difference of two unknowns, or one unknown and ground.
struct SwitchControl: Sendable {
  var positive: Int32
  var negative: Int32 = 0
}

/// A switch that closes when its control exceeds threshold + hysteresis and opens when it falls
/// below threshold - hysteresis.
struct HysteresisSwitch: Sendable {
  var terminals: (Int32, Int32)
  var control: SwitchControl
  var closeAbove: Double
  var openBelow: Double
  /// Siemens, multiplicity included.
  var on: Double
  var off: Double
  var startsClosed: Bool

  /// How far from a threshold counts as at it. An event is found only to rounding, on either side;
  /// so a switch that opens does so three margins lower, and what has just closed cannot open again
  /// at the same instant though both thresholds are equal.
  var margin: Double { max(1e-12, 1e-9 * max(abs(closeAbove), abs(openBelow))) }

  /// Positive while the switch keeps the state it is in.
  func distance(_ control: Double, closed: Bool) -> Double {
    closed ? control - (openBelow - 3 * margin) : closeAbove - control
  }

  func controlValue(_ evaluation: Evaluation) -> Double {
    evaluation.values[Int(control.positive)] - evaluation.values[Int(control.negative)]
  }
}

/// Switches with a discrete state, held between two calls of `settle`.
///
/// Source: ngspice 39, User Manual, section 4.8 (sw and csw).
final class HysteresisSwitchBank: Bank {
  private(set) var instances: [Int32] = []
  private(set) var switches: [HysteresisSwitch] = []
  private(set) var closed: [Bool] = []
  /// Kelvin, of the circuit: the noise of the resistance.
  let temperature: Double
  private var sources: [ControllingSource?] = []
  private var firstEntry = 0
  private var slots: [Int32] = []

  init(temperature: Double) { self.temperature = temperature }

  func append(
    _ instance: Int32, _ value: HysteresisSwitch, _ source: ControllingSource? = nil
  ) {
    sources.append(source)
    instances.append(instance)
    switches.append(value)
    closed.append(value.startsClosed)
  }

  func connect(_ layout: EquationLayout) throws {
    for (k, source) in sources.enumerated() {
      if let source { switches[k].control.positive = try source.unknown(layout) }
    }
  }

  func conductance(_ k: Int) -> Double { closed[k] ? switches[k].on : switches[k].off }

  private func voltage(_ k: Int, _ evaluation: Evaluation) -> Double {
    let (a, b) = switches[k].terminals
    return evaluation.values[Int(a)] - evaluation.values[Int(b)]
  }

  func declareEntries(_ layout: EquationLayout) {
    firstEntry = layout.entryCount
    for one in switches {
      let (a, b) = one.terminals
      for (row, column) in [(a, a), (a, b), (b, a), (b, b)] {
        layout.declare(row: row, column: column)
      }
    }
  }

  func bind(_ all: [Int32]) {
    slots = Array(all[firstEntry..<firstEntry + 4 * switches.count])
  }

  func evaluate(_ evaluation: Evaluation) {
    for k in switches.indices {
      let current = conductance(k) * voltage(k, evaluation)
      evaluation.currents[Int(switches[k].terminals.0)] += current
      evaluation.currents[Int(switches[k].terminals.1)] -= current
    }
  }

  func linearise(_ evaluation: Evaluation) {
    for k in switches.indices {
      let g = conductance(k)
      evaluation.conductances[Int(slots[4 * k])] += g
      evaluation.conductances[Int(slots[4 * k + 1])] -= g
      evaluation.conductances[Int(slots[4 * k + 2])] -= g
      evaluation.conductances[Int(slots[4 * k + 3])] += g
    }
  }

  func terminalCurrents(
    _ k: Int, _ evaluation: Evaluation, into currents: UnsafeMutablePointer<Double>
  ) {
    currents[0] = conductance(k) * voltage(k, evaluation)
    currents[1] = -currents[0]
  }

  func terminalAdmittance(
    _ k: Int, _ terminal: Int, _ evaluation: Evaluation
  ) -> [AdmittanceTerm] {
    let g = terminal == 0 ? conductance(k) : -conductance(k)
    return [
      AdmittanceTerm(unknown: switches[k].terminals.0, conductance: g, capacitance: 0),
      AdmittanceTerm(unknown: switches[k].terminals.1, conductance: -g, capacitance: 0),
    ]
  }

  func dissipation(_ k: Int, _ evaluation: Evaluation) -> Double {
    let v = voltage(k, evaluation)
    return conductance(k) * v * v
  }

  func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double? {
    switch name {
    case "r": 1 / conductance(k)
    case "g": conductance(k)
    case "state": closed[k] ? 1 : 0
    case "control": switches[k].controlValue(evaluation)
    default: nil
    }
  }

  var eventCount: Int { switches.count }

  /// Falls through zero where the switch leaves the state it is in.
  func events(_ evaluation: Evaluation, into values: UnsafeMutablePointer<Double>) {
    for (k, one) in switches.enumerated() {
      let control = one.controlValue(evaluation)
      values[k] = one.distance(control, closed: closed[k])
    }
  }

  func settle(_ evaluation: Evaluation) -> Bool {
    var changed = false
    for (k, one) in switches.enumerated() {
      let control = one.controlValue(evaluation)
      if one.distance(control, closed: closed[k]) <= one.margin {
        closed[k].toggle()
        changed = true
      }
    }
    return changed
  }

  func resetDiscreteState() {
    for k in switches.indices { closed[k] = switches[k].startsClosed }
  }

  var noiseCount: Int { switches.count }

  func noise(_ evaluation: Evaluation, into sources: UnsafeMutablePointer<NoiseSource>) {
    for k in switches.indices {
      let (from, to) = switches[k].terminals
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { rows in
        rows[0] = from
        rows[1] = to
        var list = NoiseList(sources + k, rows.baseAddress!, instance: instances[k])
        list.append(
          "thermal", from: 0, to: 1,
          white: 4 * JunctionPhysics.boltzmann * temperature * conductance(k))
      }
    }
  }
}
