public import Schematic

/// One consumer of supply energy, its constants taken from views.
public protocol EnergyTerm: Sendable {
  /// A short noun for tables and plots: "oscillator bias".
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }

  /// - Throws: `Fault` "view-lacks-constant" or "view-constant-out-of-range"; never a default.
  init(_ cells: EnergyCells, _ operation: NetworkOperation) throws(Fault)

  /// Whether a part of a memory at circuit fidelity is one of this term's consumers.
  static func counts(_ part: MemoryPart) -> Bool

  /// The declared constants that it read.
  var standIns: [StandIn] { get }
  /// Watts taken from the supply at one moment.
  func power(_ drive: Drive, _ operation: NetworkOperation) -> Double
}

extension EnergyTerm {
  public var name: String { Self.name }
  public var summary: String { Self.summary }
}

/// Every energy term; a new one is one file and one line here.
public enum EnergyTerms {
  public static let all: [any EnergyTerm.Type] = [
    OscillatorBias.self,
    ReadoutAmplifier.self,
    DelayStages.self,
    WeightConductances.self,
    FeedbackDriver.self,
  ]

  /// The place of a term among all.
  public static func index(of term: any EnergyTerm.Type) -> Int {
    guard let index = all.firstIndex(where: { $0 == term }) else {
      preconditionFailure("a term that is not in the list")
    }
    return index
  }

  /// All terms with their constants.
  /// - Throws: `Faults`, one for each term that lacks a constant.
  public static func make(
    _ cells: EnergyCells, _ operation: NetworkOperation
  ) throws(Faults) -> [any EnergyTerm] {
    var terms: [any EnergyTerm] = []
    var faults: [Fault] = []
    for type in all {
      do {
        terms.append(try type.init(cells, operation))
      } catch {
        // Two terms may miss the same constant; say so once.
        if !faults.contains(error) { faults.append(error) }
      }
    }
    if !faults.isEmpty { throw Faults(faults) }
    return terms
  }
}
