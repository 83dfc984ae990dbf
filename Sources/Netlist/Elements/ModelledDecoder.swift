import Schematic

/// `Dname a c model [area] [off] [ic=]`, `Mname d g s b model [w=] [l=]`, `YSTO name n+ n-
/// model=m`: nodes, a model, parameters.
enum ModelledDecoder: ElementDecoder {
  static let letters = ["D", "M", "YMEMRISTOR", "YSTO", "YVORTEX", "YSHO", "YIMT", "YOSC"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    guard let device = context.device else {
      throw Fault(
        "unknown-device", "the catalogue has no device '\(context.kind)'", at: context.origin)
    }
    let words = context.leadingWords(&cursor)
    var parameters = ParameterList()
    var model: Token?
    while !cursor.atEnd {
      guard let key = cursor.key() else {
        try readBare(&cursor, context, into: &parameters)
        continue
      }
      if key.text == "model" {
        if model != nil {
          throw Fault("given-twice", "'model' is given a second time", at: key.origin)
        }
        model = try cursor.word("the name of a model")
      } else if key.text == "ic", device.instanceParameter("ic") == nil {
        try context.readConditions(&cursor, into: &parameters)
      } else {
        try context.readParameter(key, &cursor, into: &parameters)
      }
    }
    let parts = try context.nodesAndModel(words, model: model, of: device)
    // where the model is unknown that is the fault to tell, not what follows it
    if context.isModel(parts.model.text) {
      for word in parts.rest { try apply(word, context, into: &parameters) }
    }
    var terminals: [Int32] = []
    for node in parts.nodes { terminals.append(try context.terminal(node)) }
    return try context.finished(terminals, parameters, model: parts.model)
  }

  /// `off` or a diode's area, behind the model.
  private static func readBare(
    _ cursor: inout Cursor, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    if context.kind == "D", cursor.atValue {
      return try context.readValue(of: try context.described("area"), &cursor, into: &parameters)
    }
    try apply(try cursor.word("a parameter"), context, into: &parameters)
  }

  private static func apply(
    _ word: Token, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    guard word.text == "off", context.device?.instanceParameter("off") != nil else {
      throw Fault(
        "unexpected-text", "nothing more was expected here", at: word.origin,
        label: NearMiss.label(word.text, among: ["off"]))
    }
    parameters.set("off", .number(1), at: word.origin)
  }
}

extension DecodingContext {
  /// The values of `ic=a,b,...` into the device's `ic.` parameters, in their order.
  func readConditions(
    _ cursor: inout Cursor, into parameters: inout ParameterList
  ) throws(Fault) {
    let described = (device?.instanceParameters ?? []).filter { $0.name.hasPrefix("ic.") }
    for (index, parameter) in described.enumerated() {
      if index > 0, !cursor.take(",") { return }
      try readValue(of: parameter, &cursor, into: &parameters)
    }
  }
}
