import Schematic

/// `Bname n+ n- V={expression}` or `I={expression}`.
enum BehaviouralDecoder: ElementDecoder {
  static let letters = ["B"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    let terminals = [try context.terminal(&cursor), try context.terminal(&cursor)]
    var parameters = ParameterList()
    while let key = cursor.key() {
      try context.readParameter(key, &cursor, into: &parameters)
    }
    let missing = parameters["v"] == nil && parameters["i"] == nil
    if missing, context.hasReported { return nil }
    if missing || parameters["v"] != nil && parameters["i"] != nil {
      throw Fault(
        "voltage-or-current", "a behavioural source needs one of V={...} and I={...}",
        at: cursor.atEnd ? context.origin : cursor.here)
    }
    return try context.finished(terminals, parameters)
  }
}
