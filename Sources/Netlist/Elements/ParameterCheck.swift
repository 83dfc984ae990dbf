import Schematic

extension DeviceDescription {
  /// The instance parameter of this name or alias.
  func instanceParameter(_ name: String) -> Parameter? { Self.find(name, in: instanceParameters) }

  static func find(_ name: String, in parameters: [Parameter]) -> Parameter? {
    parameters.first { $0.name == name } ?? parameters.first { $0.aliases.contains(name) }
  }

  /// "a diode", "an inductor".
  var withArticle: String {
    let vowel = name.first.map { "aeiouAEIOU".contains($0) } ?? false
    return "\(vowel ? "an" : "a") \(name)"
  }
}

extension DeviceDescription.Parameter {
  /// What is wrong with a value of this parameter, if anything is.
  func fault(of value: ParameterValue, at origin: Origin) -> Fault? {
    switch value {
    case .expression:
      guard kind != .behavioural else { return nil }
      return Fault(
        "not-constant", "'\(name)' must be a constant, not an expression of the circuit", at: origin
      )
    case .text:
      guard kind != .text else { return nil }
      return Fault("not-a-number", "'\(name)' must be a number, not a text", at: origin)
    case .numbers:
      guard kind != .numbers else { return nil }
      return Fault("not-a-number", "'\(name)' must be one number, not several", at: origin)
    case .number(let number): return fault(of: number, at: origin)
    }
  }

  private func fault(of number: Double, at origin: Origin) -> Fault? {
    if kind == .text {
      return Fault("not-a-text", "'\(name)' must be a text, not a number", at: origin)
    }
    let this = "this is \(DeviceDescription.numberText(number))"
    if kind == .flag, number != 0, number != 1 {
      return Fault("out-of-range", "'\(name)' must be 0 or 1", at: origin, label: this)
    }
    guard let range, !range.contains(number), let wanted = rangeText else { return nil }
    let words = wanted.contains(" to ") ? "from \(wanted)" : wanted
    return Fault("out-of-range", "'\(name)' must be \(words)", at: origin, label: this)
  }
}

extension DecodingContext {
  /// Reads the value after `key=` into `parameters`, checked against the device's table. A name
  /// that the device does not have is reported, its value read over.
  func readParameter(
    _ key: Token, _ cursor: inout Cursor, into parameters: inout ParameterList
  ) throws(Fault) {
    guard let device, let described = device.instanceParameter(key.text) else {
      let written = try value(&cursor, of: key.text)
      guard let device else {
        parameters.set(key.text, written.value, at: written.origin)
        return
      }
      if ForeignParameters.ofInstances[device.letter]?.contains(key.text) == true {
        report(ForeignParameters.warning(key.text, at: key.origin))
        return
      }
      let names = device.instanceParameters.map(\.name).filter { !$0.contains(".") }
      report(
        Fault(
          "unknown-parameter", "\(device.withArticle) has no parameter '\(key.text)'",
          at: key.origin, label: NearMiss.label(key.text, among: names)))
      return
    }
    try readValue(of: described, named: key.origin, &cursor, into: &parameters)
  }

  /// Reads the value of one parameter.
  /// - Parameter place: where its name is written; `.none` for one given by its position.
  func readValue(
    of described: DeviceDescription.Parameter, named place: Origin = .none,
    _ cursor: inout Cursor, into parameters: inout ParameterList
  ) throws(Fault) {
    let written: Written
    if described.kind == .text {
      let text = try cursor.quoted("a text for '\(described.name)'")
      written = Written(value: .text(text.text), origin: text.origin)
    } else {
      guard !cursor.atEnd else {
        throw Fault(
          "missing-value", "expected a value for '\(described.name)'", at: cursor.here,
          label: cursor.found)
      }
      written = try value(&cursor, of: described.name)
    }
    guard parameters[described.name] == nil else {
      let origin = place == .none ? written.origin : place
      let fault = Fault(
        "given-twice", "'\(described.name)' is given a second time", at: origin)
      // without a name, what follows has lost its place too
      guard place != .none else { throw fault }
      report(fault)
      return
    }
    if let fault = described.fault(of: written.value, at: written.origin) { report(fault) }
    parameters.set(described.name, written.value, at: written.origin)
  }

  /// The description of this device's parameter.
  /// - Throws: "unknown-device" where the catalogue does not have the device.
  func described(_ parameter: String) throws(Fault) -> DeviceDescription.Parameter {
    guard let found = device?.instanceParameter(parameter) else {
      throw Fault(
        "unknown-device", "the catalogue has no device '\(kind)' with '\(parameter)'", at: origin)
    }
    return found
  }
}
