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
    for (target, value) in settings { try circuit.set(target, to: value) }
    return circuit
  }
}
