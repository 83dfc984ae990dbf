import Schematic

/// `Tname a+ a- b+ b- z0= td=`, or `f= [nl=]` in place of `td`; `YDELAY name out+ out- in+ in-
/// td=`.
enum LineDecoder: ElementDecoder {
  static let letters = ["T", "YDELAY"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    let words = context.leadingWords(&cursor)
    guard words.count == 4 else {
      let names = context.device?.terminals.joined(separator: " ") ?? ""
      throw Fault(
        "wrong-node-count",
        "\(context.device?.withArticle ?? context.kind) takes 4 nodes, not \(words.count)",
        at: words.last?.origin ?? context.origin, help: "its nodes are: \(names)")
    }
    var terminals: [Int32] = []
    for word in words { terminals.append(try context.terminal(word)) }
    var parameters = ParameterList()
    while let key = cursor.key() {
      if key.text == "ic", context.kind == "T" {
        try context.readConditions(&cursor, into: &parameters)
      } else {
        try context.readParameter(key, &cursor, into: &parameters)
      }
    }
    if context.kind == "T" { try checkDelay(parameters, context) }
    return try context.finished(terminals, parameters)
  }

  private static func checkDelay(
    _ parameters: ParameterList, _ context: DecodingContext
  ) throws(Fault) {
    if parameters["td"] == nil, parameters["f"] == nil, !context.hasReported {
      context.report(
        Fault(
          "missing-parameter", "a transmission line needs 'td', or 'f' and its length 'nl'",
          at: context.origin))
    }
    if parameters["td"] != nil, let other = parameters.origin(of: "f") {
      context.report(
        Fault("given-twice", "the delay is given by 'td' and by 'f'", at: other))
    }
  }
}
