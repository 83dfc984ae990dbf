import Schematic

/// `POLY(n) controls... coefficients...` of a controlled source.
enum ControlPolynomial {
  static let controlLimit = 1000

  static func read(
    _ cursor: inout Cursor, _ context: DecodingContext, _ terminals: inout [Int32],
    into parameters: inout ParameterList
  ) throws(Fault) {
    try cursor.expect("(")
    let count = try context.integer(&cursor, of: "poly", in: 1...controlLimit)
    try cursor.expect(")")
    var controls: [Token] = []
    for _ in 0..<count {
      if context.isVoltageControlled {
        // pairs may stand in brackets
        let open = cursor.take("(")
        terminals.append(try context.terminal(try control(&cursor, count, context)))
        _ = cursor.take(",")
        terminals.append(try context.terminal(try control(&cursor, count, context)))
        if open { try cursor.expect(")") }
      } else {
        controls.append(try control(&cursor, count, context))
      }
    }
    if let first = controls.first, let last = controls.last {
      let names = controls.map { context.scope.prefix + $0.text }
      parameters.set(
        "control", .text(names.joined(separator: " ")), at: first.origin.through(last.origin))
    }
    cursor.skipBlanks()
    let start = cursor.position
    var coefficients: [Double] = []
    let open = cursor.opensList
    if open { _ = cursor.take("(") }
    while !cursor.atEnd {
      if open, cursor.take(")") { break }
      let before = cursor.position
      let isKey = cursor.key() != nil
      cursor.position = before
      if isKey { break }
      _ = cursor.take(",")
      coefficients.append(try context.number(&cursor, of: "poly"))
    }
    guard !coefficients.isEmpty else {
      throw Fault(
        "missing-value", "POLY(\(count)) has no coefficients", at: cursor.here,
        label: cursor.found)
    }
    parameters.set("poly", .numbers(coefficients), at: cursor.origin(from: start))
  }

  private static func control(
    _ cursor: inout Cursor, _ count: Int, _ context: DecodingContext
  ) throws(Fault) -> Token {
    let what = context.isVoltageControlled ? "pairs of nodes" : "voltage sources"
    let token = try cursor.word("\(count) \(what) for POLY(\(count))")
    guard context.isVoltageControlled || !token.text.isNumberLike else {
      throw Fault(
        "expected-word", "expected \(count) \(what) for POLY(\(count))", at: token.origin)
    }
    return token
  }
}

extension Cursor {
  /// A bracket with a comma in it, which is a list and no expression.
  var opensList: Bool {
    var ahead = self
    guard ahead.take("(") else { return false }
    while ahead.position < ahead.end, ahead.byte != UInt8(ascii: ")") {
      if ahead.byte == UInt8(ascii: ",") { return true }
      ahead.position += 1
    }
    return false
  }
}
