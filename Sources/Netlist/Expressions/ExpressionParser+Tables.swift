import Schematic

extension ExpressionParser {
  /// `table {input} = (x, y) (x, y) ...` within an expression, as a controlled source has it:
  /// behind the name, at the brace.
  mutating func table(_ name: Token, _ function: Function) throws(Fault) -> Int32 {
    let before = (openChoices, quoted)
    openChoices = 0
    defer { (openChoices, quoted) = before }
    var operands = [try unary()]
    skip()
    if cursor.byte == UInt8(ascii: "="), cursor.position < cursor.end { cursor.position += 1 }
    skip()
    while cursor.byte == UInt8(ascii: "("), cursor.position < cursor.end {
      cursor.position += 1
      operands.append(try parse())
      guard takeComma() else { throw pointUnfinished() }
      operands.append(try parse())
      skip()
      guard cursor.byte == UInt8(ascii: ")"), cursor.position < cursor.end else {
        throw pointUnfinished()
      }
      cursor.position += 1
      _ = takeComma()
      skip()
    }
    try check(function, name, operands)
    sortPoints(&operands, of: name)
    return expression.append(function, operands, at: name.origin)
  }

  private func pointUnfinished() -> Fault {
    Fault(
      "expected-mark", "expected a point (x, y) of the table", at: cursor.here,
      label: cursor.found)
  }
}
