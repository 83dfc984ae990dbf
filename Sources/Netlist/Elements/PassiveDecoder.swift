import Schematic

/// `Rname n+ n- value [model] [tc1=...]`, `Cname n+ n- r=value`, `Lname n+ n- model l= w=`.
enum PassiveDecoder: ElementDecoder {
  static let letters = ["R", "C", "L"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    let terminals = [try context.terminal(&cursor), try context.terminal(&cursor)]
    // the parameter that a bare value gives bears the device's letter
    let main = context.kind.lowercased()
    var parameters = ParameterList()
    var model: Token?
    while !cursor.atEnd {
      let start = cursor.position
      if let key = cursor.key() {
        if key.text == "model" {
          model = try cursor.word("the name of a model")
        } else if key.text == "tc" {
          try readCoefficients(&cursor, context, into: &parameters)
        } else {
          try context.readParameter(key, &cursor, into: &parameters)
        }
      } else if model == nil, let name = cursor.word(), context.isModel(name.text) {
        model = name
      } else {
        cursor.position = start
        try context.readValue(of: try context.described(main), &cursor, into: &parameters)
      }
    }
    if context.kind == "R", model == nil, parameters[main] == nil {
      context.report(
        Fault(
          "missing-value", "a resistor without a value or a model has 1000 ohms",
          at: context.origin, severity: .warning))
      parameters.set(main, .number(1000), at: context.origin)
    }
    if model == nil, parameters[main] == nil, parameters["q"] == nil {
      throw Fault(
        "missing-value", "\(context.device?.withArticle ?? context.kind) needs a value or a model",
        at: context.origin)
    }
    return try context.finished(terminals, parameters, model: model)
  }

  /// `tc=1m,2u`: both temperature coefficients at once.
  private static func readCoefficients(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    try context.readValue(of: try context.described("tc1"), &cursor, into: &parameters)
    guard cursor.take(",") else { return }
    try context.readValue(of: try context.described("tc2"), &cursor, into: &parameters)
  }
}
