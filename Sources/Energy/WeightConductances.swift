// P = sum |W| G_unit V_read^2: each weight's conductance carries a square wave of amplitude V_read
// into a virtual ground. The square wave's mean square is V_read^2 whatever the phase, so the loss
// does not depend on the state.

public import Schematic

public struct WeightConductances: EnergyTerm {
  public static let name = "weight conductances"
  public static let summary = "Joule heat of the conductances that hold the weights' moduli."

  public static func counts(_ part: MemoryPart) -> Bool {
    part.role == .synapse && part.isNamed("read", "weight")
  }

  public let standIns: [StandIn]
  private let unitConductance: Double
  private let readVoltage: Double

  public init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault) {
    var reader = ConstantReader(origin: cells.origin)
    unitConductance = try reader.read("unit_conductance", of: cells.crossbar, in: notNegative)
    readVoltage = try reader.read("read_voltage", of: cells.crossbar, in: notNegative)
    standIns = reader.standIns
  }

  public func power(_ drive: Drive, _ operation: NetworkOperation) -> Double {
    operation.synapses.weightTotal * unitConductance * readVoltage * readVoltage
  }
}
