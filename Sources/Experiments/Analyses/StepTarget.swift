import Devices
public import Schematic

// What a step, a sweep or an axis of a campaign sets in a circuit.

extension SweepAxis.Target {
  /// What a column of a `.data` table names: a parameter, or `r1:r`, or an instance.
  public init(column: String, in circuit: Circuit) {
    // the last colon stands before the parameter, others between levels, as Xyce has them
    let colon = column.lastIndex(of: ":")
    let owner = colon.map { String(column[..<$0]).replacing(":", with: ".") } ?? column
    let parameter = colon.map { String(column[column.index(after: $0)...]) } ?? ""
    let whole = column.replacing(":", with: ".")
    if column == "temp" {
      self = .temperature
    } else if circuit.parameters[column] != nil {
      self = .parameter(column)
    } else if circuit.instances.contains(where: { $0.name == whole }) {
      self = .instance(whole, parameter: "")
    } else if circuit.instances.contains(where: { $0.name == owner }) {
      self = .instance(owner, parameter: parameter)
    } else if colon != nil, circuit.models.contains(where: { $0.name == owner }) {
      self = .model(owner, parameter: parameter)
    } else {
      self = .parameter(colon == nil ? column : "\(owner):\(parameter)")
    }
  }
}

extension Circuit {
  /// What the catalogue says of the parameter of an element or a model that a target names; nil
  /// where there is no such thing, and for other targets.
  public func description(
    of target: SweepAxis.Target
  ) -> DeviceDescription.Parameter? {
    switch target {
    case .parameter, .data, .temperature: return nil
    case .instance(let name, let parameter):
      guard let instance = instances.first(where: { $0.name == name }),
        let device = Catalogue.device(letter: instance.device)
      else { return nil }
      let wanted = parameter.isEmpty ? device.mainParameter : parameter
      return device.instanceParameters.first {
        $0.name == wanted || $0.aliases.contains(wanted)
      }
    case .model(let name, let parameter):
      guard let type = models.first(where: { $0.name == name })?.type else { return nil }
      return Catalogue.all.lazy.flatMap(\.models).filter { $0.type == type }
        .flatMap(\.parameters)
        .first { $0.name == parameter || $0.aliases.contains(parameter) }
    }
  }

  /// Sets the temperature, or a parameter of an element or a model; parameters of the deck need
  /// another reading of it.
  ///
  /// - Throws: `Fault` "unknown-element", "unknown-model" or "unknown-parameter" where there is no
  ///   such thing.
  public mutating func set(_ target: SweepAxis.Target, to value: Double) throws(Fault) {
    switch target {
    case .parameter, .data: break
    case .temperature: temperature = value
    case .instance(let name, let parameter):
      guard let index = instances.firstIndex(where: { $0.name == name }) else {
        throw Fault("unknown-element", "no element named '\(name)'")
      }
      guard let described = description(of: target) else {
        throw Fault("unknown-parameter", "'\(name)' has no parameter '\(parameter)'")
      }
      // a swept dc value replaces a waveform at the operating point only
      instances[index].parameters[described.name] = .number(value)
    case .model(let name, let parameter):
      guard let index = models.firstIndex(where: { $0.name == name }) else {
        throw Fault("unknown-model", "no model named '\(name)'")
      }
      guard let described = description(of: target) else {
        throw Fault("unknown-parameter", "the model '\(name)' has no parameter '\(parameter)'")
      }
      models[index].parameters[described.name] = .number(value)
    }
  }
}

extension DeviceDescription {
  /// The parameter that a sweep of the bare name sets: the dc value of a source, the resistance of
  /// a resistor.
  var mainParameter: String {
    switch letter {
    case "V", "I": "dc"
    default: instanceParameters.first?.name ?? ""
    }
  }
}
