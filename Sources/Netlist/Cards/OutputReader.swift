import Schematic

extension DecodingContext {
  /// Names that no parameter has as the quantities that they are: `onoise` and `inoise`, and
  /// elements that stand for their own value, `r1` for `r1:r`.
  private func withQuantities(_ expression: Expression) -> Expression {
    var expression = expression
    for (index, node) in expression.nodes.enumerated() {
      guard case .name(let name) = node else { continue }
      let text = expression.names[Int(name)]
      guard scope.owner(of: text) == nil, let probe = probe(text, at: expression.origins[index])
      else { continue }
      expression.probes.append(probe)
      expression.nodes[index] = .probe(Int32(expression.probes.count - 1))
    }
    return expression
  }

  private func probe(_ name: String, at origin: Origin) -> Expression.Probe? {
    if ["onoise", "inoise"].contains(name) {
      return .init(function: name, names: [], origin: origin)
    }
    guard let letter = name.split(separator: ".").last?.first, "rcl".contains(letter),
      elaborator.isInstance(name)
    else { return nil }
    return .init(function: "n", names: ["\(name):\(letter)"], origin: origin)
  }

  /// An expression of circuit quantities, all of which exist.
  func quantity(_ expression: Expression, at origin: Origin) throws(Fault) -> Expression {
    guard var bound = try bind(withQuantities(expression), of: "output").expression else {
      throw Fault("not-a-number", "this is a text, not a quantity", at: origin)
    }
    // the names in it are those of the whole circuit by now
    let root = Scope(parent: nil, prefix: "", cell: -1, block: Block())
    try elaborator.resolveProbes(of: &bound, in: root)
    let integrates = bound.nodes.contains { if case .call(.sdt, _, _) = $0 { true } else { false } }
    return integrates ? elaborator.voltage(of: bound, at: origin) : bound
  }
}

/// Reads printed quantities: `v(a)`, `v(a,b)`, `i(r1)`, `{expression}`, and `v(out[*])`, which
/// stands for one quantity an element.
enum OutputReader {
  static func outputs(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> [Output] {
    cursor.skipBlanks()
    let start = cursor.position
    var expression = try cursor.expression()
    let origin = cursor.origin(from: start)
    expression = context.withEquations(expression)
    for case .name(let name) in expression.nodes
    where context.scope.owner(of: expression.names[Int(name)]) == nil
      && context.isMeasure(expression.names[Int(name)])
    {
      context.report(
        Fault(
          "foreign-parameter", "a measure is told at the end and not printed along", at: origin,
          severity: .warning))
      return []
    }
    if expression.nodes.count == 1, let probe = expression.probes.first,
      let name = probe.names.first(where: { $0.contains("*") || isRange($0) })
    {
      return try spread(probe, over: Token(text: name, origin: origin), context)
    }
    let bound = try context.quantity(expression, at: origin)
    let label = context.elaborator.sources.text(origin)
    return [Output(label: label, value: bound, origin: origin)]
  }

  private static func isRange(_ name: String) -> Bool {
    guard name.last == "]", let open = name.firstIndex(of: "[") else { return false }
    return name[open...].contains(":")
  }

  private static func spread(
    _ probe: Expression.Probe, over array: Token, _ context: DecodingContext
  ) throws(Fault) -> [Output] {
    let names: [String]
    if probe.function.hasPrefix("v") {
      let circuit = context.elaborator.circuit
      names = try context.existingNodes(array).map { circuit.nodeNames[Int($0)] }
    } else {
      names = try elements(array, context)
    }
    var outputs: [Output] = []
    for name in names {
      var single = probe
      single.names = probe.names.map { $0 == array.text ? name : $0 }
      var expression = Expression()
      expression.append(probe: single)
      let bound = try context.quantity(expression, at: array.origin)
      let label = "\(probe.function)(\(single.names.joined(separator: ",")))"
      outputs.append(Output(label: label, value: bound, origin: array.origin))
    }
    return outputs
  }

  /// The elements of `r1[*]` or `r1[0:3]`.
  private static func elements(
    _ array: Token, _ context: DecodingContext
  ) throws(Fault) -> [String] {
    if let range = try ArrayName(array) {
      return (0..<range.count).map { range.element($0) }
    }
    let stem = array.text.prefix { $0 != "*" }
    let found = context.elaborator.circuit.instances.map(\.name).filter {
      $0.hasPrefix(stem) && $0.hasSuffix("]") && !$0.dropFirst(stem.count).contains(".")
    }
    guard stem.hasSuffix("["), !found.isEmpty else {
      throw Fault(
        "unknown-element", "no element is named like '\(array.text)'", at: array.origin)
    }
    return found
  }
}
