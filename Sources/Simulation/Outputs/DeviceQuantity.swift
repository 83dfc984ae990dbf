import Devices
import Schematic

extension CircuitEquations {
  /// A named quantity of a device: what its equations make of it, else a parameter of its line
  /// (`r1:temp`, `v1:acmag`), written, of its model or by default; NaN where it has none of that
  /// name.
  func quantity(_ name: String, bank: Int, index: Int, _ evaluation: Evaluation) -> Double {
    banks[bank].quantity(name, of: index, evaluation)
      ?? parameter(name, of: circuit.instances[Int(banks[bank].instances[index])]) ?? .nan
  }

  private func parameter(_ name: String, of instance: Instance) -> Double? {
    let known = Catalogue.device(letter: instance.device)?.instanceParameters ?? []
    let described = known.first { $0.name == name || $0.aliases.contains(name) }
    if let described, let written = instance.parameters[described.name]?.number { return written }
    if name == "temp" {
      return circuit.temperature + (instance.parameters["dtemp"]?.number ?? 0)
    }
    if let model = given(name, of: instance) { return model }
    guard let described, instance.parameters[described.name] == nil else { return nil }
    return described.defaultValue
  }

  /// What the model card gives where the line does not: `r1:tc1`, and `defw` of `r1:w`.
  private func given(_ name: String, of instance: Instance) -> Double? {
    guard instance.model >= 0 else { return nil }
    let model = circuit.models[Int(instance.model)].parameters
    return (model[name] ?? model["def\(name)"])?.number
  }
}
