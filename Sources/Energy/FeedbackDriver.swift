// P = V_dd [ sum of |I_i| / efficiency + N I_quiescent ]: each driver takes its output amplitude
// from the supply, and more by its current efficiency.

public import Schematic

public struct FeedbackDriver: EnergyTerm {
  public static let name = "feedback driver"
  public static let summary = "Sends the summed, weighted signals back into the oscillators."

  public static func counts(_ part: MemoryPart) -> Bool {
    part.role == .line
      || part.role == .oscillator && part.isNamed("driver", "feedback", "reference")
  }

  public let standIns: [StandIn]
  private let efficiency: Double
  private let quiescentCurrent: Double

  public init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault) {
    var reader = ConstantReader(origin: cells.origin)
    efficiency = try reader.read(
      "efficiency", of: cells.driver, in: Double.leastNormalMagnitude...1)
    quiescentCurrent = try reader.read("quiescent_current", of: cells.driver, in: notNegative)
    standIns = reader.standIns
  }

  public func power(_ drive: Drive, _ operation: NetworkOperation) -> Double {
    let signal = drive.feedbackCurrent * drive.absoluteFeedback / efficiency
    let quiescent = Double(operation.oscillatorCount) * quiescentCurrent
    return operation.supplyVoltage * (signal + quiescent)
  }
}
