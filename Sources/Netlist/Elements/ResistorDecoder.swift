import Schematic

/// `Rname n+ n- value [tc1=] [tc2=] [m=]`, `Rname n+ n- r=value`, `Rname n+ n- model l= w=`.
enum ResistorDecoder: ElementDecoder {
  static let letters = ["R"]

  static func decode(
    _ cursor: inout Cursor, _ context: DecodingContext
  ) throws(Fault) -> Instance? {
    let terminals = [try context.terminal(&cursor), try context.terminal(&cursor)]
    var parameters = ParameterList()
    var model: Int32 = -1
    while !cursor.atEnd {
      let start = cursor.position
      if let key = cursor.key() {
        let value = try context.value(&cursor, of: key.text)
        parameters.set(key.text, value.value, at: value.origin)
      } else if model < 0, let name = cursor.word(), context.isModel(name.text) {
        model = try context.model(name)
      } else {
        cursor.position = start
        let value = try context.value(&cursor, of: "r")
        parameters.set("r", value.value, at: value.origin)
      }
    }
    return try context.instance(terminals, parameters, model: model)
  }
}
