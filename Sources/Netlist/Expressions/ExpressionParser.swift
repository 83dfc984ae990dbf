import Schematic

extension Cursor {
  /// Reads a value: `{...}`, `'...'` or a bare expression.
  ///
  /// A bare expression ends at a blank, unless an operator with a blank on both sides follows:
  /// `a + b` is one value, `0 -1` two.
  mutating func expression(condition: Bool = false) throws(Fault) -> Expression {
    skipBlanks()
    var parser = ExpressionParser(cursor: self)
    parser.comparesWithOneSign = condition
    defer { position = parser.cursor.position }
    return try parser.value()
  }
}

/// The one parser of deck expressions: parameters, sources, measures and prints all come here.
///
/// Precedence, weakest first: `?:`, `||`, `^` (exclusive or), `&&`, `== !=`, `< <= > >=`, `+ -`,
/// `* / %`, unary `- + !`, `**`. Method: precedence climbing; nesting is counted and refused
/// beyond `depthLimit`, so that no deck can exhaust the stack.
struct ExpressionParser {
  static let depthLimit = 200
  static let nodeLimit = 1 << 20

  var cursor: Cursor
  var expression = Expression()
  private var depth = 0
  /// Blanks mean nothing inside braces, quotes and parentheses.
  var enclosed = false
  /// Conditions of `? :` whose colon is still to come: a colon is no part of a name then.
  var openChoices = 0
  /// Inside `'...'`, where another quote ends the expression.
  var quoted = false
  /// The rest of the line is one expression, and `=` compares in it: the condition of `.if`.
  var comparesWithOneSign = false

  init(cursor: Cursor) { self.cursor = cursor }

  mutating func value() throws(Fault) -> Expression {
    let start = cursor.position
    let open = cursor.byte
    switch open {
    case UInt8(ascii: "{"), UInt8(ascii: "'"):
      cursor.position += 1
      enclosed = true
      quoted = open == UInt8(ascii: "'")
      _ = try parse()
      cursor.skipBlanks()
      guard cursor.byte == (open == UInt8(ascii: "{") ? UInt8(ascii: "}") : open) else {
        throw unfinished(from: start)
      }
      cursor.position += 1
    default: _ = try parse()
    }
    return expression
  }

  private func unfinished(from start: Int) -> Fault {
    if cursor.position >= cursor.end {
      return Fault(
        "unterminated-expression", "this expression is not closed",
        at: Origin(file: cursor.file, offset: Int32(start), length: 1), label: "opened here")
    }
    return Fault(
      "expected-operator", "expected an operator or the end of the expression",
      at: cursor.here, label: cursor.found)
  }

  /// Parses one expression and returns its node.
  mutating func parse() throws(Fault) -> Int32 {
    try deeper { (parser) throws(Fault) in
      let condition = try parser.binary(above: 0)
      guard parser.takeOperator("?") else { return condition }
      let mark = parser.cursor.origin(from: parser.cursor.position - 1)
      parser.openChoices += 1
      let yes = try parser.parse()
      parser.openChoices -= 1
      parser.skip()
      guard parser.cursor.byte == UInt8(ascii: ":") else {
        throw Fault(
          "expected-mark", "expected ':' and the other value", at: parser.cursor.here,
          label: parser.cursor.found)
      }
      parser.cursor.position += 1
      let no = try parser.parse()
      return parser.expression.append(.select, [condition, yes, no], at: mark)
    }
  }

  private mutating func deeper(
    _ body: (inout ExpressionParser) throws(Fault) -> Int32
  ) throws(Fault) -> Int32 {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ExpressionParser.depthLimit else {
      throw Fault(
        "nesting-too-deep", "this expression is nested more than \(Self.depthLimit) levels deep",
        at: cursor.here)
    }
    guard expression.nodes.count < ExpressionParser.nodeLimit else {
      throw Fault("expression-too-long", "this expression is too long", at: cursor.here)
    }
    return try body(&self)
  }

  mutating func skip() { cursor.skipBlanks() }

  private mutating func takeOperator(_ mark: Unicode.Scalar) -> Bool {
    let start = cursor.position
    let blank = cursor.skipBlanks()
    if cursor.byte == UInt8(ascii: mark), enclosed || !blank || isBlank(ahead: 1) {
      cursor.position += 1
      return true
    }
    cursor.position = start
    return false
  }

  private func isBlank(ahead: Int) -> Bool {
    cursor.isBlank(cursor.byte(ahead: ahead)) || cursor.position + ahead >= cursor.end
  }

  private mutating func binary(above minimum: Int) throws(Fault) -> Int32 {
    var left = try unary()
    while true {
      guard expression.nodes.count < ExpressionParser.nodeLimit else {
        throw Fault("expression-too-long", "this expression is too long", at: cursor.here)
      }
      let start = cursor.position
      let blank = cursor.skipBlanks()
      guard let found = BinaryOperator.at(cursor, oneSign: comparesWithOneSign && enclosed),
        found.precedence > minimum,
        enclosed || !blank || isBlank(ahead: found.length)
      else {
        cursor.position = start
        return left
      }
      let operatorStart = cursor.position
      cursor.position += found.length
      let mark = cursor.origin(from: operatorStart)
      let right = try deeper { (parser) throws(Fault) in
        try parser.binary(above: found.rightAssociative ? found.precedence - 1 : found.precedence)
      }
      if found.function == .exclusiveOr { warnIfNotLogical(left, right, at: mark) }
      left = expression.append(found.function, [left, right], at: mark)
    }
  }

  /// `^` is exclusive or; someone who writes it between numbers most likely means the power.
  private func warnIfNotLogical(_ left: Int32, _ right: Int32, at mark: Origin) {
    for operand in [left, right] {
      if case .call(let function, _, _) = expression.nodes[Int(operand)], function.isLogical {
        continue
      }
      cursor.faults.report(
        Fault(
          "exclusive-or", "'^' is exclusive or here, and its operands are not logical", at: mark,
          label: "write '**' for the power", help: "or set '.options dialect=ngspice'",
          severity: .warning))
      return
    }
  }

  mutating func unary() throws(Fault) -> Int32 {
    skip()
    let start = cursor.position
    let function: Function?
    switch cursor.byte {
    case UInt8(ascii: "-"): function = .negate
    case UInt8(ascii: "+"): function = nil
    case UInt8(ascii: "!"), UInt8(ascii: "~"): function = .not
    default: return try operand()
    }
    cursor.position += 1
    let mark = cursor.origin(from: start)
    return try deeper { (parser) throws(Fault) in
      // a power binds tighter than its base's sign: -2**2 is -4
      let value = try parser.binary(above: BinaryOperator.powerPrecedence - 1)
      guard let function else { return value }
      if function == .negate, case .number(let number) = parser.expression.nodes[Int(value)] {
        parser.expression.nodes[Int(value)] = .number(-number)
        return value
      }
      return parser.expression.append(function, [value], at: mark)
    }
  }

  private mutating func operand() throws(Fault) -> Int32 {
    let start = cursor.position
    if cursor.atNumber {
      let value = try cursor.number()
      return expression.append(.number(value), at: cursor.origin(from: start))
    }
    switch cursor.byte {
    case UInt8(ascii: "("): return try bracketed(close: ")")
    case UInt8(ascii: "{"): return try bracketed(close: "}")
    case UInt8(ascii: "'") where enclosed && !quoted: return try bracketed(close: "'")
    case UInt8(ascii: "@"): return try instanceQuantity()
    default: break
    }
    guard cursor.isLetter(cursor.byte) || cursor.byte == UInt8(ascii: "_") else {
      throw Fault("expected-value", "expected a value", at: cursor.here, label: cursor.found)
    }
    while isNameByte(cursor.byte) { cursor.position += 1 }
    let name = Token(
      text: cursor.lowercased(start, cursor.position), origin: cursor.origin(from: start))
    let afterName = cursor.position
    if enclosed || comparesWithOneSign { skip() }
    if cursor.byte == UInt8(ascii: "("), cursor.position < cursor.end {
      cursor.position += 1
      return try call(name)
    }
    if enclosed, cursor.byte == UInt8(ascii: "{"), cursor.position < cursor.end,
      let function = Function.named[name.text], function.isOfPoints
    {
      return try table(name, function)
    }
    cursor.position = afterName
    if let member = member(of: name) { return member }
    switch name.text {
    case "time": return expression.append(.variable(.time), at: name.origin)
    case "temp", "temper": return expression.append(.variable(.temperature), at: name.origin)
    case "freq", "hertz": return expression.append(.variable(.frequency), at: name.origin)
    default: return expression.append(name: name.text, at: name.origin)
    }
  }

  func isNameByte(_ byte: UInt8) -> Bool {
    cursor.isLetter(byte) || cursor.isDigit(byte) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".") || byte >= 0x80
  }

  private mutating func bracketed(close: Unicode.Scalar) throws(Fault) -> Int32 {
    let start = cursor.position
    cursor.position += 1
    let before = (enclosed, openChoices, quoted)
    enclosed = true
    openChoices = 0
    quoted = quoted || close == "'"
    defer { (enclosed, openChoices, quoted) = before }
    let value = try parse()
    skip()
    guard cursor.byte == UInt8(ascii: close) else { throw unfinished(from: start) }
    cursor.position += 1
    return value
  }
}

/// The binary operators by their spelling.
struct BinaryOperator {
  static let powerPrecedence = 10

  var function: Function
  var length: Int
  var precedence: Int
  var rightAssociative = false

  static func at(_ cursor: Cursor, oneSign: Bool = false) -> BinaryOperator? {
    let next = cursor.byte(ahead: 1)
    switch cursor.byte {
    case UInt8(ascii: "+"): return BinaryOperator(function: .add, length: 1, precedence: 7)
    case UInt8(ascii: "-"): return BinaryOperator(function: .subtract, length: 1, precedence: 7)
    case UInt8(ascii: "*"):
      if next == UInt8(ascii: "*") { return power(cursor, length: 2) }
      return BinaryOperator(function: .multiply, length: 1, precedence: 8)
    case UInt8(ascii: "/"): return BinaryOperator(function: .divide, length: 1, precedence: 8)
    case UInt8(ascii: "%"): return BinaryOperator(function: .remainder, length: 1, precedence: 8)
    case UInt8(ascii: "^"):
      if cursor.dialect == .ngspice { return power(cursor, length: 1) }
      return BinaryOperator(function: .exclusiveOr, length: 1, precedence: 2)
    case UInt8(ascii: "|"): return logical(.or, UInt8(ascii: "|"), next, 1)
    case UInt8(ascii: "&"): return logical(.and, UInt8(ascii: "&"), next, 3)
    case UInt8(ascii: "="):
      guard next == UInt8(ascii: "=") else {
        return oneSign ? BinaryOperator(function: .equal, length: 1, precedence: 4) : nil
      }
      return BinaryOperator(function: .equal, length: 2, precedence: 4)
    case UInt8(ascii: "!"):
      guard next == UInt8(ascii: "=") else { return nil }
      return BinaryOperator(function: .notEqual, length: 2, precedence: 4)
    case UInt8(ascii: "<"):
      if next == UInt8(ascii: ">") {
        return BinaryOperator(function: .notEqual, length: 2, precedence: 4)
      }
      if next == UInt8(ascii: "=") { return comparison(.lessEqual, 2) }
      return comparison(.less, 1)
    case UInt8(ascii: ">"):
      if next == UInt8(ascii: "=") { return comparison(.greaterEqual, 2) }
      return comparison(.greater, 1)
    default: return nil
    }
  }

  /// ngspice raises the magnitude of a negative base.
  private static func power(_ cursor: Cursor, length: Int) -> BinaryOperator {
    BinaryOperator(
      function: cursor.dialect == .ngspice ? .pwr : .power, length: length,
      precedence: powerPrecedence, rightAssociative: true)
  }

  private static func comparison(_ function: Function, _ length: Int) -> BinaryOperator {
    BinaryOperator(function: function, length: length, precedence: 5)
  }

  private static func logical(
    _ function: Function, _ mark: UInt8, _ next: UInt8, _ precedence: Int
  ) -> BinaryOperator {
    BinaryOperator(function: function, length: next == mark ? 2 : 1, precedence: precedence)
  }
}
