// P = N I_bias V_dd, I_bias the mean over the oscillators: the bias current comes from the supply,
// whatever part of V_dd the junction itself drops.

public import Schematic

public struct OscillatorBias: EnergyTerm {
  public static let name = "oscillator bias"
  public static let summary = "The direct current that keeps each oscillator running."

  public static func counts(_ part: MemoryPart) -> Bool {
    part.role == .oscillator && part.isNamed("bias")
  }

  public let standIns: [StandIn]
  private let current: Double

  public init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault) {
    var reader = ConstantReader(origin: cells.origin)
    current = try reader.read("bias_current", of: cells.oscillator, in: notNegative)
    standIns = reader.standIns
  }

  public func power(_ drive: Drive, _ operation: NetworkOperation) -> Double {
    Double(operation.oscillatorCount) * operation.biasRatio * current * operation.supplyVoltage
  }
}
