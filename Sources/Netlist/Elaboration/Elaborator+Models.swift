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

  /// The declaration with what it takes over from the models it is a kind of.
  private func complete(
    _ declaration: ModelDeclaration, in scope: Scope
  ) throws(Fault) -> ModelDeclaration {
    var complete = declaration
    var known: Set<String> = [declaration.name.text]
    while let base = complete.base {
      guard let found = scope.model(base.text)?.declaration else {
        throw Fault("unknown-model", "no model named '\(base.text)'", at: base.origin)
      }
      guard known.insert(base.text).inserted else {
        throw Fault("model-recursion", "model '\(base.text)' is a kind of itself", at: base.origin)
      }
      if let fault = found.fault { throw fault }
      let own = Set(complete.parameters.map(\.name))
      complete.parameters += found.parameters.filter { !own.contains($0.name) }
      if complete.type.text.hasPrefix("ako:") { complete.type = found.type }
      complete.base = found.base
    }
    return complete
  }

  private func evaluate(
    _ written: ModelDeclaration, in scope: Scope
  ) throws(Fault) -> Model {
    if let fault = written.fault { throw fault }
    let declaration = written.base == nil ? written : try complete(written, in: scope)
    let full = scope.prefix + declaration.name.text
    var parameters = ParameterList()
    for parameter in declaration.parameters {
      let value: ParameterValue
      if let expression = parameter.expression {
        value = try bind(expression, in: scope, instance: full, place: parameter.name)
      } else if ForeignParameters.usualFiles[parameter.name] != nil {
        value = .text(try file(of: parameter, in: scope))
      } else {
        value = .text(parameter.text ?? "")
      }
      parameters.set(parameter.name, value, at: parameter.origin)
    }
    var model = Model(
      name: full, type: declaration.type.text, parameters: parameters,
      origin: declaration.origin)
    let check = ModelCheck(devices: devices) { [self] in report($0, in: scope) }
    model.parameters = try check.checked(model, declaration)
    addUsualFiles(&model)
    return model
  }

  /// The path of a file that a model names, by a text parameter perhaps.
  private func file(
    of parameter: ParameterDeclaration, in scope: Scope
  ) throws(Fault) -> String {
    let written = parameter.text ?? ""
    let name = written.lowercased()
    if scope.owner(of: name) != nil {
      try resolve(name, from: scope, at: parameter.origin)
      if case .text(let text) = scope.owner(of: name)?.values[name]?.value {
        return path(text, at: parameter.origin)
      }
    }
    let full = path(written, at: parameter.origin)
    guard FileSystem.exists(full) else {
      throw Fault(
        "no-such-file", "no file '\(written)'", at: parameter.origin, label: "looked for \(full)")
    }
    return full
  }

  /// Files that a model reads though it does not name them lie beside the deck.
  private func addUsualFiles(_ model: inout Model) {
    let level = model.parameters["level"]?.number.map { Int($0) } ?? 1
    let described = devices.values.flatMap(\.models).first {
      $0.type == model.type && ($0.level ?? 1) == level
    }
    for parameter in described?.parameters ?? [] where parameter.kind == .text {
      guard let usual = ForeignParameters.usualFiles[parameter.name],
        model.parameters[parameter.name] == nil
      else { continue }
      let full = path(usual, at: model.origin)
      guard FileSystem.exists(full) else { continue }
      model.parameters.set(parameter.name, .text(full), at: model.origin)
    }
  }
}
