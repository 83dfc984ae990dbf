import Schematic

/// The parts that element lines share: nodes, then perhaps a model, then parameters.
extension DecodingContext {
  /// The words up to a model's name, the first `name=`, a bracketed expression or the end: nodes,
  /// and the model unless it is given otherwise.
  func leadingWords(_ cursor: inout Cursor) -> [Token] {
    var words: [Token] = []
    var open = cursor.take("(")
    while !cursor.atEnd {
      let start = cursor.position
      if open, cursor.take(")") {
        open = false
        continue
      }
      if cursor.key() != nil {
        cursor.position = start
        return words
      }
      guard let word = cursor.word() else { return words }
      words.append(word)
      if words.count > 2, isModel(word.text) { return words }
    }
    return words
  }

  /// Tells nodes from the model among the leading words of a device that needs a model.
  ///
  /// The model is the first word that names one behind at least one node; where none does, the word
  /// behind as many nodes as the device takes, which is then told to be no model.
  func nodesAndModel(
    _ words: [Token], model written: Token?, of device: DeviceDescription
  ) throws(Fault) -> (nodes: [Token], model: Token, rest: ArraySlice<Token>) {
    let fewest = device.terminals.count
    let most = fewest + device.optionalTerminals.count
    if let written {
      try checkCount(words.count, of: device, before: written, in: words)
      return (words, written, [])
    }
    let first = words.indices.dropFirst().first { isModel(words[$0].text) }
    let last = words.count > most ? most : words.count == most ? words.count : fewest
    guard let index = first ?? (words.count > last ? last : nil) else {
      throw missingModel(words, device)
    }
    let nodes = Array(words[..<index])
    guard (fewest...most).contains(index) else {
      throw wrongCount(index, of: device, before: words[index])
    }
    return (nodes, words[index], words[(index + 1)...])
  }

  private func checkCount(
    _ count: Int, of device: DeviceDescription, before model: Token, in words: [Token]
  ) throws(Fault) {
    let fewest = device.terminals.count
    let all = fewest + device.optionalTerminals.count
    guard count != fewest, count != all else { return }
    throw wrongCount(count, of: device, before: model)
  }

  private func wrongCount(
    _ count: Int, of device: DeviceDescription, before model: Token
  ) -> Fault {
    let terminals = device.terminals.joined(separator: " ")
    let optional = device.optionalTerminals.joined(separator: " ")
    return Fault(
      "wrong-node-count",
      "\(device.withArticle) takes \(numbers(of: device)) nodes, not \(count)",
      at: origin(upTo: model),
      help: "its nodes are: \(terminals)\(optional.isEmpty ? "" : " [\(optional)]")")
  }

  /// "2", "2 or 4".
  private func numbers(of device: DeviceDescription) -> String {
    let fewest = device.terminals.count
    let more = device.optionalTerminals.count
    return more == 0 ? "\(fewest)" : "\(fewest) or \(fewest + more)"
  }

  /// From the element's name to the word.
  private func origin(upTo token: Token) -> Origin {
    guard token.origin.file == origin.file, token.origin.offset > origin.offset else {
      return token.origin
    }
    return Origin(
      file: origin.file, offset: origin.offset,
      length: token.origin.offset + token.origin.length - origin.offset)
  }

  private func missingModel(_ words: [Token], _ device: DeviceDescription) -> Fault {
    let fewest = device.terminals.count
    guard words.count >= fewest else {
      return Fault(
        "wrong-node-count",
        "\(device.withArticle) takes \(numbers(of: device)) nodes, not \(words.count)",
        at: origin, help: "its nodes are: \(device.terminals.joined(separator: " "))")
    }
    return Fault(
      "missing-model", "\(device.withArticle) needs the name of a model after its nodes",
      at: origin)
  }

  /// The finished instance, its model of a type that suits the device and nothing missing that it
  /// cannot do without.
  func finished(
    _ terminals: [Int32], _ parameters: ParameterList, model token: Token? = nil
  ) throws(Fault) -> Instance? {
    var model: Int32 = -1
    if let token {
      model = try self.model(token)
      try checkType(of: self.model(at: model), named: token)
    }
    var complete = true
    for described in device?.instanceParameters ?? []
    where described.required && !described.name.contains(".") && parameters[described.name] == nil {
      complete = false
      if hasReported { break }
      report(
        Fault(
          "missing-parameter", "\(device?.withArticle ?? kind) needs '\(described.name)'",
          at: origin))
    }
    return complete ? try instance(terminals, parameters, model: model) : nil
  }

  private func checkType(of model: Model, named token: Token) throws(Fault) {
    guard let device, !device.models.contains(where: { $0.type == model.type }) else { return }
    var types: [String] = []
    for candidate in device.models where !types.contains(candidate.type) {
      types.append(candidate.type)
    }
    throw Fault(
      "wrong-model-type",
      "'\(token.text)' is a model of type '\(model.type)', not of \(device.withArticle)",
      at: token.origin,
      help: types.isEmpty ? nil : "\(device.withArticle) takes: \(types.joined(separator: ", "))")
  }
}
