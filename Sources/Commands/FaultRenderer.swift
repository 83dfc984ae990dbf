import Schematic

/// Turns a fault into the text a user reads.
protocol FaultRenderer {
  func text(_ fault: Fault) -> String
  /// File, line and column, both from 1; nil where the fault stands in no deck.
  func place(_ fault: Fault) -> (file: String, line: Int, column: Int)?
}

/// For faults that stand in no deck.
struct PlainFaultRenderer: FaultRenderer {
  func place(_ fault: Fault) -> (file: String, line: Int, column: Int)? { nil }

  func text(_ fault: Fault) -> String {
    var text = "\(fault.severity.rawValue)[\(fault.identifier)]: \(fault.message)"
    if let label = fault.label { text += ": \(label)" }
    if let path = fault.instancePath { text += "\n  in: \(path)" }
    if let help = fault.help { text += "\n  help: \(help)" }
    return text
  }
}
