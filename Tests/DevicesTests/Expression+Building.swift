import Schematic

/// Expressions put together by hand.
extension Expression {
  static func voltage(_ plus: Int32, _ minus: Int32) -> Expression {
    var expression = Expression()
    expression.append(
      probe: Probe(function: "v", names: ["a", "b"], nodes: [plus, minus], origin: .none))
    return expression
  }

  static let time: Expression = {
    var expression = Expression()
    expression.append(.variable(.time), at: .none)
    return expression
  }()

  static func unary(_ function: Function, _ operand: Expression) -> Expression {
    var result = operand
    result.append(function, [operand.root], at: .none)
    return result
  }

  static func binary(_ function: Function, _ a: Expression, _ b: Expression) -> Expression {
    call(function, [a, b])
  }

  static func call(_ function: Function, _ operands: [Expression]) -> Expression {
    var result = Expression()
    var roots: [Int32] = []
    for operand in operands {
      let (nodes, arguments) = (Int32(result.nodes.count), Int32(result.arguments.count))
      let probes = Int32(result.probes.count)
      result.arguments += operand.arguments.map { $0 + nodes }
      result.probes += operand.probes
      for node in operand.nodes {
        switch node {
        case .call(let function, let first, let count):
          result.append(.call(function, first: first + arguments, count: count), at: .none)
        case .probe(let index): result.append(.probe(index + probes), at: .none)
        default: result.append(node, at: .none)
        }
      }
      roots.append(operand.root + nodes)
    }
    result.append(function, roots, at: .none)
    return result
  }
}
