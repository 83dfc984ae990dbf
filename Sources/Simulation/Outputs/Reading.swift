import Devices
import Schematic

/// Where a probe's value is found: `v(a,b)`, `i(r1)`, `id(m1)`, `p(r1)`, `n(ymemristor!m1_x)`.
enum Reading {
  /// The difference of two unknowns; ground is 0.
  case difference(Int, Int)
  /// The current into a terminal of a device.
  case current(bank: Int, index: Int, terminal: Int)
  /// The power a device absorbs.
  case power(bank: Int, index: Int)
  /// A named quantity of a device.
  case quantity(bank: Int, index: Int, name: String)
}

/// Finds what probes name. Its dictionaries are made when something is first looked for in them:
/// most probes are voltages of nodes that the reader has found already.
final class ReadingTable {
  private let equations: CircuitEquations
  private lazy var instances = Dictionary(
    equations.circuit.instances.enumerated().map { ($1.name, Int32($0)) },
    uniquingKeysWith: { a, _ in a })
  /// Bank and index in it, by instance.
  private lazy var places = makePlaces()
  private lazy var nodes = Dictionary(
    equations.circuit.nodeNames.enumerated().map { ($1, Int32($0)) },
    uniquingKeysWith: { a, _ in a })
  private lazy var ownUnknowns = makeOwnUnknowns()

  init(_ equations: CircuitEquations) { self.equations = equations }

  private func makePlaces() -> [(bank: Int32, index: Int32)] {
    var places = [(bank: Int32, index: Int32)](
      repeating: (-1, -1), count: equations.circuit.instances.count)
    for (bank, own) in equations.banks.enumerated() {
      for (index, instance) in own.instances.enumerated() {
        places[Int(instance)] = (Int32(bank), Int32(index))
      }
    }
    return places
  }

  /// By "instance_label".
  private func makeOwnUnknowns() -> [String: Int] {
    var found: [String: Int] = [:]
    for (unknown, own) in equations.layout.unknowns.enumerated() where own.instance >= 0 {
      let instance = equations.circuit.instances[Int(own.instance)]
      found["\(instance.name)_\(own.label)"] = unknown
    }
    return found
  }

  /// The functions of an ac probe, without what they do to the complex value: "vdb" reads as "v".
  static let voltageFunctions: Set<String> = ["v", "vm", "vp", "vr", "vi", "vdb"]
  static let currentFunctions: Set<String> = ["i", "im", "ip", "ir", "ii", "idb"]

  /// - Throws: `Fault` "unknown-probe".
  func reading(of probe: Expression.Probe) throws(Fault) -> Reading {
    let function = probe.function
    if Self.voltageFunctions.contains(function) { return try voltage(probe) }
    if function == "n", let name = probe.names.first { return try internalQuantity(name, probe) }
    guard let name = probe.names.first, probe.names.count == 1, let place = place(name) else {
      throw Fault(
        "unknown-probe", "no device named '\(probe.names.first ?? "")'", at: probe.origin,
        label: nearMiss(probe.names.first ?? ""))
    }
    if function == "p" || function == "w" {
      return .power(bank: place.bank, index: place.index)
    }
    return try current(function, probe, place)
  }

  private func voltage(_ probe: Expression.Probe) throws(Fault) -> Reading {
    var unknowns = probe.nodes.map(Int.init)
    if unknowns.isEmpty {
      for name in probe.names {
        guard let node = nodes[name] else {
          throw Fault("unknown-probe", "no node named '\(name)'", at: probe.origin)
        }
        unknowns.append(Int(node))
      }
    }
    return .difference(unknowns[0], unknowns.count > 1 ? unknowns[1] : 0)
  }

  private func current(
    _ function: String, _ probe: Expression.Probe, _ place: (bank: Int, index: Int)
  ) throws(Fault) -> Reading {
    if Self.currentFunctions.contains(function) {
      if let branch = equations.layout.branch(of: probe.names[0]) {
        return .difference(Int(branch), 0)
      }
      return .current(bank: place.bank, index: place.index, terminal: 0)
    }
    // i1, i2, ... by number; id, ig, is, ib of transistors by the terminal's first letter
    let device = equations.circuit.instances[
      Int(equations.banks[place.bank].instances[place.index])]
    let names = Catalogue.device(letter: device.device)?.terminals ?? []
    let wanted = function.dropFirst()
    let terminal =
      Int(wanted).map { $0 - 1 } ?? names.firstIndex { $0.first == wanted.first } ?? -1
    guard function.first == "i", names.indices.contains(terminal) else {
      throw Fault(
        "unknown-probe", "'\(device.name)' has no '\(function)'", at: probe.origin)
    }
    return .current(bank: place.bank, index: place.index, terminal: terminal)
  }

  /// `n(node)`, `n(ymemristor!m1_x)`, `n(ymemristor!m1:r)`, `n(m1[gm])`.
  private func internalQuantity(
    _ name: String, _ probe: Expression.Probe
  ) throws(Fault) -> Reading {
    if let node = nodes[name] { return .difference(Int(node), 0) }
    let bare = name.split(separator: "!", maxSplits: 1).last.map(String.init) ?? name
    for full in [name, bare] {
      if let unknown = ownUnknowns[full] { return .difference(unknown, 0) }
      for separator: Character in ["_", ":", "["] {
        guard let cut = full.lastIndex(of: separator) else { continue }
        let quantity = full[full.index(after: cut)...].filter { $0 != "]" }
        // Xyce's name of a branch current
        if quantity == "branch", let branch = equations.layout.branch(of: String(full[..<cut])) {
          return .difference(Int(branch), 0)
        }
        if let place = place(String(full[..<cut])) {
          return .quantity(bank: place.bank, index: place.index, name: String(quantity))
        }
      }
    }
    throw Fault("unknown-probe", "nothing named '\(name)' inside a device", at: probe.origin)
  }

  /// The bank of an instance, by its name with or without the device's prefix "ymemristor!".
  private func place(_ name: String) -> (bank: Int, index: Int)? {
    var found = instances[name]
    if found == nil, let bare = name.split(separator: "!", maxSplits: 1).last {
      found = instances[String(bare)]
    }
    guard let found, places[Int(found)].bank >= 0 else { return nil }
    return (Int(places[Int(found)].bank), Int(places[Int(found)].index))
  }

  private func nearMiss(_ name: String) -> String? {
    let near = instances.keys
      .map { (name: $0, distance: editDistance(name.utf8.prefix(64), $0.utf8)) }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    guard let near, near.distance <= max(1, name.count / 3) else { return nil }
    return "did you mean '\(near.name)'?"
  }
}
