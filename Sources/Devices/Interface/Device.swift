import Numerics
public import Schematic

/// A kind of device: its table, and the banks made of a circuit's instances of it. One a letter.
public protocol Device: SendableMetatype {
  static var description: DeviceDescription { get }
  /// The banks for the instances given, which are all of this device's letter; one for each model
  /// type and level (not for each `.model` card).
  /// - Throws: `Faults` for what the deck's author can mend.
  static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank]
}

extension Device {
  /// For devices that only the reduced fidelities know.
  public static func banks(_ input: BankInput, _ layout: EquationLayout) throws -> [any Bank] {
    throw Faults(
      input.instances.map { index in
        let instance = input.circuit.instances[Int(index)]
        return Fault(
          "not-simulated", "a \(description.name) has no circuit equations", at: instance.origin,
          help: "choose another fidelity: .options fidelity=envelope")
      })
  }
}

/// What banks are made of.
public struct BankInput {
  public let circuit: Circuit
  /// Indices into `circuit.instances`.
  public let instances: [Int32]
  public let description: DeviceDescription
  /// Of the transient analysis at hand, seconds: the defaults of source waveforms. Where there is
  /// none, both are 1.
  public let printStep: Double
  public let stopTime: Double
  /// Of random waveforms.
  public let seed: UInt64

  public init(
    circuit: Circuit, instances: [Int32], description: DeviceDescription, printStep: Double = 1,
    stopTime: Double = 1, seed: UInt64 = 0
  ) {
    self.circuit = circuit
    self.instances = instances
    self.description = description
    self.printStep = printStep
    self.stopTime = stopTime
    self.seed = seed
  }

  /// The parameters of one instance.
  func values(_ index: Int32) -> DeviceValues {
    DeviceValues(instance: circuit.instances[Int(index)], index: index, input: self)
  }
}

/// The parameters of one instance and of its model, with the table's defaults.
public struct DeviceValues {
  public let instance: Instance
  public let index: Int32
  public let model: Model?
  private let description: DeviceDescription
  private let circuitTemperature: Double
  /// Celsius: `.options tnom`.
  let nominalTemperature: Double

  init(instance: Instance, index: Int32, input: BankInput) {
    self.instance = instance
    self.index = index
    model = instance.model >= 0 ? input.circuit.models[Int(instance.model)] : nil
    description = input.description
    circuitTemperature = input.circuit.temperature
    nominalTemperature = input.circuit.options["tnom"]?.value.number ?? 27
  }

  /// An instance's number as written; nil where it is absent or an expression.
  func written(_ name: String) -> Double? { instance.parameters[name]?.number }

  /// An instance's number, or the table's default.
  /// - Precondition: the table has the parameter with a default.
  func number(_ name: String) -> Double {
    written(name) ?? Self.fallback(name, description.instanceParameters)
  }

  /// Whether a flag is set.
  func flag(_ name: String) -> Bool { (written(name) ?? 0) != 0 }

  /// A flag as set, or what it is when it is not written.
  func flag(_ name: String, else fallback: Bool) -> Bool {
    written(name).map { $0 != 0 } ?? fallback
  }

  /// A parameter that is an expression and no constant.
  func behavioural(_ name: String) -> Expression? {
    guard case .expression(let value)? = instance.parameters[name], value.constant == nil else {
      return nil
    }
    return value
  }

  /// The factor 1 + tc1 dT + tc2 dT^2 of passive devices, or 1.01^(tce dT); the instance's
  /// coefficients stand before the model's.
  var temperatureFactor: Double {
    let nominal = modelWritten("tnom") ?? nominalTemperature
    let difference = temperature - 273.15 - nominal
    let linear = written("tc1") ?? modelWritten("tc1")
    let quadratic = written("tc2") ?? modelWritten("tc2")
    if let rate = written("tce") ?? modelWritten("tce") {
      return power(1.01, rate * difference)
    }
    return 1 + difference * ((linear ?? 0) + difference * (quadratic ?? 0))
  }

  /// A number of the model card as written.
  func modelWritten(_ name: String) -> Double? { model?.parameters[name]?.number }

  /// A number of the model card, or the table's default.
  func modelNumber(_ name: String, of parameters: [DeviceDescription.Parameter]) -> Double {
    modelWritten(name) ?? Self.fallback(name, parameters)
  }

  /// A fault of a parameter of the model that contradicts another, shown where it is written.
  func refusal(of name: String, _ message: String) -> Fault {
    Fault(
      "out-of-range", message, at: model?.parameters.origin(of: name) ?? instance.origin)
  }

  /// The device's temperature, kelvin.
  var temperature: Double {
    let celsius = written("temp") ?? circuitTemperature + (written("dtemp") ?? 0)
    return celsius + 273.15
  }

  private static func fallback(
    _ name: String, _ parameters: [DeviceDescription.Parameter]
  ) -> Double {
    for parameter in parameters where parameter.name == name {
      if let value = parameter.defaultValue { return value }
      preconditionFailure("parameter '\(name)' has no default")
    }
    preconditionFailure("no parameter '\(name)' in the table")
  }
}
