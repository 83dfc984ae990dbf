// A circuit's equations: the unknowns, the banks of its devices and the matrix entries they share.
//
// Unknown 0 is ground in every array of this file; solvers see the unknowns from 1 on, ground
// removed. The matrices of linear banks are added up once and combined with the rate factor of the
// step, so that only what is nonlinear is linearised again.

public import Devices
public import Integration
public import Numerics
public import Schematic

/// The equations 0 = f(x, x', t) + d/dt q(x) of one circuit, and the questions its devices answer.
public final class CircuitEquations: ImplicitSystem {
  public let circuit: Circuit
  /// What was found before anything is solved: warnings only.
  public let topology: TopologyCheck
  public let layout: EquationLayout
  public let banks: [any Bank]
  /// Unknowns without ground.
  public let unknownCount: Int
  public let chargeRows: [Int]
  public let pattern: SparsePattern
  let delayed: DelayedSignals
  /// What the evaluations are for; time is set by each.
  public var moment = Moment(analysis: .operatingPoint)
  /// Conductance from every node to ground, siemens: convergence aids only.
  var shunt = 0.0
  /// Voltages that conductance leads to in place of ground, without ground; nil for zeros.
  var anchor: [Double]?
  /// Nodes held at voltages while the operating point is found, by a stiff conductance.
  var held: [(unknown: Int, voltage: Double)] = []

  /// How often switches and comparisons have changed, and an instance of the bank that did last.
  var switchings = 0
  var lastSwitched: Int32 = -1

  /// Currents in loops without resistance, which get one.
  let loopBranches: [Int32]
  /// What integrates energies beside the solution; nil where nobody asked.
  public var ledger: EnergyLedger?
  /// The devices' noise in time; nil where nobody asked.
  public var noise: TransientNoise?

  let buffers: EvaluationBuffers
  /// The banks again: counting references to each would cost a small circuit a sixth of its time.
  private let uncounted: UnsafeMutablePointer<Unmanaged<BankHolder>>
  private let holders: [BankHolder]
  private let linearBanks: [any Bank]
  private let otherBanks: [any Bank]
  /// Slots of the nodes' own entries, by unknown.
  let diagonal: [Int32]
  private var linearPart: LinearPart?
  /// Bank and index in it of the independent sources, by name.
  lazy var sourcePlaces = makeSourcePlaces()
  private let eventBanks: [any Bank]
  public let eventCount: Int

  /// - Parameters:
  ///   - printStep, stopTime: of the transient analysis, for the defaults of waveforms.
  ///   - seed: of random waveforms.
  /// - Throws: `Faults` for what the deck's author can mend.
  public init(
    _ circuit: Circuit, printStep: Double = 1, stopTime: Double = 1, seed: UInt64 = 0
  ) throws {
    let circuit = circuit.withCurrentSensors()
    self.circuit = circuit
    topology = TopologyCheck(circuit)
    if topology.hasErrors { throw Faults(topology.faults.filter { $0.severity == .error }) }
    let layout = EquationLayout(nodeCount: circuit.nodeNames.count)
    banks = try Self.banks(circuit, layout, printStep, stopTime, seed)
    let delayed = DelayedSignals(layout)
    delayed.declareEntries(layout)
    guard layout.unknowns.count > 1 else {
      throw Fault(
        "no-unknowns", "the circuit has no node but ground, and nothing to solve for",
        help: "the first line of a deck is its title; elements follow it")
    }
    let firstOfDiagonal = layout.entryCount
    for unknown in 1..<max(1, layout.unknowns.count) {
      layout.declare(row: Int32(unknown), column: Int32(unknown))
    }
    let (pattern, slots) = SparsePattern.assemble(
      count: layout.unknowns.count - 1, rows: layout.rows.map { $0 - 1 },
      columns: layout.columns.map { $0 - 1 })
    for bank in banks { bank.bind(slots) }
    delayed.bind(slots)
    diagonal = [Int32(pattern.entryCount)] + slots[firstOfDiagonal...]
    self.layout = layout
    self.delayed = delayed
    self.pattern = pattern
    unknownCount = pattern.count
    chargeRows = layout.hasCharge.indices.dropFirst().filter { layout.hasCharge[$0] }
      .map { $0 - 1 }
    buffers = EvaluationBuffers(
      unknownCount: layout.unknowns.count, entryCount: pattern.entryCount)
    holders = banks.map(BankHolder.init)
    uncounted = .allocate(capacity: banks.count)
    uncounted.initialize(from: holders.map(Unmanaged.passUnretained), count: banks.count)
    linearBanks = banks.filter { $0.isLinear }
    otherBanks = banks.filter { !$0.isLinear }
    eventBanks = banks.filter { $0.eventCount > 0 }
    eventCount = eventBanks.reduce(0) { $0 + $1.eventCount }
    loopBranches = topology.loopMenders.sorted().compactMap { layout.branch(of: $0) }
    for bank in banks { bank.resetDiscreteState() }
  }

  deinit { uncounted.deallocate() }

  private static func banks(
    _ circuit: Circuit, _ layout: EquationLayout, _ printStep: Double, _ stopTime: Double,
    _ seed: UInt64
  ) throws -> [any Bank] {
    var byLetter: [String: [Int32]] = [:]
    for (index, instance) in circuit.instances.enumerated() {
      byLetter[instance.device, default: []].append(Int32(index))
    }
    var banks: [any Bank] = []
    var faults: [Fault] = []
    for device in Catalogue.devices {
      let description = device.description
      guard let instances = byLetter[description.letter] else { continue }
      let input = BankInput(
        circuit: circuit, instances: instances, description: description, printStep: printStep,
        stopTime: stopTime, seed: seed)
      try collecting(&faults) { banks += try device.banks(input, layout) }
    }
    for bank in banks { try collecting(&faults) { try bank.connect(layout) } }
    if !faults.isEmpty { throw Faults(faults) }
    banks.removeAll { $0.instances.isEmpty }
    for bank in banks { bank.declareEntries(layout) }
    return banks
  }

  private static func collecting(_ faults: inout [Fault], _ work: () throws -> Void) throws {
    do { try work() } catch let fault as Fault {
      faults.append(fault)
    } catch let several as Faults {
      faults += several.list
    }
  }
}

/// A bank that never changes, so that calls through a held holder need not count references.
private final class BankHolder {
  let bank: any Bank
  init(_ bank: any Bank) { self.bank = bank }
}

// MARK: what solvers ask

extension CircuitEquations {
  public func evaluate(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    residual: UnsafeMutablePointer<Double>, charges: UnsafeMutablePointer<Double>
  ) {
    buffers.load(x, rates)
    buffers.clearResidual()
    var evaluation = buffers.evaluation(moment)
    evaluation.moment.time = time
    for k in banks.indices {
      uncounted[k]._withUnsafeGuaranteedRef { $0.bank.evaluate(evaluation) }
    }
    delayed.evaluate(evaluation)
    if let noise, moment.analysis == .transient { noise.add(evaluation) }
    addAids()
    residual.update(from: buffers.currents + 1, count: unknownCount)
    for (k, row) in chargeRows.enumerated() { charges[k] = buffers.charges[row + 1] }
  }

  public func jacobian(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>, rateFactor: Double,
    values: UnsafeMutablePointer<Double>, chargeValues: UnsafeMutablePointer<Double>
  ) {
    buffers.load(x, rates)
    var evaluation = buffers.evaluation(moment)
    evaluation.moment.time = time
    evaluation.rateFactor = rateFactor
    linearise(evaluation, values, chargeValues)
  }

  /// Adds the matrices at the values that `evaluation` points to.
  func linearise(
    _ evaluation: Evaluation, _ values: UnsafeMutablePointer<Double>,
    _ chargeValues: UnsafeMutablePointer<Double>
  ) {
    var evaluation = evaluation
    evaluation.conductances = values
    evaluation.capacitances = chargeValues
    addLinearPart(evaluation)
    for bank in otherBanks { bank.linearise(evaluation) }
    delayed.linearise(evaluation)
    if shunt != 0 {
      for node in 1..<max(1, layout.nodeCount) { values[Int(diagonal[node])] += shunt }
    }
    for hold in held { values[Int(diagonal[hold.unknown])] += Self.holdingConductance }
    addTopologyAids(evaluation.moment, to: values)
  }

  /// That of linear devices without memory; delays shorter than the step weigh its polynomial.
  public var hasConstantJacobian: Bool {
    guard otherBanks.isEmpty else { return false }
    if !delayed.isEmpty && (delayed.hasWeights || delayed.hadWeights) { return false }
    return linearPart?.isStill ?? false
  }

  public func events(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>,
    into values: UnsafeMutablePointer<Double>
  ) {
    buffers.load(x, rates)
    var evaluation = buffers.evaluation(moment)
    evaluation.moment.time = time
    var next = values
    for bank in eventBanks {
      bank.events(evaluation, into: next)
      next += bank.eventCount
    }
  }

  /// Tells the bank whose event it is that it passed through zero.
  func crossed(event: Int, isRising: Bool) {
    var place = event
    for bank in eventBanks {
      if place < bank.eventCount { return bank.crossed(event: place, isRising: isRising) }
      place -= bank.eventCount
    }
  }

  public func accepted(
    at time: Double, _ x: UnsafePointer<Double>, rates: UnsafePointer<Double>
  ) {
    if delayed.isEmpty { return }
    buffers.load(x, rates)
    delayed.accept(time: time, values: buffers.values, rates: buffers.rates)
  }

  /// Siemens: what holds a node at its given voltage while the operating point is found.
  static let holdingConductance = 1e9

  private func addAids() {
    if shunt != 0 {
      for node in 1..<max(1, layout.nodeCount) {
        let target = anchor?[node - 1] ?? 0
        buffers.currents[node] += shunt * (buffers.values[node] - target)
      }
    }
    for hold in held {
      buffers.currents[hold.unknown] +=
        Self.holdingConductance * (buffers.values[hold.unknown] - hold.voltage)
    }
    addTopologyAids()
  }

  /// The matrices of the linear banks: constant + rateFactor * reactive, one pair an analysis.
  private struct LinearPart {
    var analysis: Moment.Analysis
    var initialRate: Double
    var constant: [Double]
    var reactive: [Double]
    var isStill = false
  }

  /// Forgets sums over linear banks, after a parameter was set.
  func invalidateLinearPart() { linearPart = nil }

  private func addLinearPart(_ evaluation: Evaluation) {
    if linearBanks.isEmpty { return }
    let moment = evaluation.moment
    if linearPart?.analysis != moment.analysis || linearPart?.initialRate != moment.initialRate {
      linearPart = makeLinearPart(evaluation)
    }
    let factor = evaluation.rateFactor
    let count = pattern.entryCount
    let to = evaluation.conductances
    linearPart!.constant.withUnsafeBufferPointer { constant in
      linearPart!.reactive.withUnsafeBufferPointer { reactive in
        for slot in 0..<count { to[slot] += constant[slot] + factor * reactive[slot] }
      }
    }
  }

  private func makeLinearPart(_ evaluation: Evaluation) -> LinearPart {
    let count = pattern.entryCount + 1
    var part = LinearPart(
      analysis: evaluation.moment.analysis, initialRate: evaluation.moment.initialRate,
      constant: Array(repeating: 0, count: count), reactive: Array(repeating: 0, count: count))
    // bank by bank, so that small capacitances do not drown in other banks' conductances
    for bank in linearBanks {
      let still = matrix(of: bank, evaluation, rateFactor: 0)
      let moving = matrix(of: bank, evaluation, rateFactor: Evaluation.probingRate)
      for slot in 0..<count {
        part.constant[slot] += still[slot]
        part.reactive[slot] += (moving[slot] - still[slot]) / Evaluation.probingRate
      }
    }
    part.isStill = part.reactive.allSatisfy { $0 == 0 }
    return part
  }

  private func matrix(of bank: any Bank, _ evaluation: Evaluation, rateFactor: Double) -> [Double] {
    var evaluation = evaluation
    evaluation.rateFactor = rateFactor
    var matrix = [Double](repeating: 0, count: pattern.entryCount + 1)
    matrix.withUnsafeMutableBufferPointer {
      evaluation.conductances = $0.baseAddress!
      bank.linearise(evaluation)
    }
    return matrix
  }
}
