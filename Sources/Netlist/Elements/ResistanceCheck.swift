import Schematic

/// Names resistors for which neither the line nor the model says how large they are: they have
/// 1000 ohms, as in ngspice and Xyce.
enum ResistanceCheck {
  static func faults(of circuit: Circuit) -> [Fault] {
    circuit.instances.filter { $0.device == "R" && $0.model >= 0 && isOpen($0, circuit) }.map {
      Fault(
        "default-resistance", "'\($0.name)' has no resistance: 1000 ohms are taken",
        at: $0.origin, help: "give the line a value, or l and the model rsh",
        severity: .warning)
    }
  }

  private static func isOpen(_ instance: Instance, _ circuit: Circuit) -> Bool {
    let model = circuit.models[Int(instance.model)].parameters
    guard instance.parameters["r"] == nil, model["r"] == nil, model["level"] == nil else {
      return false
    }
    let hasLength = instance.parameters["l"] != nil || model["defl"] != nil
    return !(hasLength && (model["rsh"]?.number ?? 1) > 0 && model["rsh"] != nil)
  }
}
