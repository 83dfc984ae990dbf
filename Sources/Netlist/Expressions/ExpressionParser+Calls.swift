import Schematic

extension ExpressionParser {
  /// Names that read a circuit quantity when a bracket follows.
  static let probeFunctions: Set<String> = [
    "v", "vr", "vi", "vm", "vp", "vdb", "i", "ir", "ii", "im", "ip", "idb", "p", "w", "n",
  ]

  /// A call whose opening bracket has been read.
  mutating func call(_ name: Token) throws(Fault) -> Int32 {
    if Self.probeFunctions.contains(name.text) { return try probe(name) }
    if name.text == "par" { return try quotedQuantity() }
    let outside = enclosed
    enclosed = true
    defer { enclosed = outside }
    var operands: [Int32] = []
    skip()
    if cursor.byte != UInt8(ascii: ")") || cursor.position >= cursor.end {
      repeat { operands.append(try parse()) } while takeComma()
    }
    guard cursor.byte == UInt8(ascii: ")"), cursor.position < cursor.end else {
      throw Fault(
        "expected-mark", "expected ',' or ')' in the call of '\(name.text)'", at: cursor.here,
        label: cursor.found)
    }
    cursor.position += 1
    guard var function = Function.named[name.text] else {
      expression.names.append(name.text)
      return expression.append(
        .user, [Int32(expression.names.count - 1)] + operands, at: name.origin)
    }
    if name.text == "log" && cursor.dialect == .ngspice { function = .ln }
    try check(function, name, operands)
    return expression.append(function, operands, at: name.origin)
  }

  /// `par('...')`, which ngspice and HSPICE write around a printed expression.
  private mutating func quotedQuantity() throws(Fault) -> Int32 {
    let outside = enclosed
    enclosed = true
    defer { enclosed = outside }
    skip()
    let quoted = cursor.byte == UInt8(ascii: "'")
    if quoted { cursor.position += 1 }
    let value = try parse()
    for mark in quoted ? "')".utf8 : ")".utf8 {
      skip()
      guard cursor.byte == mark, cursor.position < cursor.end else {
        throw Fault(
          "expected-mark", "expected the end of par(...)", at: cursor.here, label: cursor.found)
      }
      cursor.position += 1
    }
    return value
  }

  private mutating func takeComma() -> Bool {
    skip()
    guard cursor.byte == UInt8(ascii: ",") else { return false }
    cursor.position += 1
    return true
  }

  private func check(
    _ function: Function, _ name: Token, _ operands: [Int32]
  ) throws(Fault) {
    let arity = function.arity
    guard arity.contains(operands.count) else {
      let wanted =
        arity.count == 1 ? "\(arity.lowerBound)" : "\(arity.lowerBound) to \(arity.upperBound)"
      throw Fault(
        "wrong-argument-count",
        "'\(name.text)' takes \(wanted) argument\(wanted == "1" ? "" : "s"), not \(operands.count)",
        at: name.origin)
    }
    guard [.table, .pwl, .spline].contains(function) else { return }
    guard operands.count % 2 == 1 else {
      throw Fault(
        "wrong-argument-count", "'\(name.text)' takes x and then pairs of x and y",
        at: name.origin)
    }
    var last = -Double.infinity
    for index in stride(from: 1, to: operands.count, by: 2) {
      guard case .number(let x) = expression.nodes[Int(operands[index])] else { return }
      guard x > last else {
        throw Fault(
          "table-not-increasing", "the points of '\(name.text)' must increase in x",
          at: expression.origins[Int(operands[index])])
      }
      last = x
    }
  }

  /// `v(a)`, `v(a, b)`, `i(vdd)`, ...: its arguments are names, not expressions.
  private mutating func probe(_ function: Token) throws(Fault) -> Int32 {
    var names: [String] = []
    repeat {
      names.append(try cursor.word("the name of a node or element").text)
    } while takeComma()
    guard cursor.byte == UInt8(ascii: ")"), cursor.position < cursor.end else {
      throw Fault(
        "expected-mark", "expected ',' or ')' in '\(function.text)(...)'", at: cursor.here,
        label: cursor.found)
    }
    cursor.position += 1
    let isVoltage = function.text.hasPrefix("v")
    let origin = cursor.origin(from: Int(function.origin.offset))
    guard names.count <= (isVoltage ? 2 : 1) else {
      throw Fault(
        "wrong-argument-count",
        "'\(function.text)' takes \(isVoltage ? "one or two nodes" : "one name")", at: origin)
    }
    return expression.append(probe: .init(function: function.text, names: names, origin: origin))
  }
}
