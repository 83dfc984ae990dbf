import Schematic

/// A `.func` of the deck.
struct FunctionDeclaration: Sendable {
  var formals: [String]
  var body: Expression
  var origin: Origin
}

/// Writes the bodies of the deck's own functions in place of their calls, within bounds: functions
/// that call each other twice a level would otherwise double an expression at every level.
struct FunctionExpansion {
  static let depthLimit = 64
  static let callLimit = 1 << 17

  /// The function of a name where the expression stands; throws where there is none.
  let lookUp: (String, Origin) throws(Fault) -> FunctionDeclaration
  private var output = Expression()
  private var calls = 0

  init(lookUp: @escaping (String, Origin) throws(Fault) -> FunctionDeclaration) {
    self.lookUp = lookUp
  }

  static func isNeeded(for expression: Expression) -> Bool {
    guard !expression.names.isEmpty else { return false }
    return expression.nodes.contains {
      if case .call(.user, _, _) = $0 { return true }
      return false
    }
  }

  mutating func expand(_ expression: Expression) throws(Fault) -> Expression {
    output = Expression()
    output.root = try copy(expression, formals: [:], depth: 0)
    return output
  }

  /// Appends `source`, its formal arguments replaced by nodes of the output.
  private mutating func copy(
    _ source: Expression, formals: [String: Int32], depth: Int
  ) throws(Fault) -> Int32 {
    var placed: [Int32] = []
    placed.reserveCapacity(source.nodes.count)
    for (index, node) in source.nodes.enumerated() {
      let origin = source.origins[index]
      guard output.nodes.count < ExpressionParser.nodeLimit else {
        throw Fault("expression-too-long", "this expression grows too long", at: origin)
      }
      switch node {
      case .name(let name):
        let text = source.names[Int(name)]
        placed.append(formals[text] ?? output.append(name: text, at: origin))
      case .probe(let probe): placed.append(output.append(probe: source.probes[Int(probe)]))
      case .call(.user, let first, let count):
        let operands = source.arguments[Int(first)..<Int(first) + Int(count)]
        let name = source.names[Int(operands[operands.startIndex])]
        let values = operands.dropFirst().map { placed[Int($0)] }
        placed.append(try call(name, values, origin, depth))
      case .call(let function, let first, let count):
        let operands = source.arguments[Int(first)..<Int(first) + Int(count)]
        placed.append(
          output.append(function, operands.map { placed[Int($0)] }, at: origin))
      default: placed.append(output.append(node, at: origin))
      }
    }
    return placed[Int(source.root)]
  }

  private mutating func call(
    _ name: String, _ values: [Int32], _ origin: Origin, _ depth: Int
  ) throws(Fault) -> Int32 {
    calls += 1
    guard depth < Self.depthLimit, calls < Self.callLimit else {
      throw Fault(
        "function-recursion", "'\(name)' calls itself, or calls are nested too deep", at: origin)
    }
    let function = try lookUp(name, origin)
    guard function.formals.count == values.count else {
      throw Fault(
        "wrong-argument-count",
        "'\(name)' takes \(function.formals.count)"
          + " argument\(function.formals.count == 1 ? "" : "s"), "
          + "not \(values.count)", at: origin)
    }
    let formals = Dictionary(zip(function.formals, values)) { first, _ in first }
    return try copy(function.body, formals: formals, depth: depth + 1)
  }
}
