// The energy ledger of one transient analysis. With v the terminals' voltages and i the currents
// into them, every instance has
//
//     integral of v i dt = heat + change of stored energy
//
// Kirchhoff's laws make the left sides add up to zero (B. D. H. Tellegen, Philips Research Reports
// 7 (1952) 259), sources' v i being the opposite of what they supply. Powers of sources, heat and
// what flows into stores that depend on the way are integrated over every step of the solver, along
// its own polynomial; other stores are read from the state at the start and at the end, by a
// formula that knows nothing of the integration. So the balance tells how well it kept the energy.
//
// The solver's quadratures (IDAS) are not used: they integrate by the formula of the step, whose
// order falls to 1 wherever the voltages happen to be straight lines, as along every ramp of a
// source, and the power is none; under error control they need to know beforehand which energy is
// small.
//
// A jump is crossed by vanishing steps outside the solver (ConsistentStart.swift); their powers are
// summed here. What the jump loses for good, as when a stepped source meets a capacitor, is an
// account of its own.

import Devices
import Integration
import Schematic

/// Integrates the energies of all instances of one circuit; for one analysis.
public final class EnergyLedger {
  /// What is integrated for one bank: for each flow a run of `count` numbers from its place on.
  private struct Part {
    let bank: any Bank
    let count: Int
    var absorbed = -1
    var dissipated = -1
    var drifting = -1
    /// Whether stored energies at start and end count.
    let hasStore: Bool
    /// Of the instances' energies, in `startEnergies`.
    let firstEnergy: Int
  }

  /// How many integrals there are.
  public let count: Int
  private var parts: [Part] = []
  private let instanceCount: Int
  /// Instances of a kind that stands for hardware feeding the circuit: V and I.
  private let isIndependent: [Bool]

  /// Joules so far, and over the jump at hand.
  private var integrals: [Double]
  private var jump: [Double]
  private var powers: [Double]
  /// Joules of the last step by either rule, and the powers where it began.
  private var step: [Double]
  private var chord: [Double]
  private var powersBefore: [Double]
  private var energies: [Double]
  private var startEnergies: [Double]
  private var energyBefore = 0.0
  private var impulses = 0.0
  /// What sources gave, whatever they took back; and their integrals a step ago.
  private var delivered = 0.0
  private var absorbedBefore: [Double]
  /// Held at the end of the last step.
  private var heldBefore = 0.0
  private var stepMaximum = Double.infinity

  public init(_ equations: CircuitEquations) {
    var next = 0
    var energyCount = 0
    for bank in equations.banks {
      let flows = bank.energyFlows
      var part = Part(
        bank: bank, count: bank.instances.count,
        hasStore: !bank.isSource && !bank.storesAbsorbedPower, firstEnergy: energyCount)
      func place(_ flow: EnergyFlows) -> Int {
        guard flows.contains(flow) else { return -1 }
        defer { next += part.count }
        return next
      }
      part.absorbed = place(.absorbed)
      part.dissipated = place(.dissipated)
      part.drifting = place(.drifting)
      energyCount += part.count
      parts.append(part)
    }
    count = next
    instanceCount = equations.circuit.instances.count
    isIndependent = equations.circuit.instances.map { $0.device == "V" || $0.device == "I" }
    integrals = Array(repeating: 0, count: next)
    jump = integrals
    absorbedBefore = integrals
    powers = integrals
    step = integrals
    chord = integrals
    powersBefore = integrals
    energies = Array(repeating: 0, count: energyCount)
    startEnergies = energies
  }

  /// Writes the integrands, `count` numbers in watts.
  func integrands(_ evaluation: Evaluation, into values: UnsafeMutablePointer<Double>) {
    for part in parts {
      if part.absorbed >= 0 {
        part.bank.absorbedPowers(evaluation, into: values + part.absorbed)
      }
      if part.dissipated >= 0 {
        part.bank.dissipations(evaluation, into: values + part.dissipated)
      }
      if part.drifting >= 0 {
        part.bank.driftPowers(evaluation, into: values + part.drifting)
      }
    }
  }

  /// The energy that all stores with a formula hold, its parts left in `energies`.
  private func readEnergies(_ evaluation: Evaluation, all: Bool = false) -> Double {
    energies.withUnsafeMutableBufferPointer { energies in
      guard let place = energies.baseAddress else { return 0 }
      for part in parts {
        if part.hasStore || all {
          part.bank.storedEnergies(evaluation, into: place + part.firstEnergy)
        } else {
          (place + part.firstEnergy).update(repeating: 0, count: part.count)
        }
      }
      return energies.reduce(0, +)
    }
  }
}

/// What the integration is held to.
extension EnergyLedger {
  /// Steps' local errors are held smaller by this factor than without a ledger: what a formula of
  /// backward differentiation loses in a step is otherwise too much for a balance of 1e-4.
  private static let tightening = 0.0034
  /// Below this, rounding decides on steps.
  private static let finest = 1e-11
  /// The error of the balance in one step that shortens the next, relative to what has flowed.
  private static let stepTolerance = 3e-7

  func tightened(_ usual: ImplicitTolerances) -> ImplicitTolerances {
    // not the absolute ones: a coil's voltage is a rate of its current, whose rounding over a short
    // step soon exceeds what they would allow, and then no step is short enough
    var tight = usual
    tight.relative = max(tight.relative * Self.tightening, min(tight.relative, Self.finest))
    return tight
  }

  /// Gauss and Legendre on [0, 1]: exact for powers of the fifth degree in time.
  private static let points: [(place: Double, weight: Double)] = [
    (0.1127016653792583, 5.0 / 18), (0.5, 8.0 / 18), (0.8872983346207417, 5.0 / 18),
  ]

  /// Compares what the last step moved: where its polynomial breaks the balance, as that of a
  /// diode's current between two points of a ramp, the next steps are to be shorter.
  ///
  /// Over a jump of the equations themselves, as where Meyer's capacitances change places, no
  /// polynomial obeys Kirchhoff's laws between the step's ends. There the trapezoidal rule counts,
  /// which looks at the ends alone.
  private func judge(_ evaluation: Evaluation, length: Double) {
    let held = readEnergies(evaluation)
    let stored = held - heldBefore
    heldBefore = held
    evaluate(evaluation)
    let error = abs(stored + step.reduce(0, +))
    if error > Self.stepTolerance * max(delivered, abs(startEnergies.reduce(0, +))) {
      stepMaximum = 0.5 * length
      for k in step.indices { chord[k] = 0.5 * length * (powersBefore[k] + powers[k]) }
      if abs(stored + chord.reduce(0, +)) < error { swap(&step, &chord) }
    } else {
      stepMaximum *= 1.5
    }
    swap(&powersBefore, &powers)
  }

  /// The longest next step, seconds, between given bounds.
  func stepMaximum(from least: Double, to most: Double) -> Double {
    stepMaximum = min(max(stepMaximum, least), most)
    return stepMaximum
  }

  /// Adds the energies of the solver's last step, which began at `start`.
  func follow(_ solver: some TimeStepper, from start: Double, _ equations: CircuitEquations) {
    if count == 0 { return }
    let (end, within) = (solver.time, solver.lastStep)
    let begin = max(start, within.lowerBound)
    let time = equations.moment.time
    for k in step.indices { step[k] = 0 }
    for (place, weight) in Self.points {
      let time = min(begin + place * (end - begin), within.upperBound)
      equations.load(solver, at: time)
      add(weight * (end - begin), equations.pointEvaluation, to: &step)
    }
    solver.withState { x, rates, _ in equations.loadPoint(end, x, rates) }
    judge(equations.pointEvaluation, length: end - begin)
    for k in integrals.indices { integrals[k] += step[k] }
    for part in parts where part.absorbed >= 0 {
      for k in part.absorbed..<part.absorbed + part.count {
        delivered += max(0, absorbedBefore[k] - integrals[k])
        absorbedBefore[k] = integrals[k]
      }
    }
    equations.moment.time = time
  }
}

extension EnergyLedger {
  /// The analysis begins at this point; forgets an earlier one.
  func start(_ evaluation: Evaluation) {
    for k in integrals.indices { (integrals[k], absorbedBefore[k]) = (0, 0) }
    (impulses, delivered, stepMaximum) = (0, 0, .infinity)
    _ = readEnergies(evaluation, all: true)
    startEnergies = energies
    begin(evaluation)
  }

  /// Steps begin at this point.
  private func begin(_ evaluation: Evaluation) {
    heldBefore = readEnergies(evaluation)
    evaluate(evaluation)
    swap(&powersBefore, &powers)
  }

  /// A jump begins at this point.
  func beginJump(_ evaluation: Evaluation) { energyBefore = readEnergies(evaluation) }

  /// A vanishing step has led to this point; number 0 makes those before it void.
  func jumped(_ number: Int, _ length: Double, _ evaluation: Evaluation) {
    if number == 0 { for k in jump.indices { jump[k] = 0 } }
    add(length, evaluation, to: &jump)
  }

  /// The powers at this point, into `powers`.
  private func evaluate(_ evaluation: Evaluation) {
    powers.withUnsafeMutableBufferPointer { powers in
      guard let place = powers.baseAddress else { return }
      integrands(evaluation, into: place)
    }
  }

  /// Adds the powers at this point, for so many seconds.
  private func add(_ length: Double, _ evaluation: Evaluation, to sums: inout [Double]) {
    evaluate(evaluation)
    for k in sums.indices { sums[k] += length * powers[k] }
  }

  /// The jump has ended at this point.
  func endJump(_ evaluation: Evaluation) {
    var lost = energyBefore - readEnergies(evaluation)
    for k in jump.indices {
      integrals[k] += jump[k]
      lost -= jump[k]
    }
    impulses += lost
    begin(evaluation)
  }

  /// The accounts at the point where the analysis has come to.
  func tally(_ evaluation: Evaluation) -> EnergyTally {
    _ = readEnergies(evaluation)
    var rows = (0..<instanceCount).map {
      EnergyTally.Row(instance: Int32($0), supplied: 0, dissipated: 0, stored: 0)
    }
    var tally = EnergyTally(rows: [], impulses: impulses, delivered: delivered)
    for part in parts {
      for k in 0..<part.count {
        func integral(_ first: Int) -> Double {
          first < 0 ? 0 : integrals[first + k]
        }
        let index = Int(part.bank.instances[k])
        let absorbed = integral(part.absorbed)
        // what a controlled source takes in on the whole is gone as heat would be
        if isIndependent[index] || absorbed < 0 {
          rows[index].supplied -= absorbed
        } else {
          rows[index].dissipated += absorbed
        }
        rows[index].dissipated += integral(part.dissipated)
        rows[index].stored += integral(part.drifting)
        let start = startEnergies[part.firstEnergy + k]
        tally.initiallyStored += start
        if part.hasStore { rows[index].stored += energies[part.firstEnergy + k] - start }
      }
    }
    tally.rows = rows
    return tally
  }
}
