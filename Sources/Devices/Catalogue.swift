public import Schematic

/// Every device there is: one line each.
public enum Catalogue {
  public static let devices: [any Device.Type] = [
    Resistor.self,
    Capacitor.self,
    Inductor.self,
    MutualInductance.self,
    VoltageSource.self,
    CurrentSource.self,
    VoltageControlledVoltageSource.self,
    CurrentControlledCurrentSource.self,
    VoltageControlledCurrentSource.self,
    CurrentControlledVoltageSource.self,
    BehaviouralSource.self,
    Diode.self,
    Transistor.self,
    VoltageSwitch.self,
    CurrentSwitch.self,
    TransmissionLine.self,
    Memristor.self,
    IdealDelay.self,
    SpinTorqueOscillator.self,
    VortexOscillator.self,
    SpinHallOscillator.self,
    TransitionSwitch.self,
    AutoOscillator.self,
  ]

  /// Their tables.
  public static let all: [DeviceDescription] = devices.map { $0.description }

  /// The device of an element letter, in any case: "r", "YSTO".
  public static func device(letter: String) -> DeviceDescription? {
    let upper = letter.uppercased()
    return all.first { $0.letter == upper }
  }

  /// The device a user means by a letter, a name ("resistor"), a page's name ("voltage-source") or
  /// a model type ("nmos").
  public static func device(named name: String) -> DeviceDescription? {
    let wanted = name.lowercased()
    return device(letter: name)
      ?? all.first { $0.name.lowercased() == wanted || $0.pageName == wanted }
      ?? all.first { $0.models.contains { $0.type == wanted } }
  }

  /// The device names nearest to one that does not exist, best first; none when all are far.
  public static func nearMisses(to name: String) -> [String] {
    let wanted = name.lowercased()
    let names = Set(
      all.flatMap { [$0.letter.lowercased(), $0.name.lowercased(), $0.pageName] }
        + all.flatMap { $0.models.map(\.type) })
    let scored = names.filter { $0.count > 1 }
      .map { (name: $0, distance: editDistance(wanted.utf8.prefix(64), $0.utf8)) }
      .filter { $0.distance <= max(1, $0.name.count / 3) }
    return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.map(\.name)
  }
}
