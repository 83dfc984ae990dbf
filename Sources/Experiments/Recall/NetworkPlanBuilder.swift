import AssociativeMemory
import Energy
import Networks
import Numerics
import Ranks
import Schematic

extension NetworkPlan {
  /// Builds the network between the nodes that the synapse array names.
  init(
    _ circuit: Circuit, cards: MemoryCards, library: ViewLibrary, weights: Weights,
    patterns: PatternSet, fidelity: NetworkFidelity, takesResponse: Bool, thermal: Bool,
    temperature: Double, seed: UInt64, sample: Int
  ) throws(Faults) {
    let synapse = cards.synapse
    block = patterns.block
    try Self.check(synapse, weights, block)
    let cells = try Self.cells(circuit, synapse, block.range)
    let view = try Self.view(of: cells, library, cards)
    let population: OscillatorPopulation
    var hardware: SynapseHardware
    var response: [ResponseHarmonic] = []
    do throws(Fault) {
      if takesResponse, fidelity == .phase {
        response = try ResponseHarmonic.read(view, at: cards.views.origin)
      }
      population = try OscillatorPopulation(
        cells, view, thermal: thermal, temperature: temperature, block: block,
        at: cards.views.origin)
      hardware = try SynapseHardware(synapse, library, at: cards.views.origin)
    } catch { throw Faults([error]) }
    hardware.compensation = population.compensation
    hardware.lead = population.cell.feedbackLead
    hardware.seed = seed
    hardware.sample = sample
    drawsSynapses = hardware.isRandom
    let frequency = population.cell.frequency
    let reference = 2 * Double.pi * frequency
    var tally = SynapseTally(frequency: frequency, levels: synapse.levels)
    var built: [MemorySynapse] = []
    let programmed: ProgrammedSynapses
    do {
      programmed = try ProgrammedSynapses(
        weights, hardware: hardware, angularFrequency: reference,
        detuning: population.detuning, harmonics: response.map(\.number),
        lattice: Lattice(width: patterns.width, height: patterns.height), block: block
      ) { synapse in
        let phase = reference * synapse.delay
        tally.add(Complex(modulus: synapse.conductance, argument: phase))
        guard fidelity == .circuit else { return }
        built.append(
          MemorySynapse(
            to: synapse.to, from: synapse.from, weight: synapse.conductance,
            phase: phase - synapse.phaseError))
      }
    } catch { throw Faults([Self.fault(error, synapse)]) }
    let isSampled = fidelity != .circuit && weights.isLowRank
    tally = tally.over(
      block.ranks, times: isSampled ? SynapseSample.ratio(block.total) : 1)
    let supply = try Self.supply(circuit, cells)
    supplySource = supply.source
    operation = NetworkOperation(
      oscillatorCount: block.total, supplyVoltage: supply.voltage,
      frequency: frequency, topology: synapse.topology == .chain ? .chain : .tapped,
      levels: synapse.levels, synapses: tally, biasRatio: population.biasRatio)
    terms = try EnergyTerms.make(
      try EnergyCells(
        library, oscillator: view.cell, synapse: synapse.cell, at: cards.views.origin),
      operation)
    self.fidelity = fidelity
    synapses = built
    oscillators = EnvelopeOscillators(population.constants)
    coupling = Coupling(programmed.coupling, gain: population.gain)
    feedbackCurrent = population.meanFeedback
    kappa = population.relaxationRate
    spread = population.spread
    phaseDiffusion = population.mean { $0.phaseDiffusion }
    meanPower = population.mean { $0.power }
    var seen = Set<StandIn>()
    standIns = (Self.standIns(view) + terms.flatMap(\.standIns)).filter {
      seen.insert($0).inserted
    }
    let gain = phaseCoupling().gain
    harmonics = zip(response, programmed.harmonics).map { harmonic, weights in
      Coupling(weights, gain: gain.map(harmonic.gain), harmonic: harmonic.number)
    }
  }

  private static func check(
    _ synapse: SynapseArray, _ weights: Weights, _ block: Block
  ) throws(Faults) {
    if weights.count != block.count {
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
  }

  /// The view of the one cell that all oscillators are instances of.
  private static func view(
    of cells: [Cell], _ library: ViewLibrary, _ cards: MemoryCards
  ) throws(Faults) -> View {
    let names = Set(cells.map(\.definition)).sorted()
    guard names.count == 1 else {
      throw Faults([
        Fault(
          "mixed-oscillators",
          "the array couples cells of different kinds: " + names.joined(separator: ", "),
          at: cards.synapse.origin)
      ])
    }
    guard let view = library.view(of: names[0]) else {
      throw Faults([
        Fault(
          "no-view", "the views have no cell '\(names[0])', which the network's oscillators are",
          at: cards.views.origin, help: "a lower fidelity runs only on characterised cells")
      ])
    }
    return view
  }

  /// The oscillator cells, in the order of the synapse array: cell i drives source i and is driven
  /// by destination i. A cell's first port is its output, the second its input.
  private static func cells(
    _ circuit: Circuit, _ synapse: SynapseArray, _ range: Range<Int>
  ) throws(Faults) -> [Cell] {
    // by output node; -1 for none
    var drivers = [Int](repeating: -1, count: circuit.nodeNames.count)
    for (index, cell) in circuit.cells.enumerated() where cell.terminals.count >= 2 {
      drivers[Int(cell.terminals[0])] = index
    }
    var faults: [Fault] = []
    var cells: [Cell] = []
    for (source, destination) in zip(synapse.from[range], synapse.to[range]) {
      let name = circuit.nodeNames[Int(source)]
      guard drivers[Int(source)] >= 0 else {
        faults.append(
          Fault(
            "no-oscillator", "no cell drives node '\(name)'", at: synapse.origin,
            help: "a cell's first port is its output, its second port its input"))
        break
      }
      let cell = circuit.cells[drivers[Int(source)]]
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
    case .notShared:
      RecallLimits.notShared("synapses that are not ideal", at: synapse.origin)
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

extension Weights {
  /// Whether they are in factors.
  var isLowRank: Bool {
    if case .lowRank = self { true } else { false }
  }
}
