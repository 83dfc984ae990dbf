import Schematic

/// `Sname n+ n- nc+ nc- model [on|off]`, `Sname n+ n- model control={...}`, `Wname n+ n- vname
/// model`.
enum SwitchDecoder: ElementDecoder {
  static let letters = ["S", "W"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    guard let device = context.device else {
      throw Fault(
        "unknown-device", "the catalogue has no device '\(context.kind)'", at: context.origin)
    }
    var words = context.leadingWords(&cursor)
    var parameters = ParameterList()
    while !cursor.atEnd {
      if let key = cursor.key() {
        try context.readParameter(key, &cursor, into: &parameters)
      } else {
        try readState(try cursor.word("on or off"), context, into: &parameters)
      }
    }
    if context.kind == "W", parameters["control"] == nil, words.count > 2 {
      let control = words.remove(at: 2)
      parameters.set("control", .text(context.scope.prefix + control.text), at: control.origin)
    }
    let parts = try context.nodesAndModel(words, model: nil, of: device)
    for word in parts.rest { try readState(word, context, into: &parameters) }
    var terminals: [Int32] = []
    for node in parts.nodes { terminals.append(try context.terminal(node)) }
    if context.kind == "S", terminals.count == 2, parameters["control"] == nil {
      throw Fault(
        "missing-control", "a switch needs two controlling nodes or control={...}",
        at: context.origin)
    }
    return try context.finished(terminals, parameters, model: parts.model)
  }

  private static func readState(
    _ word: Token, _ context: DecodingContext, into parameters: inout ParameterList
  ) throws(Fault) {
    guard word.text == "on" || word.text == "off" else {
      throw Fault(
        "unexpected-text", "only 'on' or 'off' can stand behind the model", at: word.origin,
        label: NearMiss.label(word.text, among: ["on", "off"]))
    }
    guard parameters["on"] == nil, parameters["off"] == nil else {
      throw Fault("given-twice", "a switch starts either on or off", at: word.origin)
    }
    parameters.set(word.text, .number(1), at: word.origin)
  }
}
