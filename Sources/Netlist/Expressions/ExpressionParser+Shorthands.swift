import Schematic

/// What other simulators write for something that the language's own functions say.
extension ExpressionParser {
  /// The call written out, for names such as `sqr` and `eq0`; nil for all other names.
  mutating func shorthand(_ name: Token, _ operands: [Int32]) throws(Fault) -> Int32? {
    let place = name.origin
    if name.text == "limit", operands.count == 2 {
      // one of the ends, at random
      let draw = expression.append(.aunif, [number(0, place), number(1, place)], at: place)
      let sign = expression.append(.sgn, [draw], at: place)
      let part = expression.append(.multiply, [operands[1], sign], at: place)
      return expression.append(.add, [operands[0], part], at: place)
    }
    guard let count = Self.shorthands[name.text] else { return nil }
    guard operands.count == count else {
      throw Fault(
        "wrong-argument-count",
        "'\(name.text)' takes \(count) argument\(count == 1 ? "" : "s"), not \(operands.count)",
        at: place)
    }
    if name.text == "rand" {
      return expression.append(.aunif, [number(0.5, place), number(0.5, place)], at: place)
    }
    let x = operands[0]
    switch name.text {
    case "sqr": return expression.append(.multiply, [x, x], at: place)
    case "hypot":
      let squares = operands.map { expression.append(.multiply, [$0, $0], at: place) }
      let sum = expression.append(.add, squares, at: place)
      return expression.append(.sqrt, [sum], at: place)
    case "u2":
      return expression.append(.limit, [x, number(0, place), number(1, place)], at: place)
    case "buf": return expression.append(.greater, [x, number(0.5, place)], at: place)
    case "inv": return expression.append(.lessEqual, [x, number(0.5, place)], at: place)
    default:
      guard let comparison = Self.comparisons[name.text] else { return nil }
      return expression.append(comparison, [x, number(0, place)], at: place)
    }
  }

  /// How many arguments each takes.
  static let shorthands: [String: Int] = [
    "sqr": 1, "hypot": 2, "u2": 1, "buf": 1, "inv": 1, "rand": 0, "eq0": 1, "ne0": 1, "gt0": 1,
    "lt0": 1, "ge0": 1, "le0": 1,
  ]

  private static let comparisons: [String: Function] = [
    "eq0": .equal, "ne0": .notEqual, "gt0": .greater, "lt0": .less, "ge0": .greaterEqual,
    "le0": .lessEqual,
  ]

  private mutating func number(_ value: Double, _ place: Origin) -> Int32 {
    expression.append(.number(value), at: place)
  }

  /// `r1:r` and `x1:m1:gm`, behind the name that comes first: what `n(r1:r)` reads. A colon that
  /// a `?` waits for is none.
  mutating func member(of name: Token) -> Int32? {
    guard openChoices == 0, cursor.byte == UInt8(ascii: ":"), isNameStart(cursor.byte(ahead: 1))
    else { return nil }
    let start = Int(name.origin.offset)
    while cursor.byte == UInt8(ascii: ":"), isNameStart(cursor.byte(ahead: 1)) {
      cursor.position += 1
      while isNameByte(cursor.byte) || cursor.byte == UInt8(ascii: "!") { cursor.position += 1 }
    }
    let text = cursor.lowercased(start, cursor.position)
    return expression.append(
      probe: .init(function: "n", names: [text], origin: cursor.origin(from: start)))
  }

  private func isNameStart(_ byte: UInt8) -> Bool {
    cursor.isLetter(byte) || byte == UInt8(ascii: "_")
  }

  /// ngspice's `@m1[id]`: a current, a power, or another quantity of an element.
  mutating func instanceQuantity() throws(Fault) -> Int32 {
    let start = cursor.position
    cursor.position += 1
    let first = cursor.position
    while Cursor.isWord(cursor.byte), cursor.byte != UInt8(ascii: "["), cursor.position < cursor.end
    { cursor.position += 1 }
    let element = cursor.lowercased(first, cursor.position)
    let opening = cursor.position
    cursor.position += 1
    while Cursor.isWord(cursor.byte), cursor.byte != UInt8(ascii: "]"), cursor.position < cursor.end
    { cursor.position += 1 }
    guard !element.isEmpty, opening < cursor.end, cursor.source.bytes[opening] == UInt8(ascii: "["),
      cursor.byte == UInt8(ascii: "]"), cursor.position < cursor.end,
      cursor.position > opening + 1
    else {
      throw Fault(
        "expected-value", "expected @element[quantity]", at: cursor.origin(from: start))
    }
    let quantity = cursor.lowercased(opening + 1, cursor.position)
    cursor.position += 1
    let place = cursor.origin(from: start)
    let kind = element.split(separator: ".").last?.first
    switch (quantity, kind) {
    case ("i", _), ("id", "d"), ("current", _):
      return expression.append(
        probe: .init(function: "i", names: [element], origin: place))
    case ("p", _), ("power", _):
      return expression.append(
        probe: .init(function: "p", names: [element], origin: place))
    case ("id", _), ("ig", _), ("is", _), ("ib", _):
      return expression.append(
        probe: .init(function: quantity, names: [element], origin: place))
    default:
      let usual = ["resistance": "r", "capacitance": "c", "inductance": "l"]
      return expression.append(
        probe: .init(
          function: "n", names: ["\(element):\(usual[quantity] ?? quantity)"], origin: place))
    }
  }

  /// `table("points.dat")`: a function of time, given by a file. The file's name has not been read.
  mutating func pointsOfFile(_ function: Function) throws(Fault) -> Int32 {
    let token = try cursor.quoted("the name of a file")
    // how many points to keep, and how to choose them: all are kept here
    while takeComma() { _ = try parse() }
    guard cursor.byte == UInt8(ascii: ")"), cursor.position < cursor.end else {
      throw Fault(
        "expected-mark", "expected ')' behind the file's name", at: cursor.here,
        label: cursor.found)
    }
    cursor.position += 1
    let path = FileSystem.join(cursor.source.folder, token.text)
    let points = try PointsFile.read(path, named: token)
    guard expression.nodes.count + points.count < Self.nodeLimit,
      points.count < function.arity.upperBound
    else {
      throw Fault("too-many-points", "'\(token.text)' has too many points", at: token.origin)
    }
    var operands = [expression.append(.variable(.time), at: token.origin)]
    for value in points { operands.append(number(value, token.origin)) }
    return expression.append(function, operands, at: token.origin)
  }
}
