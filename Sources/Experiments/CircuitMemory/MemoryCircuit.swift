public import Schematic

/// One synapse of a memory at circuit fidelity.
public struct MemorySynapse: Sendable, Hashable {
  /// Indices of the oscillators that it drives and is driven by.
  public var to: Int
  public var from: Int
  /// |W| as programmed.
  public var weight: Double
  /// Radians by which it lags at the oscillators' frequency, 0 to 2 pi.
  public var phase: Double
}

/// A memory whose every synapse is a circuit of its own.
public struct MemoryCircuit {
  public var circuit: Circuit
  /// The oscillator cell alone, with the parameters that the memory's oscillators have.
  public var oscillator: CellUnderTest
  /// The node of the supply.
  public var supply: Int32

  public init(circuit: Circuit, oscillator: CellUnderTest, supply: Int32) {
    self.circuit = circuit
    self.oscillator = oscillator
    self.supply = supply
  }

  /// Makes the circuit of a deck's memory, given its synapses and the oscillators' frequency, Hz:
  /// where decks are text.
  public typealias Maker =
    (_ synapses: [MemorySynapse], _ frequency: Double) throws -> MemoryCircuit

  /// The ammeter between the supply and all synapses, so that their currents are one number.
  public static let meter = "vmemory_meter"
  /// Names that circuits of synapses and of summing lines begin with.
  public static let synapsePrefix = "xmemory_synapse"
  public static let linePrefix = "xmemory_line"
}
