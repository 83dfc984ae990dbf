import Devices
public import Schematic

/// Makes the circuit of one step or sweep point: deck parameters, and a temperature that values are
/// computed from, by reading the deck again, everything else in place.
public struct CircuitVariant {
  /// Reads the deck with these top-level parameters overridden, at this temperature in Celsius; nil
  /// for the deck's own.
  public typealias Elaborate = (
    _ overrides: [(name: String, value: String)], _ temperature: Double?
  ) throws -> Circuit

  let elaborate: Elaborate
  let original: Circuit
  /// Of random waveforms and noise.
  var seed: UInt64 { UInt64(original.options["seed"]?.value.number ?? 1) }

  public init(_ original: Circuit, elaborate: @escaping Elaborate) {
    self.original = original
    self.elaborate = elaborate
  }

  /// - Throws: `Fault` for targets that are not there, and what reading the deck throws.
  func circuit(_ settings: [(SweepAxis.Target, Double)]) throws -> Circuit {
    var overrides: [(name: String, value: String)] = []
    for case (.parameter(let name), let value) in settings { overrides.append((name, "\(value)")) }
    var temperature: Double?
    if original.dependsOnTemperature {
      for case (.temperature, let value) in settings { temperature = value }
    }
    var circuit =
      overrides.isEmpty && temperature == nil ? original : try elaborate(overrides, temperature)
    for (target, value) in settings { try Self.set(target, value, &circuit) }
    return circuit
  }

  private static func set(
    _ target: SweepAxis.Target, _ value: Double, _ circuit: inout Circuit
  ) throws {
    switch target {
    case .parameter, .data: break
    case .temperature: circuit.temperature = value
    case .instance(let name, let parameter):
      guard let index = circuit.instances.firstIndex(where: { $0.name == name }) else {
        throw Fault("unknown-element", "no element named '\(name)'")
      }
      let device = Catalogue.device(letter: circuit.instances[index].device)
      let known = device?.instanceParameters ?? []
      let wanted = parameter.isEmpty ? device?.mainParameter ?? "" : parameter
      guard let described = known.first(where: { $0.name == wanted || $0.aliases.contains(wanted) })
      else {
        throw Fault("unknown-parameter", "'\(name)' has no parameter '\(wanted)'")
      }
      circuit.instances[index].parameters[described.name] = .number(value)
    // a swept dc value replaces a waveform at the operating point only
    case .model(let name, let parameter):
      guard let index = circuit.models.firstIndex(where: { $0.name == name }) else {
        throw Fault("unknown-model", "no model named '\(name)'")
      }
      let type = circuit.models[index].type
      let described = Catalogue.all.lazy.flatMap(\.models).filter { $0.type == type }
        .flatMap(\.parameters)
        .first { $0.name == parameter || $0.aliases.contains(parameter) }
      guard let described else {
        throw Fault("unknown-parameter", "the model '\(name)' has no parameter '\(parameter)'")
      }
      circuit.models[index].parameters[described.name] = .number(value)
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
