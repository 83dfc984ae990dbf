import Schematic

/// `Aname n+ n- model` of ngspice, of which the memristor is known here.
enum CodeModelDecoder: ElementDecoder {
  static let letters = ["A"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    let start = cursor
    var words = 0
    var last: Token?
    while let word = cursor.word() {
      last = word
      words += 1
    }
    guard words == 3, let model = last, let found = context.scope.model(model.text),
      found.declaration.type.text == "memristor" || found.declaration.base != nil
    else {
      throw Fault(
        "unknown-element", "of the elements that begin with 'A' only memristors are known",
        at: context.origin, help: "write Aname n+ n- model, and .model model memristor(...)")
    }
    cursor = start
    let memristor = DecodingContext(
      context.elaborator, context.scope, kind: "YMEMRISTOR", name: context.name,
      origin: context.origin, index: context.index, count: context.count)
    return try ModelledDecoder.decode(&cursor, memristor)
  }
}
