// P = f S [ (C_stage + C_memristor) V_dd^2 (1 + s) ] + taps, with S stages:
//
//   chain   S = sum over the synapses of ceil(tau / tau_stage)
//   tapped  S = N K ceil(1 / (f K tau_stage)): every chain spans the period, a tap every 1/(f K);
//           each tap also charges its crossbar row of N crosspoints to the read-out voltage:
//           f N K N C_crosspoint V_read^2
//
// A full cycle draws C V_dd^2 from the supply, half of it burnt on charging and half on
// discharging, in transistor and memristor in the ratio R_on : R_mem: the resistive loss of the
// memristor is part of C V_dd^2 and must not be added again. What the memristor adds is its own
// parallel capacitance. s is the short-circuit energy in units of C V_dd^2 (H. J. M. Veendrick,
// IEEE J. Solid-State Circuits 19 (1984) 468).

public import Schematic

public struct DelayStages: EnergyTerm {
  public static let name = "delay stages"
  public static let summary =
    "Memristor-loaded inverters that delay each oscillator's signal by its weights' phases."

  public static func counts(_ part: MemoryPart) -> Bool {
    part.role == .synapse && !WeightConductances.counts(part)
  }

  public let standIns: [StandIn]
  /// Number of stages that switch in every cycle.
  public let stageCount: Int
  /// The part of the stages' C V_dd^2 that is burnt in memristors rather than in transistors.
  public let memristorShare: Double
  private let energyPerSquaredVolt: Double
  private let tapEnergy: Double

  public init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault) {
    var reader = ConstantReader(origin: cells.origin)
    let view = cells.synapse
    let stageDelay = try reader.read("stage_delay", of: view, in: positive)
    try Self.checkStages(operation.frequency, stageDelay, view, at: cells.origin)
    let load = try reader.read("stage_capacitance", of: view, in: positive)
    let memristor = try reader.read("memristor_capacitance", of: view, in: notNegative)
    let shortCircuit = try reader.read("short_circuit_fraction", of: view, in: notNegative)
    let transistorResistance = try reader.read("on_resistance", of: view, in: positive)
    let memristance = try reader.read("memristance", of: view, in: notNegative)
    memristorShare = memristance / (memristance + transistorResistance)
    let count = operation.oscillatorCount
    switch operation.topology {
    case .chain:
      stageCount = operation.synapses.stageCount(stageDelay: stageDelay)
      tapEnergy = 0
    case .tapped:
      guard let taps = operation.levels, taps > 0 else {
        throw Fault(
          "tapped-needs-levels", "a tapped chain has as many taps as delay levels",
          at: cells.origin, help: "give the synapse array levels=K, or topology=chain")
      }
      let segment = 1 / (operation.frequency * Double(taps))
      stageCount = count * taps * max(Int((segment / stageDelay - 1e-9).rounded(.up)), 1)
      let crosspoint = try reader.read(
        "crosspoint_capacitance", of: cells.crossbar, in: notNegative)
      let readVoltage = try reader.read("read_voltage", of: cells.crossbar, in: notNegative)
      tapEnergy =
        Double(count * taps) * Double(count) * crosspoint * readVoltage * readVoltage
    }
    energyPerSquaredVolt = Double(stageCount) * (load + memristor) * (1 + shortCircuit)
    standIns = reader.standIns
  }

  /// More stages in a period than a chain can have, whatever it is made of.
  static let stagesMaximum = 1e6

  private static func checkStages(
    _ frequency: Double, _ stageDelay: Double, _ view: View, at origin: Origin
  ) throws(Fault) {
    let stages = 1 / (frequency * stageDelay)
    if stages <= stagesMaximum { return }
    throw Fault(
      "view-constant-out-of-range",
      "constant 'stage_delay' of cell '\(view.cell)' is \(stageDelay): a period would take"
        + " \(stages) stages, more than \(stagesMaximum)", at: origin,
      help: "correct it in the views file")
  }

  public func power(_ drive: Drive, _ operation: NetworkOperation) -> Double {
    let square = operation.supplyVoltage * operation.supplyVoltage
    return operation.frequency * (energyPerSquaredVolt * square + tapEnergy)
  }
}
