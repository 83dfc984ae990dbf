import Schematic

extension ExpressionParser {
  /// `poly(2) v(1) i(vs) 0 1 2 0.5`: controls and coefficients separated by blanks. As in Xyce's
  /// expressions every ordered product of controls has its coefficient, c12 and c21 too. A single
  /// coefficient of one control is that of the linear term. Its opening bracket has been read.
  mutating func polynomial(_ name: Token) throws(Fault) -> Int32 {
    skip()
    let start = cursor.position
    guard let number = try cursor.literal(), let count = Int(exactly: number),
      (1...ControlPolynomial.controlLimit).contains(count)
    else {
      throw Fault(
        "out-of-range", "expected the number of controls of poly()",
        at: cursor.origin(from: start))
    }
    skip()
    guard cursor.byte == UInt8(ascii: ")"), cursor.position < cursor.end else {
      throw Fault("expected-mark", "expected ')'", at: cursor.here, label: cursor.found)
    }
    cursor.position += 1
    var terms: [Int32] = []
    while moreTerms { terms.append(try unary()) }
    guard terms.count > count else {
      throw Fault(
        "missing-value", "poly(\(count)) needs \(count) controls and then coefficients",
        at: name.origin)
    }
    return sum(Array(terms[count...]), of: Array(terms[..<count]), at: name.origin)
  }

  private var moreTerms: Bool {
    mutating get {
      skip()
      while cursor.byte == UInt8(ascii: ","), cursor.position < cursor.end {
        cursor.position += 1
        skip()
      }
      return cursor.position < cursor.end
        && ![UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "'")].contains(cursor.byte)
    }
  }

  private mutating func sum(
    _ coefficients: [Int32], of controls: [Int32], at origin: Origin
  ) -> Int32 {
    if coefficients.count == 1, controls.count == 1 {
      return expression.append(.multiply, [coefficients[0], controls[0]], at: origin)
    }
    var sum = coefficients[0]
    var next = 1
    var monomials = controls
    while next < coefficients.count {
      for monomial in monomials where next < coefficients.count {
        let term = expression.append(.multiply, [coefficients[next], monomial], at: origin)
        sum = expression.append(.add, [sum, term], at: origin)
        next += 1
      }
      var higher: [Int32] = []
      for monomial in monomials {
        for control in controls where higher.count < coefficients.count - next {
          higher.append(expression.append(.multiply, [monomial, control], at: origin))
        }
      }
      monomials = higher
    }
    return sum
  }
}
