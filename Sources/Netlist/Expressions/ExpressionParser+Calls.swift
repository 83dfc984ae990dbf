import Schematic

extension ExpressionParser {
  /// Names that read a circuit quantity when a bracket follows.
  static let probeFunctions: Set<String> = [
    "v", "vr", "vi", "vm", "vp", "vdb", "i", "ir", "ii", "im", "ip", "idb", "p", "w", "n",
    "id", "ig", "is", "ib", "i1", "i2", "i3", "i4", "dno", "dni",
  ]

  /// A call whose opening bracket has been read.
  mutating func call(_ name: Token) throws(Fault) -> Int32 {
    if Self.probeFunctions.contains(name.text) { return try probe(name) }
    if name.text == "poly", cursor.dialect == .xyce { return try polynomial(name) }
    if name.text == "par" { return try quotedQuantity() }
    let outside = enclosed
    enclosed = true
    let choices = openChoices
    openChoices = 0
    defer {
      enclosed = outside
      openChoices = choices
    }
    skip()
    if cursor.byte == UInt8(ascii: "\""), let function = Function.named[name.text],
      function.isOfPoints
    {
      return try pointsOfFile(function)
    }
    var operands: [Int32] = []
    if cursor.byte != UInt8(ascii: ")") || cursor.position >= cursor.end {
      repeat { operands.append(try parse()) } while takeComma()
    }
    guard cursor.byte == UInt8(ascii: ")"), cursor.position < cursor.end else {
      throw Fault(
        "expected-mark", "expected ',' or ')' in the call of '\(name.text)'", at: cursor.here,
        label: cursor.found)
    }
    cursor.position += 1
    if let written = try shorthand(name, operands) { return written }
    guard let function = meaning(of: name.text) else {
      expression.names.append(name.text)
      return expression.append(
        .user, [Int32(expression.names.count - 1)] + operands, at: name.origin)
    }
    if [.pulse, .sinusoid, .exponentialPulse, .frequencyModulated].contains(function) {
      operands.insert(expression.append(.variable(.time), at: name.origin), at: 0)
    }
    try check(function, name, operands)
    if function.isOfPoints { sortPoints(&operands, of: name) }
    return expression.append(function, operands, at: name.origin)
  }

  /// What a name means in the deck's dialect.
  private func meaning(of name: String) -> Function? {
    if cursor.dialect == .ngspice {
      switch name {
      case "log": return .ln
      // ngspice raises magnitudes
      case "pow": return .pwr
      case "pwr": return .pwrs
      default: break
      }
    }
    return Function.named[name]
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

  mutating func takeComma() -> Bool {
    skip()
    guard cursor.byte == UInt8(ascii: ",") else { return false }
    cursor.position += 1
    return true
  }

  func check(
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
    guard function.isOfPoints, operands.count % 2 == 0 else { return }
    throw Fault(
      "wrong-argument-count", "'\(name.text)' takes x and then pairs of x and y",
      at: name.origin)
  }

  /// Puts points written as numbers in order, with a warning, as Xyce does.
  func sortPoints(_ operands: inout [Int32], of name: Token) {
    var abscissae: [Double] = []
    for index in stride(from: 1, to: operands.count, by: 2) {
      guard case .number(let x) = expression.nodes[Int(operands[index])] else { return }
      abscissae.append(x)
    }
    guard
      let wrong = abscissae.indices.dropFirst().first(where: {
        abscissae[$0] < abscissae[$0 - 1]
      })
    else { return }
    cursor.faults.report(
      Fault(
        "table-not-increasing", "the points of '\(name.text)' are put in order of x",
        at: expression.origins[Int(operands[2 * wrong + 1])],
        label: "this lies below the point before it", severity: .warning))
    let order = abscissae.indices.sorted { (abscissae[$0], $0) < (abscissae[$1], $1) }
    operands =
      [operands[0]] + order.flatMap { [operands[2 * $0 + 1], operands[2 * $0 + 2]] }
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
    let takesTwo = isVoltage || function.text.hasPrefix("dn")
    let origin = cursor.origin(from: Int(function.origin.offset))
    guard names.count <= (takesTwo ? 2 : 1) else {
      throw Fault(
        "wrong-argument-count",
        "'\(function.text)' takes \(isVoltage ? "one or two nodes" : "one name")", at: origin)
    }
    return expression.append(probe: .init(function: function.text, names: names, origin: origin))
  }
}
