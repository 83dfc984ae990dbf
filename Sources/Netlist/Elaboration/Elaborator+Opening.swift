import Schematic

extension Elaborator {
  static let callDepthLimit = 100
  /// Elements that are all read where one call of each subcircuit would do.
  static let manyElements = 200_000.0
  /// Instances and cells of one circuit.
  static let instanceLimit = 4_000_000

  /// Takes the branches of a scope's conditionals, in the order written; branches may hold further
  /// ones.
  func takeBranches(of scope: Scope) {
    var waiting = ArraySlice(scope.block.conditionals)
    while let conditional = waiting.popFirst() {
      for branch in conditional.branches {
        guard let taken = isTaken(branch, in: scope) else { break }
        guard taken else { continue }
        scope.block.merge(branch.block)
        waiting = branch.block.conditionals + waiting
        scope.forgetValues()
        break
      }
    }
    for fault in scope.block.faults { report(fault, in: scope) }
  }

  /// Nil when the condition is wrong, which has been reported.
  private func isTaken(_ branch: Block.Conditional.Branch, in scope: Scope) -> Bool? {
    guard let condition = branch.condition else { return true }
    do throws(Fault) {
      let value = try bind(condition, in: scope, instance: scope.prefix, place: ".if")
      guard case .number(let number) = value else {
        throw Fault("not-constant", "a condition must be a constant", at: branch.origin)
      }
      return number != 0
    } catch {
      report(error, in: scope)
      return nil
    }
  }

  /// Evaluates every parameter a scope declares, so that a mistake in an unused one shows too.
  func evaluateParameters(of scope: Scope) {
    for name in scope.block.parameterOrder {
      guard let declaration = scope.block.parameters[name] else { continue }
      collecting(in: scope) { () throws(Fault) in
        try resolve(name, from: scope, at: declaration.origin)
      }
    }
  }

  /// Reads the elements of an activated scope.
  func open(_ scope: Scope) {
    let readsElements = readsElements(of: scope)
    for element in scope.block.elements {
      if faults.isFull || isOverfull { return }
      switch element {
      case .device(let statement):
        if readsElements { device(statement, in: scope) }
      case .call(let call):
        collecting(in: scope) { () throws(Fault) in try self.call(call, in: scope) }
      case .synapse(let statement): synapses.append((statement, scope))
      }
    }
  }

  private func device(_ statement: Statement, in scope: Scope) {
    let kind = ElementKind.letter(of: statement.name.text)
    guard let decoder = ElementDecoders.byLetter[kind] else { return }
    collecting(in: scope) { () throws(Fault) in
      var first = cursor(statement)
      var name = statement.name
      if kind.count > 1 {
        let second = try first.word("the name of the element")
        name = Token(text: "\(name.text)!\(second.text)", origin: second.origin)
      }
      let array = try arrayName(name)
      for index in 0..<(array?.count ?? 1) {
        guard hasRoom(at: name.origin, in: scope) else { return }
        let context = DecodingContext(
          self, scope, kind: kind, name: array?.element(index) ?? name.text,
          origin: statement.line.origin, index: array == nil ? nil : index,
          count: array?.count ?? 1)
        var cursor = first
        guard var instance = try decoder.decode(&cursor, context) else { return }
        try cursor.finish()
        if scope.copies != 1 { try multiply(&instance, by: scope.copies) }
        circuit.instances.append(instance)
      }
    }
  }

  /// Whether one more instance may be made; tells once when not.
  private func hasRoom(at origin: Origin, in scope: Scope) -> Bool {
    if circuit.instances.count + circuit.cells.count < Elaborator.instanceLimit { return true }
    isOverfull = true
    report(tooLarge(origin), in: scope)
    return false
  }

  func tooLarge(_ origin: Origin) -> Fault {
    Fault(
      "circuit-too-large", "the circuit has more than \(Elaborator.instanceLimit) elements",
      at: origin)
  }

  private func call(_ call: SubcircuitCall, in scope: Scope) throws(Fault) {
    guard let found = scope.subcircuit(call.definition.text) else {
      throw unknownSubcircuit(call.definition, in: scope)
    }
    let declaration = found.declaration
    var depth = 0
    for caller in sequence(first: scope, next: { $0.caller }) {
      depth += 1
      guard caller.declaration !== declaration else {
        throw Fault(
          "subcircuit-recursion", "subcircuit '\(declaration.name.text)' contains itself",
          at: call.definition.origin)
      }
    }
    guard depth < Elaborator.callDepthLimit else {
      throw Fault(
        "nesting-too-deep",
        "subcircuits are nested more than \(Elaborator.callDepthLimit) levels deep",
        at: call.definition.origin)
    }
    let ports = declaration.ports.count
    let fewest = ports - declaration.defaults.count
    guard (fewest...ports).contains(call.nodes.count) else {
      let count = fewest == ports ? "\(ports)" : "\(fewest) to \(ports)"
      throw Fault(
        "wrong-node-count",
        "'\(declaration.name.text)' has \(count) ports, not \(call.nodes.count)",
        at: call.name.origin, label: definedAt(declaration.name.origin))
    }
    for parameter in call.parameters
    where parameter.name != "m"
      && !declaration.parameters.contains(where: { $0.name == parameter.name })
      && declaration.body.parameters[parameter.name] == nil
    {
      let place = Origin(file: call.line.file, offset: parameter.origin.offset, length: 0)
      throw Fault(
        "unknown-parameter",
        "subcircuit '\(declaration.name.text)' has no parameter '\(parameter.name)'",
        at: keyOrigin(parameter, before: place),
        label: NearMiss.label(parameter.name, among: declaration.parameters.map(\.name)))
    }
    for index in 0..<(call.array?.count ?? 1) {
      guard !faults.isFull, !isOverfull, hasRoom(at: call.name.origin, in: scope) else { return }
      try open(call, declaration, in: scope, lexical: found.scope, index: index)
    }
  }

  /// The place of the name in `name=value`, found backwards from the value.
  private func keyOrigin(_ parameter: ParameterDeclaration, before value: Origin) -> Origin {
    guard let bytes = sources.file(value)?.bytes else { return value }
    let length = parameter.name.utf8.count
    var start = Int(value.offset) - length
    while start >= 0 {
      if Cursor.lowercased(bytes, start, start + length) == parameter.name {
        return Origin(file: value.file, offset: Int32(start), length: Int32(length))
      }
      start -= 1
    }
    return parameter.origin
  }

  private func unknownSubcircuit(_ name: Token, in scope: Scope) -> Fault {
    let known = scope.chain.flatMap { $0.block.subcircuits.values }
    var label: String?
    if let near = NearMiss.nearest(name.text, among: known.map(\.name.text)),
      let declaration = known.first(where: { $0.name.text == near })
    {
      label = "did you mean '\(near)'? (\(definedAt(declaration.name.origin)))"
    }
    return Fault(
      "unknown-subcircuit", "no subcircuit named '\(name.text)'", at: name.origin, label: label)
  }

  private func open(
    _ call: SubcircuitCall, _ declaration: SubcircuitDeclaration, in scope: Scope,
    lexical: Scope, index: Int
  ) throws(Fault) {
    let local = call.array?.element(index) ?? call.name.text
    let context = DecodingContext(
      self, scope, kind: "X", name: local, origin: call.line.origin,
      index: call.array == nil ? nil : index, count: call.array?.count ?? 1)
    let full = context.fullName
    var terminals: [Int32] = []
    for node in call.nodes { terminals.append(try context.terminal(node)) }
    for node in declaration.defaults.suffix(declaration.ports.count - terminals.count) {
      terminals.append(self.node(node.text, in: lexical, at: node.origin))
    }
    var given: [String: ParameterValue] = [:]
    for parameter in call.parameters {
      if let expression = parameter.expression {
        given[parameter.name] = try context.bind(expression, of: parameter.name)
      } else {
        given[parameter.name] = .text(parameter.text ?? "")
      }
    }
    if !callOverrides.isEmpty {
      for parameter in declaration.parameters {
        let override = callOverrides["\(full):\(parameter.name)"]
        guard let expression = override?.expression else { continue }
        given[parameter.name] = try context.bind(expression, of: parameter.name)
      }
    }
    let inner = Scope(
      parent: lexical, prefix: full + ".", cell: Int32(circuit.cells.count),
      block: declaration.body, declaration: declaration, caller: scope, given: given)
    for (port, node) in zip(declaration.ports, terminals) { inner.nodes[port] = node }
    inner.copies = scope.copies * (try copies(call, declaration, given))
    circuit.cells.append(
      Cell(
        name: full, definition: declaration.name.text, parent: scope.cell, terminals: terminals,
        parameters: [:], origin: call.line.origin))
    cellDeclarations.append(declaration)
    if !inner.block.conditionals.isEmpty || !inner.block.faults.isEmpty { takeBranches(of: inner) }
    evaluateParameters(of: inner)
    for parameter in declaration.parameters {
      if case .value(.number(let value)) = inner.values[parameter.name] {
        circuit.cells[Int(inner.cell)].parameters[parameter.name] = value
      }
    }
    if !inner.block.cards.isEmpty { scopesWithCards.append(inner) }
    open(inner)
  }
}
