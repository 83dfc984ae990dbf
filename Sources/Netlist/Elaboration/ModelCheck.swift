import Schematic

/// Compares a `.model` with what the catalogue says of its type.
struct ModelCheck {
  let devices: [String: DeviceDescription]
  /// Where mistakes beyond the first go.
  let report: (Fault) -> Void

  /// The model's parameters under the catalogue's names.
  /// - Throws: where type or level are unknown, so that nothing can be said of the rest.
  func checked(
    _ model: Model, _ declaration: ModelDeclaration
  ) throws(Fault) -> ParameterList {
    let all = devices.values.flatMap(\.models)
    let ofType = all.filter { $0.type == model.type }
    guard !ofType.isEmpty else {
      throw Fault(
        "unknown-model-type", "no device has a model of type '\(model.type)'",
        at: declaration.type.origin, label: NearMiss.label(model.type, among: all.map(\.type)))
    }
    let description = try level(of: model, among: ofType)
    var parameters = ParameterList()
    for entry in model.parameters.entries {
      let place = declaration.parameters.last { $0.name == entry.name }?.place ?? entry.origin
      guard let known = DeviceDescription.find(entry.name, in: description.parameters) else {
        if entry.name == "level" {
          parameters.set("level", entry.value, at: entry.origin)
        } else if ForeignParameters.ofModels[model.type]?.contains(entry.name) == true {
          report(ForeignParameters.warning(entry.name, at: place))
        } else {
          report(unknown(entry.name, of: description, at: place))
        }
        continue
      }
      if parameters[known.name] != nil {
        report(Fault("given-twice", "'\(known.name)' is given a second time", at: place))
      }
      if let fault = known.fault(of: entry.value, at: entry.origin) { report(fault) }
      parameters.set(known.name, entry.value, at: entry.origin)
    }
    for known in description.parameters where known.required && parameters[known.name] == nil {
      report(
        Fault(
          "missing-parameter", "a model of type '\(model.type)' needs '\(known.name)'",
          at: declaration.name.origin))
    }
    return parameters
  }

  private func unknown(
    _ name: String, of description: DeviceDescription.Model, at place: Origin
  ) -> Fault {
    Fault(
      "unknown-model-parameter",
      "a model of type '\(description.type)' has no parameter '\(name)'", at: place,
      label: NearMiss.label(name, among: description.parameters.map(\.name)))
  }

  private func level(
    of model: Model, among candidates: [DeviceDescription.Model]
  ) throws(Fault) -> DeviceDescription.Model {
    let usual = candidates.min { ($0.level ?? 0) < ($1.level ?? 0) } ?? candidates[0]
    guard let written = model.parameters["level"] else {
      // ngspice's memristor has no level, and resistances where the others have states
      let isThreshold =
        model.type == "memristor"
        && ["rmin", "rmax", "rinit"].contains { model.parameters[$0] != nil }
      return candidates.first { isThreshold && $0.level == 5 } ?? usual
    }
    let levels = candidates.compactMap(\.level).sorted()
    if let number = written.number {
      if let found = candidates.first(where: { $0.level.map(Double.init) == number }) {
        return found
      }
      // a type without levels has level 1, unless its own table says more
      let own = usual.parameters.first { $0.name == "level" }?.range ?? 1...1
      if levels.isEmpty, own.contains(number) { return usual }
      // without properties of its material Xyce's thermal resistor is the plain one
      if model.type == "r" || model.type == "res", number == 2,
        !["resistivity", "heatcapacity"].contains(where: { model.parameters[$0] != nil })
      {
        return usual
      }
    }
    let known = levels.isEmpty ? "1" : levels.map(String.init).joined(separator: ", ")
    throw Fault(
      "unknown-model-level", "there is no such level of model type '\(model.type)'",
      at: model.parameters.origin(of: "level") ?? model.origin, label: "known: \(known)")
  }
}
