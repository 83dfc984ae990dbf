import Schematic

/// Turns a fault into the text a user reads.
protocol FaultRenderer {
  func text(_ fault: Fault) -> String
}

/// For faults that stand in no deck.
struct PlainFaultRenderer: FaultRenderer {
  func text(_ fault: Fault) -> String {
    var text = "\(fault.severity.rawValue)[\(fault.identifier)]: \(fault.message)"
    if let label = fault.label { text += ": \(label)" }
    if let path = fault.instancePath { text += "\n  in: \(path)" }
    if let help = fault.help { text += "\n  help: \(help)" }
    return text
  }
}
