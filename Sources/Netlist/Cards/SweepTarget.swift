import Schematic

/// What a sweep or a `.data` column names: `temp`, a parameter, `V1`, `R1:r`, `nmod:vto`.
enum SweepTarget {
  static func resolve(
    _ word: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Target {
    if word.text == "temp" { return .temperature }
    if let colon = word.text.lastIndex(of: ":") {
      // Xyce's colon between levels: x1:r1, x1:r1:r
      let whole = word.text.replacing(":", with: ".")
      if context.isInstance(whole) {
        return try value(of: Token(text: whole, origin: word.origin), context)
      }
      let owner = String(word.text[..<colon]).replacing(":", with: ".")
      let parameter = String(word.text[word.text.index(after: colon)...])
      return try member(owner, parameter, word, context)
    }
    if context.isInstance(word.text) { return try value(of: word, context) }
    let circuit = context.elaborator.circuit
    if circuit.parameters[word.text] != nil { return .parameter(word.text) }
    let names = circuit.parameters.keys.sorted() + circuit.instances.prefix(10_000).map(\.name)
    throw Fault(
      "unknown-sweep-target", "there is no parameter or element '\(word.text)' to sweep",
      at: word.origin, label: NearMiss.label(word.text, among: names))
  }

  private static func description(
    of name: String, _ context: DecodingContext
  ) -> DeviceDescription? {
    let instance = context.elaborator.circuit.instances.first { $0.name == name }
    return instance.flatMap { context.elaborator.devices[$0.device] }
  }

  /// A source by its name alone means its dc value, a resistor its resistance.
  private static func value(
    of word: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Target {
    let device = description(of: word.text, context)
    let main = device.map { ["V", "I"].contains($0.letter) ? "dc" : $0.letter.lowercased() } ?? ""
    guard let device, let parameter = device.instanceParameter(main) else {
      throw Fault(
        "sweep-needs-parameter", "'\(word.text)' alone has no value to sweep", at: word.origin,
        help: "name one of its parameters: \(word.text):<parameter>")
    }
    return .instance(word.text, parameter: parameter.name)
  }

  private static func member(
    _ owner: String, _ parameter: String, _ word: Token, _ context: DecodingContext
  ) throws(Fault) -> SweepAxis.Target {
    if context.isInstance(owner) {
      let device = description(of: owner, context)
      guard
        let found = device?.instanceParameter(parameter)
          ?? ofWaveform(owner, parameter, device, context)
      else {
        let names = (device?.instanceParameters ?? []).map(\.name)
        throw Fault(
          "unknown-parameter",
          "\(device?.withArticle ?? "'\(owner)'") has no parameter '\(parameter)'",
          at: word.origin, label: NearMiss.label(parameter, among: names))
      }
      return .instance(owner, parameter: found.name)
    }
    let circuit = context.elaborator.circuit
    if let cell = context.elaborator.cellIndex(owner),
      circuit.cells[cell].parameters[parameter] != nil
    {
      return .parameter("\(owner):\(parameter)")
    }
    guard context.isModel(owner) else {
      throw Fault(
        "unknown-sweep-target", "there is no element or model '\(owner)' to sweep",
        at: word.origin)
    }
    let index = try context.model(Token(text: owner, origin: word.origin))
    let model = context.model(at: index)
    let candidates = context.elaborator.devices.values.flatMap(\.models).filter {
      $0.type == model.type
    }
    let parameters = candidates.flatMap(\.parameters)
    guard let found = DeviceDescription.find(parameter, in: parameters) else {
      throw Fault(
        "unknown-model-parameter",
        "a model of type '\(model.type)' has no parameter '\(parameter)'", at: word.origin,
        label: NearMiss.label(parameter, among: parameters.map(\.name)))
    }
    return .model(owner, parameter: found.name)
  }

  /// `V1:va` of a sine: a number of the waveform that the source has.
  private static func ofWaveform(
    _ owner: String, _ parameter: String, _ device: DeviceDescription?, _ context: DecodingContext
  ) -> DeviceDescription.Parameter? {
    let instance = context.elaborator.circuit.instances.first { $0.name == owner }
    guard let waveform = instance?.parameters["waveform"]?.text else { return nil }
    return device?.instanceParameter("\(waveform).\(parameter)")
      ?? (parameter == "v0" ? device?.instanceParameter("\(waveform).vo") : nil)
  }
}
