// P = N [ I_amplifier V_dd + f (C_out + fan-out C_in) V_dd^2 ]: a class-A gain stage, and a
// squared-up output that charges its own node and the inputs of the chains it drives once a cycle.
// The fan-out is the realised synapses an oscillator for a chain a synapse, and one for a tapped
// chain.

public import Schematic

public struct ReadoutAmplifier: EnergyTerm {
  public static let name = "read-out amplifier"
  public static let summary =
    "Amplifies the junction's millivolts to logic swing and drives the chains' inputs."

  public static func counts(_ part: MemoryPart) -> Bool {
    part.role == .oscillator && !OscillatorBias.counts(part) && !FeedbackDriver.counts(part)
  }

  public let standIns: [StandIn]
  private let current: Double
  private let outputCapacitance: Double
  private let inputCapacitance: Double

  public init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault) {
    var reader = ConstantReader(origin: cells.origin)
    current = try reader.read("bias_current", of: cells.amplifier, in: notNegative)
    outputCapacitance = try reader.read(
      "output_capacitance", of: cells.amplifier, in: notNegative)
    inputCapacitance = try reader.read("input_capacitance", of: cells.synapse, in: notNegative)
    standIns = reader.standIns
  }

  public func power(_ drive: Drive, _ operation: NetworkOperation) -> Double {
    let count = Double(operation.oscillatorCount)
    let voltage = operation.supplyVoltage
    let inputs =
      operation.topology == .chain ? Double(operation.synapses.count) : count
    let capacitance = count * outputCapacitance + inputs * inputCapacitance
    return count * current * voltage + operation.frequency * capacitance * voltage * voltage
  }
}
