import Schematic

extension Elaborator {
  /// The value of an expression standing in `scope`, as parameter `place` of `instance`.
  func bind(
    _ expression: Expression, in scope: Scope, instance: String, place: String, index: Int? = nil
  ) throws(Fault) -> ParameterValue {
    let expanded = try expand(expression, in: scope)
    if expanded.nodes.contains(.variable(.temperature)) { circuit.dependsOnTemperature = true }
    for (name, origin) in freeNames(of: expanded) where !(name == "index" && index != nil) {
      try resolve(name, from: scope, at: origin)
    }
    let key = DrawKey(
      seed: seed, sample: sample, instance: DrawKey.hash(instance), place: DrawKey.hash(place))
    var binder = Binder(key: key, temperature: circuit.temperature) {
      [self] (name, origin) throws(Fault) in
      if name == "index", let index { return .number(Double(index)) }
      return try value(of: name, from: scope, at: origin)
    }
    binder.warn = { [self] in report($0, in: scope) }
    defer { if binder.draws > 0 { circuit.dependsOnSample = true } }
    return try binder.bind(expanded.probes.isEmpty ? expanded : located(expanded, in: scope))
  }

  /// Functions of other simulators that would change what is computed.
  private static let unknownFunctions = [
    "ddx": "the derivative by another quantity", "white": "noise of a source",
    "noise": "noise of a source",
  ]

  private func expand(_ expression: Expression, in scope: Scope) throws(Fault) -> Expression {
    guard FunctionExpansion.isNeeded(for: expression) else { return expression }
    var expansion = FunctionExpansion { (name, origin) throws(Fault) in
      if let function = scope.function(name) { return function }
      if let what = Elaborator.unknownFunctions[name] {
        throw Fault("unknown-function", "'\(name)', \(what), is not known here", at: origin)
      }
      let candidates =
        Array(Function.named.keys) + ExpressionParser.probeFunctions
        + scope.chain.flatMap { $0.block.functions.keys }
      throw Fault(
        "unknown-function", "no function named '\(name)'", at: origin,
        label: NearMiss.label(name, among: candidates))
    }
    return try expansion.expand(expression)
  }

  private func freeNames(of expression: Expression) -> [(String, Origin)] {
    guard !expression.names.isEmpty else { return [] }
    return expression.nodes.enumerated().compactMap { index, node in
      guard case .name(let name) = node else { return nil }
      return (expression.names[Int(name)], expression.origins[index])
    }
  }

  private var thermalVoltage: Double {
    circuit.dependsOnTemperature = true
    return 1.380_649e-23 * (circuit.temperature + 273.15) / 1.602_176_634e-19
  }

  /// Names that are numbers wherever no parameter is called so.
  func builtInValue(_ name: String) -> Double? {
    switch name {
    case "pi": .pi
    case "true", "yes": 1
    case "false", "no": 0
    // k T / q
    case "vt": thermalVoltage
    default: nil
    }
  }

  /// The value of a parameter that `resolve` has been asked for before.
  private func value(
    of name: String, from scope: Scope, at origin: Origin
  ) throws(Fault) -> ParameterValue {
    guard let owner = scope.owner(of: name) else {
      if let value = builtInValue(name) { return .number(value) }
      throw unknownParameter(name, from: scope, at: origin)
    }
    switch owner.values[name] {
    case .value(let value): return value
    case .failed(let fault): throw fault
    case .open, nil:
      throw Fault("parameter-cycle", "'\(name)' is defined by itself", at: origin)
    }
  }

  func unknownParameter(_ name: String, from scope: Scope, at origin: Origin) -> Fault {
    let candidates = scope.chain.flatMap { $0.block.parameters.keys }
    return Fault(
      "unknown-parameter", "no parameter named '\(name)'", at: origin,
      label: NearMiss.label(name, among: candidates))
  }

  /// Evaluates a parameter and all it depends on, dependencies first. Works through a stack of its
  /// own: a deck may chain as many parameters as it likes.
  func resolve(_ name: String, from scope: Scope, at origin: Origin) throws(Fault) {
    guard let owner = scope.owner(of: name) else {
      if builtInValue(name) != nil { return }
      throw unknownParameter(name, from: scope, at: origin)
    }
    if case .value = owner.values[name] { return }
    var stack: [Pending] = [Pending(name: name, scope: owner, origin: origin)]
    while !stack.isEmpty {
      do throws(Fault) {
        if try advance(&stack) { stack.removeLast() }
      } catch {
        // whoever waits for this one fails with it
        report(error, in: stack[stack.count - 1].scope)
        for pending in stack { pending.scope.values[pending.name] = .failed(error) }
        return
      }
    }
  }

  /// A parameter being evaluated.
  struct Pending {
    var name: String
    var scope: Scope
    var origin: Origin
    /// Its functions written out; nil before it is first looked at.
    var expression: Expression?
    var names: [(String, Origin)] = []
    var next = 0
  }

  /// Takes the top of the stack one dependency on; true when it is evaluated.
  private func advance(_ stack: inout [Pending]) throws(Fault) -> Bool {
    let last = stack.count - 1
    let (name, scope) = (stack[last].name, stack[last].scope)
    if stack[last].expression == nil {
      switch scope.values[name] {
      case .value: return true
      case .failed(let fault): throw fault
      case .open: throw cycle(stack)
      case nil: break
      }
      guard let declaration = scope.block.parameters[name] else { return true }
      guard let written = declaration.expression else {
        scope.values[name] = .value(.text(declaration.text ?? ""))
        return true
      }
      scope.values[name] = .open
      var expanded = try expand(written, in: scope)
      if !expanded.probes.isEmpty { expanded = located(expanded, in: scope) }
      stack[last].expression = expanded
      stack[last].names = freeNames(of: expanded)
    }
    while stack[last].next < stack[last].names.count {
      let (dependency, origin) = stack[last].names[stack[last].next]
      stack[last].next += 1
      guard let owner = scope.owner(of: dependency) else {
        if builtInValue(dependency) != nil { continue }
        throw unknownParameter(dependency, from: scope, at: origin)
      }
      if case .value = owner.values[dependency] { continue }
      stack.append(Pending(name: dependency, scope: owner, origin: origin))
      return false
    }
    let key = DrawKey(
      seed: seed, sample: sample, instance: DrawKey.hash(scope.prefix), place: DrawKey.hash(name))
    var binder = Binder(key: key, temperature: circuit.temperature) {
      [self] (dependency, origin) throws(Fault) in
      try value(of: dependency, from: scope, at: origin)
    }
    binder.warn = { [self] in report($0, in: scope) }
    defer { if binder.draws > 0 { circuit.dependsOnSample = true } }
    scope.values[name] = .value(
      try binder.bind(stack[last].expression ?? Expression(number: 0)))
    return true
  }

  /// "a -> b -> a", from where the chain first meets the parameter.
  private func cycle(_ stack: [Pending]) -> Fault {
    let top = stack[stack.count - 1]
    let first = stack.firstIndex { $0.name == top.name && $0.scope === top.scope } ?? 0
    var names = stack[first...].map(\.name)
    if names.count > 12 { names.replaceSubrange(6..<names.count - 5, with: ["..."]) }
    return Fault(
      "parameter-cycle", "'\(top.name)' is defined by itself", at: top.origin,
      label: names.joined(separator: " -> "))
  }
}
