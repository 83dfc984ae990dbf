import Schematic

extension Elaborator {
  /// `m=` of a call, where the subcircuit has no parameter of that name: so many in parallel.
  func copies(
    _ call: SubcircuitCall, _ declaration: SubcircuitDeclaration,
    _ given: [String: ParameterValue]
  ) throws(Fault) -> Double {
    guard let value = given["m"], !declaration.parameters.contains(where: { $0.name == "m" }),
      let origin = call.parameters.first(where: { $0.name == "m" })?.origin
    else { return 1 }
    guard let number = value.number, number > 0, number.isFinite else {
      throw Fault("out-of-range", "'m' must be > 0", at: origin)
    }
    return number
  }

  /// Stands for `copies` of an element in parallel: those that have `m` are multiplied, voltages
  /// stay, and whatever follows a current that is multiplied already stays too.
  func multiply(_ instance: inout Instance, by copies: Double) throws(Fault) {
    if devices[instance.device]?.instanceParameter("m") != nil {
      let own = instance.parameters["m"]?.number ?? 1
      let origin = instance.parameters.origin(of: "m") ?? instance.origin
      instance.parameters.set("m", .number(own * copies), at: origin)
      return
    }
    switch instance.device {
    case "V", "E", "F", "K", "YDELAY": return
    case "B" where instance.parameters["v"] != nil: return
    default:
      throw Fault(
        "unsupported-multiplicity",
        "this element cannot stand in a subcircuit that is called with m=", at: instance.origin)
    }
  }
}
