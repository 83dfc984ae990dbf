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
    if let fault = declaration.fault { throw fault }
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
    var model = Model(
      name: full, type: declaration.type.text, parameters: parameters,
      origin: declaration.origin)
    let check = ModelCheck(devices: devices) { [self] in report($0, in: scope) }
    model.parameters = try check.checked(model, declaration)
    return model
  }
}
