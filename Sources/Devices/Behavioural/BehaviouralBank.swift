import Numerics
import Schematic

/// Elements whose equations are expressions: B, the controlled sources, and R, C, L of the
/// circuit's own quantities.
final class BehaviouralBank: Bank {
  let elements: [BehaviouralElement]
  let isSource: Bool
  let instances: [Int32]
  private let origins: [Origin]
  private var slots: ArraySlice<Int32> = []
  private var firstEntry = 0
  private var entryCount = 0
  private let corners: [Double]
  /// Changes of one decision closer than this, in seconds, count as chatter.
  private let patience: Double

  init(_ elements: [BehaviouralElement], isSource: Bool, _ input: BankInput) {
    self.elements = elements
    self.isSource = isSource
    instances = elements.map(\.instance)
    origins = elements.map { input.circuit.instances[Int($0.instance)].origin }
    corners = elements.flatMap(\.corners).sorted()
    patience = 1e-9 * input.stopTime
  }

  func connect(_ layout: EquationLayout) throws {
    var faults: [Fault] = []
    for (element, origin) in zip(elements, origins) {
      do {
        try element.connect(layout, at: origin)
      } catch let fault as Fault {
        faults.append(fault)
      }
    }
    guard faults.isEmpty else { throw Faults(faults) }
  }

  func declareEntries(_ layout: EquationLayout) {
    firstEntry = layout.entryCount
    for element in elements {
      element.entries { row, column in layout.declare(row: row, column: column) }
      if element.form == .charge {
        layout.declareCharge(row: element.plus)
        layout.declareCharge(row: element.minus)
      }
    }
    entryCount = layout.entryCount - firstEntry
  }

  func bind(_ all: [Int32]) { slots = all[firstEntry..<firstEntry + entryCount] }

  func evaluate(_ evaluation: Evaluation) {
    for element in elements { element.evaluate(evaluation) }
  }

  func linearise(_ evaluation: Evaluation) {
    slots.withUnsafeBufferPointer { slots in
      var next = 0
      for element in elements { element.linearise(evaluation, slots, &next) }
    }
  }

  func terminalCurrents(
    _ k: Int, _ evaluation: Evaluation, into currents: UnsafeMutablePointer<Double>
  ) {
    let count = elements[k].terminalCount
    for terminal in 0..<count { currents[terminal] = 0 }
    let current = elements[k].current(evaluation)
    currents[0] = current
    currents[1] = -current
  }

  func terminalAdmittance(
    _ k: Int, _ terminal: Int, _ evaluation: Evaluation
  ) -> [AdmittanceTerm] {
    guard terminal < 2 else { return [] }
    let sign = terminal == 0 ? 1.0 : -1.0
    return elements[k].admittance(evaluation).map {
      AdmittanceTerm(
        unknown: $0.unknown, conductance: sign * $0.conductance,
        capacitance: sign * $0.capacitance)
    }
  }

  func dissipation(_ k: Int, _ evaluation: Evaluation) -> Double {
    let element = elements[k]
    guard element.form == .resistance else { return 0 }
    element.run(evaluation)
    let current = evaluation.values[Int(element.branch)]
    return element.value * current * current
  }

  func storedEnergy(_ k: Int, _ evaluation: Evaluation) -> Double {
    elements[k].storedEnergy(evaluation)
  }

  func quantity(_ name: String, of k: Int, _ evaluation: Evaluation) -> Double? {
    let element = elements[k]
    let voltage =
      evaluation.values[Int(element.plus)] - evaluation.values[Int(element.minus)]
    if name == "v" { return voltage }
    if name == "i" { return element.current(evaluation) }
    let own: String =
      switch element.form {
      case .resistance: "r"
      case .capacitance: "c"
      case .inductance: "l"
      case .charge: "q"
      case .voltage, .current, .signal: "value"
      }
    guard name == own else { return nil }
    element.run(evaluation)
    return element.value
  }

  var eventCount: Int { elements.reduce(0) { $0 + Int($1.tape.decisionCount) } }

  func events(_ evaluation: Evaluation, into values: UnsafeMutablePointer<Double>) {
    var next = values
    for element in elements where element.tape.decisionCount > 0 {
      element.run(evaluation)
      element.margins(into: next)
      next += Int(element.tape.decisionCount)
    }
  }

  func crossed(event: Int, isRising: Bool) {
    var place = event
    for element in elements where element.tape.decisionCount > 0 {
      if place < Int(element.tape.decisionCount) {
        element.crossings[place] = isRising
        return
      }
      place -= Int(element.tape.decisionCount)
    }
  }

  func settle(_ evaluation: Evaluation) -> Bool {
    elements.reduce(false) { $1.settle(evaluation, patience: patience) || $0 }
  }

  func resetDiscreteState() { for element in elements { element.reset() } }

  func nextBreakpoint(after time: Double) -> Double {
    let next = corners.firstIndex(above: Instant.displaced(time, leftLimit: false))
    return next < corners.count ? corners[next] : .infinity
  }

  func excitation(_ add: (_ row: Int32, _ amplitude: Complex) -> Void) {
    for element in elements where element.amplitude != Complex(0) {
      if element.form == .voltage {
        add(element.branch, element.amplitude)
      } else {
        add(element.plus, Complex(0) - element.amplitude)
        add(element.minus, element.amplitude)
      }
    }
  }
}
