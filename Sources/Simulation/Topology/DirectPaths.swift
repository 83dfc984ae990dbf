import Schematic

/// How a device joins its terminals in dc.
struct DirectPaths {
  /// Pairs of terminals that conduct.
  var conducting: [(Int, Int)] = []
  /// Pairs whose voltage is imposed, whatever the current: they conduct too.
  var rigid: [(Int, Int)] = []
  /// Pairs that a current is forced through.
  var forced: [(Int, Int)] = []
  /// Pairs that only charge joins.
  var capacitive: [(Int, Int)] = []

  /// By the device's letter; a letter unknown here joins everything, so that no warning is false.
  init(_ instance: Instance) {
    let pair = [(0, 1)]
    switch instance.device {
    case "R":
      if instance.parameters["r"]?.number == 0 { rigid = pair } else { conducting = pair }
    case "C": capacitive = pair
    case "K": break
    case "L", "V", "E", "H", "YDELAY": rigid = pair
    case "I", "F": forced = pair
    case "G":
      if instance.feelsItself { conducting = pair } else { forced = pair }
    case "B":
      if instance.parameters["v"] != nil {
        rigid = pair
      } else if instance.feelsItself {
        conducting = pair
      } else {
        forced = pair
      }
    case "D", "S", "W", "YMEMRISTOR": conducting = pair
    case "T": conducting = [(0, 1), (2, 3)]
    // the gate floats
    case "M": conducting = [(0, 2), (0, 3), (2, 3)]
    default:
      if instance.terminals.count > 1 {
        conducting = (1..<instance.terminals.count).map { (0, $0) }
      }
    }
    // where optional terminals are not written
    let count = instance.terminals.count
    if count < 4 { conducting.removeAll { $0.0 >= count || $0.1 >= count } }
  }
}

extension Instance {
  /// Whether a controlled current depends on the voltage across it, as a conductance's does.
  fileprivate var feelsItself: Bool {
    let own = Set(terminals.prefix(2).filter { $0 != 0 })
    if terminals.dropFirst(2).contains(where: { own.contains($0) }) { return true }
    return parameters.entries.contains { entry in
      guard case .expression(let expression) = entry.value else { return false }
      return expression.probes.contains { $0.nodes.contains { own.contains($0) } }
    }
  }

  /// The names of devices whose currents it reads.
  var sensedCurrents: [String] {
    var names = parameters["control"]?.text?.split(separator: " ").map(String.init) ?? []
    for entry in parameters.entries {
      guard case .expression(let expression) = entry.value else { continue }
      for probe in expression.probes where probe.function.hasPrefix("i") { names += probe.names }
    }
    return names
  }
}
