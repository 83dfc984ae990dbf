import Energy
import Numerics
import Schematic

/// A memory at circuit fidelity, ready for trials.
struct CircuitMemory {
  /// Oscillators that a memory at circuit fidelity may have: their synapses are its square.
  static let oscillatorLimit = 64

  let circuit: Circuit
  let supply: Int32
  let orbit: CellOrbit
  /// Hertz: the reference that phases are told against.
  let frequency: Double
  /// Names of the oscillator cells, and their output and input nodes.
  let cells: [(name: String, output: Int32, input: Int32)]

  /// - Throws: what measuring the cell's orbit throws.
  init(
    _ made: MemoryCircuit, _ synapse: SynapseArray, frequency: Double, temperature: Double,
    supplyVoltage: Double
  ) throws {
    circuit = made.circuit
    supply = made.supply
    self.frequency = frequency
    var names: [Int32: String] = [:]
    for cell in circuit.cells where cell.definition == made.oscillator.name {
      names[cell.terminals[0]] = cell.name
    }
    cells = zip(synapse.from, synapse.to).map { (names[$0] ?? "", $0, $1) }
    let found = try CellOrbit(
      made.oscillator, temperature: temperature, supply: supplyVoltage, { false })
    guard let found else { preconditionFailure("nobody asked to stop") }
    orbit = found
  }

  /// What an instance is of the memory.
  func part(_ instance: Instance) -> MemoryPart? {
    if instance.name == MemoryCircuit.meter { return MemoryPart(role: .synapse, name: "vmeter") }
    guard let dot = instance.name.firstIndex(of: ".") else { return nil }
    let cell = instance.name[..<dot]
    let name = String(instance.name[instance.name.index(after: dot)...])
    if cell.hasPrefix(MemoryCircuit.synapsePrefix) { return MemoryPart(role: .synapse, name: name) }
    if cell.hasPrefix(MemoryCircuit.linePrefix) { return MemoryPart(role: .line, name: name) }
    return cells.contains { $0.name == cell } ? MemoryPart(role: .oscillator, name: name) : nil
  }

  /// The circuit with its junctions on their orbits, and the voltages that go with them, ground
  /// removed; nodes of synapses start at 0.
  func started(atPhases phases: [Double]) -> (circuit: Circuit, voltages: [Double]) {
    var circuit = circuit
    var voltages = [Double](repeating: 0, count: circuit.nodeNames.count)
    let states = phases.map { orbit.state(atPhase: $0) }
    let numbers = Dictionary(
      cells.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    func place(_ name: String) -> (state: CellOrbit.State, local: String)? {
      guard let dot = name.firstIndex(of: "."), let number = numbers[String(name[..<dot])]
      else { return nil }
      return (states[number], String(name[name.index(after: dot)...]))
    }
    for (node, name) in circuit.nodeNames.enumerated() {
      guard let (state, local) = place(name) else { continue }
      voltages[node] = state.voltage(local) ?? 0
    }
    for (cell, state) in zip(cells, states) {
      voltages[Int(cell.output)] = state.voltage("out") ?? 0
      voltages[Int(cell.input)] = state.voltage("in") ?? 0
    }
    let rail = states.first?.voltage("vdd") ?? 0
    voltages[Int(supply)] = rail
    for instance in circuit.instances where instance.name == MemoryCircuit.meter {
      voltages[Int(instance.terminals[1])] = rail
    }
    for index in circuit.instances.indices {
      guard let names = Self.startingParameters[circuit.instances[index].device],
        let (state, local) = place(circuit.instances[index].name)
      else { continue }
      for (name, value) in zip(names, state.states(local)) {
        circuit.instances[index].parameters[name] = .number(value)
      }
    }
    return (circuit, Array(voltages.dropFirst()))
  }

  /// Of oscillators with unknowns of their own: the parameters that say where those start.
  private static let startingParameters = [
    "YSTO": ["mx", "my", "mz"], "YSHO": ["mx", "my", "mz"], "YVORTEX": ["x", "y"], "YIMT": ["xo"],
  ]
}
