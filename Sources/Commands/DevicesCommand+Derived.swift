import Devices
import Netlist
import Schematic

extension DevicesCommand {
  /// What a device comes to with the parameters of `-p name=value`, checked against its table.
  static func derived(
    _ device: DeviceDescription, _ written: [(name: String, value: String)]
  ) throws -> DerivedQuantities {
    if let first = written.first, device.derived.isEmpty {
      throw UsageError(
        "nothing is derived from '\(first.name)' of a \(device.name)",
        help: "--param is for "
          + Catalogue.all.filter { !$0.derived.isEmpty }.map(\.letter).joined(separator: ", "))
    }
    var instance: [String: Double] = [:]
    var model: [String: Double] = [:]
    for (name, text) in written {
      if let parameter = find(name, device.instanceParameters) {
        instance[parameter.name] = try number(text, of: parameter)
      } else if let parameter = find(name, device.models[0].parameters) {
        model[parameter.name] = try number(text, of: parameter)
      } else {
        let known = (device.instanceParameters + device.models[0].parameters).map(\.name)
        throw UsageError(
          "no parameter '\(name)' of a \(device.name)",
          help: NearMiss.sentence(for: name, among: known))
      }
    }
    do {
      return try DerivedQuantities(of: device, instance: instance, model: model)
    } catch let faults as Faults {
      throw UsageError(faults.list.map(\.message).joined(separator: "; "))
    }
  }

  private static func find(
    _ name: String, _ parameters: [DeviceDescription.Parameter]
  ) -> DeviceDescription.Parameter? {
    parameters.first { $0.name == name || $0.aliases.contains(name) }
  }

  private static func number(
    _ text: String, of parameter: DeviceDescription.Parameter
  ) throws -> Double {
    guard let value = EngineeringNumber.value(text), value.isFinite else {
      throw UsageError("'\(parameter.name)' needs a number, not '\(text)'")
    }
    if let range = parameter.range, !range.contains(value), let wanted = parameter.rangeText {
      throw UsageError("'\(parameter.name)' must be \(wanted), not \(text)")
    }
    return value
  }
}
