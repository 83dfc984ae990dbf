import Numerics
import Schematic

/// Who owns an expression: the key of its random draws. Both words are hashes of names, so that a
/// draw stays the same when the deck changes elsewhere.
struct DrawKey {
  var seed: UInt64
  var sample: Int
  /// Of the hierarchical instance name; of the scope's path for a `.param`.
  var instance: UInt64
  /// Of the parameter's name.
  var place: UInt64

  /// FNV-1a, 64 bits (Fowler, Noll, Vo).
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// A random function's draw; `ordinal` counts the random functions of the expression.
  func draw(_ function: Function, _ operands: [Double], ordinal: Int) -> Double {
    let mixed = (place &+ UInt64(ordinal) &* 0x9E37_79B9_7F4A_7C15) << 8
    var stream = RandomStream(
      seed: seed, sample: sample, instance: Int(Int64(bitPattern: instance)),
      purpose: RandomPurpose(rawValue: mixed | RandomPurpose.parameter.rawValue))
    let (nominal, variation) = (operands[0], operands[1])
    let sigmas = operands.count > 2 ? operands[2] : 1
    switch function {
    case .agauss: return nominal + variation * stream.normal() / sigmas
    case .gauss: return nominal * (1 + variation * stream.normal() / sigmas)
    case .aunif: return nominal + variation * (2 * stream.uniform() - 1)
    default: return nominal * (1 + variation * (2 * stream.uniform() - 1))
    }
  }
}

/// Replaces an expression's names by their values and folds what is constant.
///
/// What remains is a number, a text (a name of a text parameter alone), or an expression of circuit
/// quantities.
struct Binder {
  var key: DrawKey
  var temperature: Double
  /// The value of a name; throws where it has none.
  var lookUp: (String, Origin) throws(Fault) -> ParameterValue

  /// Told of what is put right.
  var warn: (Fault) -> Void = { _ in }

  private var output = Expression()
  private var bound: [Bound] = []
  /// How often a random function was asked.
  private(set) var draws = 0

  private enum Bound {
    case number(Double)
    case node(Int32)
  }

  init(
    key: DrawKey, temperature: Double,
    lookUp: @escaping (String, Origin) throws(Fault) -> ParameterValue
  ) {
    self.key = key
    self.temperature = temperature
    self.lookUp = lookUp
  }

  mutating func bind(_ expression: Expression) throws(Fault) -> ParameterValue {
    if let number = expression.constant { return .number(number) }
    if let name = expression.singleName { return try lookUp(name, expression.origins[0]) }
    bound.reserveCapacity(expression.nodes.count)
    for (index, node) in expression.nodes.enumerated() {
      let origin = expression.origins[index]
      switch node {
      case .number(let value): bound.append(.number(value))
      case .variable(.temperature): bound.append(.number(temperature))
      case .variable: bound.append(.node(output.append(node, at: origin)))
      case .probe(let probe):
        bound.append(.node(output.append(probe: expression.probes[Int(probe)])))
      case .name(let name):
        bound.append(try named(expression.names[Int(name)], origin))
      case .call(let function, let first, let count):
        let operands = expression.arguments[Int(first)..<Int(first) + Int(count)]
        bound.append(try call(function, operands, origin))
      }
    }
    switch bound[Int(expression.root)] {
    case .node(let node):
      output.root = node
      return .expression(output)
    case .number(let value):
      guard value.isFinite else {
        throw Fault(
          "not-finite", "the value of this expression is not finite",
          at: expression.origins[Int(expression.root)],
          label: value.isNaN ? "gives no number" : "gives \(value)")
      }
      return .number(value)
    }
  }

  private mutating func named(_ name: String, _ origin: Origin) throws(Fault) -> Bound {
    switch try lookUp(name, origin) {
    case .number(let value): return .number(value)
    case .expression(let inner): return .node(try graft(inner, origin))
    case .text, .numbers:
      throw Fault("not-a-number", "'\(name)' is no number", at: origin)
    }
  }

  /// Copies a bound expression (a parameter of time, say) in.
  private mutating func graft(_ inner: Expression, _ origin: Origin) throws(Fault) -> Int32 {
    guard output.nodes.count + inner.nodes.count <= ExpressionParser.nodeLimit else {
      throw Fault("expression-too-long", "this expression grows too long", at: origin)
    }
    let shift = Int32(output.nodes.count)
    for (index, node) in inner.nodes.enumerated() {
      let place = inner.origins[index]
      switch node {
      case .probe(let probe): output.append(probe: inner.probes[Int(probe)])
      case .call(let function, let first, let count):
        let operands = inner.arguments[Int(first)..<Int(first) + Int(count)]
        output.append(function, operands.map { $0 + shift }, at: place)
      default: output.append(node, at: place)
      }
    }
    return inner.root + shift
  }

  private mutating func call(
    _ function: Function, _ operands: ArraySlice<Int32>, _ origin: Origin
  ) throws(Fault) -> Bound {
    if function.isRandom { draws += 1 }
    var numbers: [Double] = []
    for operand in operands {
      guard case .number(let value) = bound[Int(operand)] else { break }
      numbers.append(value)
    }
    if function.isRandom {
      guard numbers.count == operands.count else {
        throw Fault(
          "random-of-circuit", "a random function takes numbers, not circuit quantities",
          at: origin)
      }
      return .number(key.draw(function, numbers, ordinal: draws))
    }
    if function.isOfPoints, let ordered = inOrder(operands, function, origin) {
      return try call(function, ordered[...], origin)
    }
    if numbers.count == operands.count, function != .sdt {
      guard function.isReal(at: numbers) else { return .number(.nan) }
      return .number(function == .ddt ? 0 : function.evaluate(numbers))
    }
    if function == .select, let condition = numbers.first {
      return bound[Int(operands[operands.startIndex + (condition != 0 ? 1 : 2)])]
    }
    var nodes: [Int32] = []
    for operand in operands {
      switch bound[Int(operand)] {
      case .node(let node): nodes.append(node)
      case .number(let value): nodes.append(output.append(.number(value), at: origin))
      }
    }
    guard output.nodes.count < ExpressionParser.nodeLimit else {
      throw Fault("expression-too-long", "this expression grows too long", at: origin)
    }
    return .node(output.append(function, nodes, at: origin))
  }

  /// The operands of a table with its points in the order of x; nil where they are so already, or
  /// are no numbers.
  private func inOrder(
    _ operands: ArraySlice<Int32>, _ function: Function, _ origin: Origin
  ) -> [Int32]? {
    let list = Array(operands)
    var points: [(x: Double, index: Int)] = []
    for index in stride(from: 1, to: list.count - 1, by: 2) {
      guard case .number(let x) = bound[Int(list[index])] else { return nil }
      points.append((x, index))
    }
    guard zip(points, points.dropFirst()).contains(where: { $1.x < $0.x }) else { return nil }
    warn(
      Fault(
        "table-not-increasing", "the points of this table are put in order of x",
        at: origin, severity: .warning))
    points.sort { ($0.x, $0.index) < ($1.x, $1.index) }
    return [list[0]] + points.flatMap { [list[$0.index], list[$0.index + 1]] }
  }
}
