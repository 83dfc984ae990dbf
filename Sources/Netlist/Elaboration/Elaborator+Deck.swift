import Schematic

extension Elaborator {
  /// The whole deck: options, parameters, elements, synapses, cards.
  func elaborate(_ block: Block, globals: Set<String>, overrides: [ParameterDeclaration]) {
    self.globals = globals
    let ofCalls = overrides.filter { $0.name.contains(":") }
    for parameter in ofCalls { callOverrides[parameter.name] = parameter }
    let overrides = overrides.filter { !$0.name.contains(":") }
    for name in globals.sorted() where name != "0" { _ = globalNode(name) }
    let scope = Scope(parent: nil, prefix: "", cell: -1, block: block)
    // `.temp` and `.options` see overridden values, too; branches may bring more parameters
    override(overrides, in: scope)
    decodeCards(of: scope, phase: .beforeParameters, from: 0)
    takeBranches(of: scope)
    decodeCards(of: scope, phase: .beforeParameters, from: block.cards.count)
    refuseUnknown(overrides, in: scope)
    override(overrides, in: scope)
    scope.forgetValues()
    evaluateParameters(of: scope)
    for name in scope.block.parameterOrder {
      if case .value(.number(let value)) = scope.values[name] { circuit.parameters[name] = value }
    }
    if cells == .oneOfEach {
      var whole = SizeEstimate()
      if whole.elements(of: scope.block) <= Self.manyElements { cells = .everything }
    }
    var estimate = SizeEstimate(cells == .everything ? .everything : .nothing)
    if estimate.elements(of: scope.block) > Double(Elaborator.instanceLimit) {
      let largest = scope.block.elements.first { element in
        if case .call = element { return true }
        return false
      }
      if case .call(let call) = largest { report(tooLarge(call.name.origin), in: scope) }
      return
    }
    open(scope)
    for parameter in ofCalls where !isOfCall(parameter.name) {
      report(unknownParameter(parameter.name, from: scope, at: parameter.place), in: scope)
    }
    for name in scope.block.models.keys.sorted() {
      if let model = scope.block.models[name] {
        collecting(in: scope) { () throws(Fault) in _ = try self.model(model.name, in: scope) }
      }
    }
    GeometryScale.apply(to: &circuit)
    readSynapses()
    if cells != .nothing { tryUnopened(in: scope) }
    resolveProbes()
    for fault in ReferenceCheck.faults(of: circuit, in: sources) { report(fault, in: scope) }
    for fault in ResistanceCheck.faults(of: circuit) { report(fault, in: scope) }
    for inner in scopesWithCards { decodeCards(of: inner, phase: .afterElements, from: 0) }
    decodeCards(of: scope, phase: .afterElements, from: 0)
  }

  /// The voltage of a source of its own that makes `quantity`: what is integrated in time needs an
  /// unknown, and a behavioural source has one.
  func voltage(of quantity: Expression, at origin: Origin) -> Expression {
    let name = "\(Circuit.hiddenPrefix)\(circuit.instances.count)"
    let node = globalNode(name)
    circuit.instances.append(
      Instance(
        name: name, device: "B", terminals: [node, 0],
        parameters: ["v": .expression(quantity)], origin: origin))
    var voltage = Expression()
    voltage.append(
      probe: .init(function: "v", names: [name], nodes: [node], origin: origin))
    return voltage
  }

  /// Whether "x1.x2:name" is a parameter of a call that there is.
  private func isOfCall(_ name: String) -> Bool {
    guard let colon = name.lastIndex(of: ":"), let cell = cellIndex(String(name[..<colon]))
    else { return false }
    let own = name[name.index(after: colon)...]
    return cellDeclarations[cell].parameters.contains { $0.name == own }
  }

  private func globalNode(_ name: String) -> Int32 {
    if let index = nodeIndices[name] { return index }
    let index = Int32(circuit.nodeNames.count)
    circuit.nodeNames.append(name)
    nodeIndices[name] = index
    return index
  }

  private func override(_ overrides: [ParameterDeclaration], in scope: Scope) {
    for parameter in overrides where scope.block.parameters[parameter.name] != nil {
      scope.block.parameters[parameter.name] = parameter
    }
  }

  private func refuseUnknown(_ overrides: [ParameterDeclaration], in scope: Scope) {
    for parameter in overrides where scope.block.parameters[parameter.name] == nil {
      let length = Int32(parameter.name.utf8.count)
      let name = Origin(file: parameter.origin.file, offset: 0, length: length)
      report(unknownParameter(parameter.name, from: scope, at: name), in: scope)
    }
  }

  private func decodeCards(of scope: Scope, phase: CardPhase, from first: Int) {
    for statement in scope.block.cards.dropFirst(first) {
      guard let decoder = CardDecoders.byName[statement.name.text], decoder.phase == phase
      else { continue }
      let name = statement.name.text
      collecting(in: scope, leniently: statement.isCommand) { () throws(Fault) in
        guard scope.declaration == nil || decoder.allowedInSubcircuits else {
          throw Fault(
            "card-in-subcircuit", "'\(name)' cannot stand in a subcircuit",
            at: statement.name.origin)
        }
        let context = DecodingContext(
          self, scope, kind: name, name: name, origin: statement.line.origin)
        var cursor = cursor(statement)
        if let card = try decoder.decode(&cursor, context) { circuit.cards.append(card) }
        try cursor.finish()
      }
    }
    if phase == .beforeParameters, let seed = circuit.options["seed"]?.value.number,
      let whole = UInt64(exactly: seed), !seedIsGiven
    {
      self.seed = whole
    }
  }

  private func readSynapses() {
    for (statement, scope) in synapses {
      collecting(in: scope) { () throws(Fault) in
        var cursor = cursor(statement)
        // the cursor stands behind the name, which is the second word
        let context = DecodingContext(
          self, scope, kind: "YSYNAPSE", name: statement.name.text,
          origin: statement.line.origin)
        var reader = SynapseReader(context)
        circuit.synapses.append(try reader.read(&cursor))
      }
    }
  }

  /// Gives the voltages in expressions of elements their nodes, now that all nodes are known.
  private func resolveProbes() {
    let root = Scope(parent: nil, prefix: "", cell: -1, block: Block())
    for instance in circuit.instances.indices {
      for entry in circuit.instances[instance].parameters.entries.indices {
        guard
          case .expression(var expression) =
            circuit.instances[instance].parameters.entries[entry].value,
          !expression.probes.isEmpty
        else { continue }
        collecting(in: root) { () throws(Fault) in try resolveProbes(of: &expression, in: root) }
        circuit.instances[instance].parameters.entries[entry].value = .expression(expression)
      }
    }
  }

  func resolveProbes(of expression: inout Expression, in scope: Scope) throws(Fault) {
    for index in expression.probes.indices {
      let probe = expression.probes[index]
      if probe.function.hasPrefix("v") {
        for (number, node) in probe.nodes.enumerated() where node < 0 {
          expression.probes[index].nodes[number] = try existingNode(
            probe.names[number], in: scope, at: probe.origin)
        }
      } else {
        try resolveElement(of: &expression, index, in: scope)
      }
    }
  }

  /// Checks that the element of a current, power or inner quantity is there. `n(a)` of a node
  /// is its voltage.
  private func resolveElement(
    of expression: inout Expression, _ index: Int, in scope: Scope
  ) throws(Fault) {
    let probe = expression.probes[index]
    guard let name = probe.names.first, !["measure", "onoise", "inoise"].contains(probe.function)
    else { return }
    if probe.function == "n" {
      if isInnerQuantity(name) { return }
      let node = try existingNode(name, in: scope, at: probe.origin)
      expression.probes[index].function = "v"
      expression.probes[index].nodes = [node]
    } else if !isInstance(name) {
      throw Fault(
        "unknown-instance", "no element named '\(name)'", at: probe.origin,
        label: NearMiss.label(name, among: circuit.instances.lazy.map(\.name)))
    }
  }

  /// `r1:r` or `ymemristor!mr1_x`: an element, or a model, and what is meant of it.
  private func isInnerQuantity(_ name: String) -> Bool {
    for mark in [":", "_"] {
      var rest = Substring(name)
      while let place = rest.lastIndex(of: Character(mark)) {
        rest = rest[..<place]
        if isInstance(String(rest)) || circuit.models.contains(where: { $0.name == rest }) {
          return true
        }
      }
    }
    return false
  }
}
