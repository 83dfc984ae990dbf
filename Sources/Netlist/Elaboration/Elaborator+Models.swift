import Schematic

extension Elaborator {
  /// The index of a model seen from `scope`, evaluated once for each scope it stands in.
  func model(_ token: Token, in scope: Scope) throws(Fault) -> Int32 {
    guard let found = scope.model(token.text) else {
      let known = scope.chain.flatMap { $0.block.models.values }
      let near = NearMiss.nearest(token.text, among: known.map(\.name.text))
      var label: String?
      if let near, let model = known.first(where: { $0.name.text == near }) {
        label = "did you mean '\(near)'? (\(definedAt(model.name.origin)))"
      }
      throw Fault(
        "unknown-model", "no model named '\(token.text)'", at: token.origin, label: label)
    }
    if let known = found.scope.modelIndices[token.text] { return try known.get() }
    do throws(Fault) {
      let model = try evaluate(found.declaration, in: found.scope)
      let index = Int32(circuit.models.count)
      circuit.models.append(model)
      found.scope.modelIndices[token.text] = .success(index)
      return index
    } catch {
      found.scope.modelIndices[token.text] = .failure(error)
      throw error
    }
  }

  /// "defined at circuits/sto/neuron.lib:8".
  func definedAt(_ origin: Origin) -> String {
    guard let file = sources.file(origin), let place = sources.position(origin) else {
      return "defined by the program"
    }
    return "defined at \(file.path):\(place.line)"
  }

  private func evaluate(
    _ declaration: ModelDeclaration, in scope: Scope
  ) throws(Fault) -> Model {
    let full = scope.prefix + declaration.name.text
    var parameters = ParameterList()
    for parameter in declaration.parameters {
      let value: ParameterValue
      if let expression = parameter.expression {
        value = try bind(expression, in: scope, instance: full, place: parameter.name)
      } else {
        value = .text(parameter.text ?? "")
      }
      parameters.set(parameter.name, value, at: parameter.origin)
    }
    let model = Model(
      name: full, type: declaration.type.text, parameters: parameters,
      origin: declaration.origin)
    try ModelCheck(devices: devices).check(model, declaration)
    return model
  }
}

/// Compares a `.model` with what the catalogue says of its type.
struct ModelCheck {
  let devices: [String: DeviceDescription]

  func check(_ model: Model, _ declaration: ModelDeclaration) throws(Fault) {
    let all = devices.values.flatMap(\.models)
    let ofType = all.filter { $0.type == model.type }
    guard !ofType.isEmpty else {
      throw Fault(
        "unknown-model-type", "no device has a model of type '\(model.type)'",
        at: declaration.type.origin, label: NearMiss.label(model.type, among: all.map(\.type)))
    }
    let description = try level(of: model, among: ofType)
    for entry in model.parameters.entries where entry.name != "level" {
      let known = description.parameters.first {
        $0.name == entry.name || $0.aliases.contains(entry.name)
      }
      guard let known else {
        throw Fault(
          "unknown-model-parameter",
          "a model of type '\(model.type)' has no parameter '\(entry.name)'", at: entry.origin,
          label: NearMiss.label(entry.name, among: description.parameters.map(\.name)))
      }
      try check(entry, known)
    }
  }

  private func level(
    of model: Model, among candidates: [DeviceDescription.Model]
  ) throws(Fault) -> DeviceDescription.Model {
    guard let written = model.parameters["level"] else {
      return candidates.first { $0.level == nil } ?? candidates.min { $0.level! < $1.level! }!
    }
    let levels = candidates.compactMap(\.level)
    if let number = written.number {
      if let found = candidates.first(where: { $0.level.map(Double.init) == number }) {
        return found
      }
      // a type without levels has level 1
      if levels.isEmpty && number == 1 { return candidates[0] }
    }
    let known = levels.isEmpty ? "1" : levels.sorted().map(String.init).joined(separator: ", ")
    throw Fault(
      "unknown-model-level", "there is no such level of model type '\(model.type)'",
      at: model.parameters.origin(of: "level") ?? model.origin, label: "there is \(known)")
  }

  private func check(
    _ entry: ParameterList.Entry, _ known: DeviceDescription.Parameter
  ) throws(Fault) {
    switch (known.kind, entry.value) {
    case (.text, .text), (.behavioural, .expression), (.behavioural, .number): return
    case (.number, .number(let number)), (.flag, .number(let number)):
      guard let range = known.range, !range.contains(number) else { return }
      throw Fault(
        "out-of-range",
        "'\(entry.name)' is \(number), outside \(range.lowerBound) to \(range.upperBound)",
        at: entry.origin)
    case (.text, _):
      throw Fault("not-a-text", "'\(entry.name)' must be a text in quotes", at: entry.origin)
    case (_, .expression):
      throw Fault(
        "not-constant", "'\(entry.name)' must be a constant, not an expression of the circuit",
        at: entry.origin)
    default:
      throw Fault("not-a-number", "'\(entry.name)' must be a number", at: entry.origin)
    }
  }
}
