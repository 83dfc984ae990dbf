import Schematic

/// Finds elements that name other elements which are not there: controls of F, H and W, inductors
/// of K. Done after all elements, since they may be named before they are written.
struct ReferenceCheck {
  /// The faults of `circuit`, in the order of its instances.
  static func faults(of circuit: Circuit, in sources: SourceMap) -> [Fault] {
    let referring = circuit.instances.filter {
      ["F", "H", "W", "K"].contains($0.device) && target(of: $0) != nil
    }
    guard !referring.isEmpty else { return [] }
    var devices: [String: String] = [:]
    devices.reserveCapacity(circuit.instances.count)
    var inductors: Set<String> = []
    for instance in circuit.instances {
      // whatever makes a voltage has a current of its own, which may control
      devices[instance.name] = hasCurrent(instance) ? "V" : instance.device
      if instance.device == "L" { inductors.insert(instance.name) }
    }
    return referring.flatMap { faults(of: $0, devices, inductors, sources) }
  }

  /// The places of the words in a stretch of the deck.
  private static func words(of origin: Origin, in sources: SourceMap) -> [Origin] {
    guard let bytes = sources.file(origin)?.bytes else { return [] }
    let range = Int(origin.offset)..<min(bytes.count, Int(origin.offset + origin.length))
    return bytes[range].split { !Cursor.isWord($0) }.map {
      Origin(file: origin.file, offset: Int32($0.startIndex), length: Int32($0.count))
    }
  }

  private static func hasCurrent(_ instance: Instance) -> Bool {
    ["E", "H"].contains(instance.device)
      || instance.device == "B" && instance.parameters["v"] != nil
  }

  private static func target(of instance: Instance) -> String? {
    instance.parameters[instance.device == "K" ? "inductors" : "control"]?.text
  }

  private static func faults(
    of instance: Instance, _ devices: [String: String], _ inductors: Set<String>,
    _ sources: SourceMap
  ) -> [Fault] {
    let wanted = instance.device == "K" ? "L" : "V"
    let what = instance.device == "K" ? "inductor" : "voltage source"
    let parameter = instance.device == "K" ? "inductors" : "control"
    let all = instance.parameters.origin(of: parameter) ?? instance.origin
    let names = (target(of: instance) ?? "").split(separator: " ").map(String.init)
    let places = words(of: all, in: sources)
    return names.enumerated().compactMap { index, name in
      let origin = index < places.count ? places[index] : all
      guard let device = devices[name] else {
        let candidates = devices.filter { $0.value == wanted }.keys
        return Fault(
          "unknown-element", "no \(what) is named '\(name)'", at: origin,
          label: NearMiss.label(name, among: candidates))
      }
      guard device != wanted, !inductors.contains(name) else { return nil }
      return Fault("wrong-element", "'\(name)' is no \(what)", at: origin)
    }
  }
}
