import AssociativeMemory
import Energy
import Networks
import Numerics
import Schematic

extension NetworkPlan {
  /// Builds the network between the nodes that the synapse array names.
  init(
    _ circuit: Circuit, cards: MemoryCards, library: ViewLibrary, weights: Weights,
    patterns: PatternSet, fidelity: NetworkFidelity, thermal: Bool, temperature: Double,
    seed: UInt64
  ) throws(Faults) {
    let synapse = cards.synapse
    guard weights.count == synapse.from.count else {
      throw Faults([
        Fault(
          "wrong-network-size",
          "the weights are for \(weights.count) oscillators, the array couples"
            + " \(synapse.from.count)",
          at: synapse.weightsFile == nil ? synapse.origin : synapse.weightsOrigin)
      ])
    }
    if let levels = synapse.levels, levels > RecallLimits.delayLevels {
      throw Faults([
        Fault(
          "too-many-levels",
          "\(levels) delay levels a period; at most \(RecallLimits.delayLevels) are told apart",
          at: synapse.origin, help: "leave out levels= for continuous delays")
      ])
    }
    let cells = try Self.cells(circuit, synapse)
    let names = Set(cells.map(\.definition))
    guard names.count == 1, let name = names.first else {
      throw Faults([
        Fault(
          "mixed-oscillators",
          "the array couples cells of different kinds: "
            + names.sorted().joined(separator: ", "), at: synapse.origin)
      ])
    }
    guard let view = library.view(of: name) else {
      throw Faults([
        Fault(
          "no-view", "the views have no cell '\(name)', which the network's oscillators are",
          at: cards.views.origin,
          help: "a lower fidelity runs only on characterised cells")
      ])
    }
    let oscillator: OscillatorCell
    var constants: [EnvelopeOscillators.Constants] = []
    var feedbacks: [Double] = []
    do {
      oscillator = try OscillatorCell(view, temperature: temperature, at: cards.views.origin)
      for cell in cells {
        let (one, feedback) = try oscillator.instance(cell, thermal: thermal)
        constants.append(one)
        feedbacks.append(feedback)
      }
    } catch { throw Faults([error]) }
    let oscillators = EnvelopeOscillators(constants)
    let detuning = constants.map(\.angularFrequency)
    let reference = 2 * Double.pi * oscillator.frequency
    var hardware = SynapseHardware()
    hardware.levels = synapse.levels
    hardware.phaseSigma = synapse.phaseSigma
    hardware.gainSigma = synapse.gainSigma
    hardware.stuckOff = synapse.stuckOff
    hardware.dead = synapse.dead
    hardware.realDelays = synapse.realDelays
    hardware.compensation = -arcTangent(oscillator.reference.nonlinearity)
    hardware.seed = seed
    if let ratio = library.view(of: synapse.cell)?.constants["off_ratio"] {
      hardware.offRatio = ratio.value
    }
    var tally = SynapseTally(frequency: oscillator.frequency, levels: synapse.levels)
    let programmed: ProgrammedSynapses
    do {
      programmed = try ProgrammedSynapses(
        weights, hardware: hardware, angularFrequency: reference, detuning: detuning,
        lattice: Lattice(width: patterns.width, height: patterns.height)
      ) { conductance, delay in
        tally.add(Complex(modulus: conductance, argument: reference * delay))
      }
    } catch { throw Faults([Self.fault(error, synapse)]) }
    let supply = try Self.supplyVoltage(circuit, cells)
    let operation = NetworkOperation(
      oscillatorCount: cells.count, supplyVoltage: supply, frequency: oscillator.frequency,
      topology: synapse.topology == .chain ? .chain : .tapped, levels: synapse.levels,
      synapses: tally)
    let energyCells = try EnergyCells(
      library, oscillator: name, synapse: synapse.cell, at: cards.views.origin)
    terms = try EnergyTerms.make(energyCells, operation)
    self.operation = operation
    self.fidelity = fidelity
    self.oscillators = oscillators
    let gain = feedbacks.map { Complex(oscillator.forcePerAmpere * $0) }
    coupling = Coupling(programmed.coupling, gain: gain)
    let count = Double(cells.count)
    feedbackCurrent = feedbacks.reduce(0, +) / count
    let turn = Complex(modulus: 1, argument: hardware.compensation)
    kappa = zip(constants, gain).reduce(0) { $0 + ($1.0.phaseGain($1.1) * turn).real } / count
    let mean = detuning.reduce(0, +) / count
    spread = (detuning.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    phaseDiffusion = constants.reduce(0) { $0 + $1.phaseDiffusion } / count
    meanPower = constants.reduce(0) { $0 + $1.power } / count
    var seen = Set<StandIn>()
    standIns = (Self.standIns(view) + terms.flatMap(\.standIns)).filter {
      seen.insert($0).inserted
    }
  }

  /// The oscillator cells, in the order of the synapse array: cell i drives source i and is driven
  /// by destination i. A cell's first port is its output, the second its input.
  private static func cells(_ circuit: Circuit, _ synapse: SynapseArray) throws(Faults) -> [Cell] {
    var byOutput: [Int32: Cell] = [:]
    for cell in circuit.cells where cell.terminals.count >= 2 {
      byOutput[cell.terminals[0]] = cell
    }
    var faults: [Fault] = []
    var cells: [Cell] = []
    for (source, destination) in zip(synapse.from, synapse.to) {
      let name = circuit.nodeNames[Int(source)]
      guard let cell = byOutput[source] else {
        faults.append(
          Fault(
            "no-oscillator", "no cell drives node '\(name)'", at: synapse.origin,
            help: "a cell's first port is its output, its second port its input"))
        break
      }
      guard cell.terminals[1] == destination else {
        faults.append(
          Fault(
            "crossed-synapses",
            "cell '\(cell.name)' drives '\(name)' but is not driven by"
              + " '\(circuit.nodeNames[Int(destination)])'", at: synapse.origin,
            help: "list from= and to= in the same order of cells"))
        break
      }
      cells.append(cell)
    }
    if !faults.isEmpty { throw Faults(faults) }
    return cells
  }

  private static func fault(_ failure: ProgrammedSynapses.Failure, _ synapse: SynapseArray)
    -> Fault
  {
    switch failure {
    case .notFinite(let to, let from):
      Fault(
        "weight-not-finite", "weight [\(to), \(from)] is not a finite number",
        at: synapse.weightsOrigin)
    case .tooMany(let bytes, let limit):
      Fault(
        "synapses-too-many",
        "\(synapse.from.count)^2 synapses programmed one by one need \(bytes >> 30) GiB;"
          + " the limit is \(limit >> 30) GiB", at: synapse.origin,
        help: "ideal synapses keep O(N P): leave out levels and scatter, and use delays=ideal"
          + " or no detuning")
    }
  }

  /// The declared constants of a view.
  private static func standIns(_ view: View) -> [StandIn] {
    view.constants.sorted { $0.key < $1.key }.filter(\.value.standIn).map {
      StandIn(
        name: "\(view.cell).\($0.key)", value: $0.value.value, unit: $0.value.unit,
        source: $0.value.source)
    }
  }
}
