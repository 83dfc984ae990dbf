import Schematic

/// `Ename n+ n- nc+ nc- gain`, `F n+ n- vname gain`, and all four with `POLY(n)`, `VALUE={...}` and
/// `TABLE {...} = (x, y) ...`.
enum ControlledSourceDecoder: ElementDecoder {
  static let letters = ["E", "F", "G", "H"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    var terminals = [try context.terminal(&cursor), try context.terminal(&cursor)]
    var parameters = ParameterList()
    let start = cursor.position
    var form = cursor.word()
    if ["vcvs", "vccs", "ccvs", "cccs"].contains(form?.text ?? "") { form = nil }
    let linear = form == nil && cursor.position > start ? cursor.position : start
    switch form?.text {
    case "value", "vol", "cur":
      _ = cursor.take("=")
      try context.readValue(of: try context.described("value"), &cursor, into: &parameters)
    case "table":
      try ControlTable.read(&cursor, context, into: &parameters)
    case "poly" where cursor.byte == UInt8(ascii: "(") || !cursor.isWordNext:
      try ControlPolynomial.read(&cursor, context, &terminals, into: &parameters)
    default:
      cursor.position = linear
      try readLinear(&cursor, context, &terminals, into: &parameters)
    }
    while let key = cursor.key() {
      try context.readParameter(key, &cursor, into: &parameters)
    }
    return try context.finished(terminals, parameters)
  }

  private static func readLinear(
    _ cursor: inout Cursor, _ context: DecodingContext, _ terminals: inout [Int32],
    into parameters: inout ParameterList
  ) throws(Fault) {
    if context.isVoltageControlled {
      terminals.append(try context.terminal(try cursor.word("a controlling node")))
      terminals.append(try context.terminal(try cursor.word("a second controlling node")))
    } else {
      let source = try cursor.word("the voltage source that controls")
      parameters.set(
        "control", .text(context.scope.prefix + source.text), at: source.origin)
    }
    if let key = cursor.key() {
      try context.readParameter(key, &cursor, into: &parameters)
      return
    }
    try context.readValue(of: try context.described("gain"), &cursor, into: &parameters)
  }
}

extension DecodingContext {
  var isVoltageControlled: Bool { kind == "E" || kind == "G" }
}

extension Cursor {
  var isWordNext: Bool {
    var ahead = self
    return ahead.word() != nil
  }
}
