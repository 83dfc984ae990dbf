import Schematic

extension Elaborator {
  /// The index of a node named in `scope`, made if new.
  func node(_ name: String, in scope: Scope, at origin: Origin) -> Int32 {
    if name == "0" { return 0 }
    if let index = scope.nodes[name] { return index }
    if isGround(name) { return 0 }
    if name == "gnd" {
      report(
        Fault(
          "gnd-not-ground", "'gnd' is a node like any other; ground is '0'", at: origin,
          help: "write 0, or set '.options dialect=ngspice'", severity: .warning), in: scope)
    }
    let global = globals.contains(name) || name.hasPrefix("$g_")
    let full = global || scope.prefix.isEmpty ? name : scope.prefix + name
    if let index = nodeIndices[full] {
      scope.nodes[name] = index
      return index
    }
    let index = Int32(circuit.nodeNames.count)
    circuit.nodeNames.append(full)
    nodeIndices[full] = index
    scope.nodes[name] = index
    return index
  }

  /// Another name of ground, where the deck or its dialect asks for it.
  private func isGround(_ name: String) -> Bool {
    if replacesGround { return ["gnd", "gnd!", "ground"].contains(name) }
    return dialect == .ngspice && name == "gnd"
  }

  /// The index of a node that exists, by its name in `scope` or a name of deeper levels; Xyce's
  /// colon between levels is read as a point.
  func existingNode(_ name: String, in scope: Scope, at origin: Origin) throws(Fault) -> Int32 {
    if name == "0" || isGround(name) { return 0 }
    if let index = scope.nodes[name] { return index }
    let local = name.contains(":") ? String(name.map { $0 == ":" ? "." : $0 }) : name
    if globals.contains(local), let index = nodeIndices[local] { return index }
    if let index = nodeIndices[scope.prefix + local] ?? port(scope.prefix + local) { return index }
    throw Fault(
      "unknown-node", "no node named '\(name)'", at: origin,
      label: NearMiss.label(scope.prefix + local, among: circuit.nodeNames))
  }

  /// A subcircuit's port seen from outside: "x1.out" is the node connected to port `out` of x1.
  private func port(_ full: String) -> Int32? {
    guard let dot = full.lastIndex(of: "."), let cell = cellIndex(String(full[..<dot])),
      let port = cellDeclarations[cell].ports.firstIndex(of: String(full[dot...].dropFirst()))
    else { return nil }
    return circuit.cells[cell].terminals[port]
  }

  func existingNodes(_ token: Token, in scope: Scope) throws(Fault) -> [Int32] {
    if token.text.hasSuffix("[*]") {
      let stem = scope.prefix + token.text.dropLast(2)
      let found = circuit.nodeNames.indices.filter {
        circuit.nodeNames[$0].hasPrefix(stem) && circuit.nodeNames[$0].hasSuffix("]")
      }
      if found.isEmpty {
        throw Fault("unknown-node", "no nodes match '\(token.text)'", at: token.origin)
      }
      return found.map(Int32.init)
    }
    guard let array = try ArrayName(token) else {
      return [try existingNode(token.text, in: scope, at: token.origin)]
    }
    var nodes: [Int32] = []
    for index in 0..<array.count {
      nodes.append(try existingNode(array.element(index), in: scope, at: token.origin))
    }
    return nodes
  }

  /// Names the probes of an expression written in `scope` for the whole circuit. Nodes that are not
  /// there yet are looked up when all elements have been read.
  func located(_ expression: Expression, in scope: Scope) -> Expression {
    var result = expression
    for index in result.probes.indices {
      let probe = result.probes[index]
      guard probe.function.hasPrefix("v") else {
        if probe.function == "measure" { continue }
        result.probes[index].names = result.probes[index].names.map {
          scope.prefix + Self.element($0, of: probe.function)
        }
        continue
      }
      result.probes[index].nodes = result.probes[index].names.map {
        $0 == "0" ? 0 : scope.nodes[$0] ?? -1
      }
      result.probes[index].names = result.probes[index].names.map {
        $0 == "0" || globals.contains($0) ? $0 : scope.prefix + $0
      }
    }
    return result
  }

  /// An element's name with points between its levels: Xyce writes `x1:r1`, and `x1:r1:r` for a
  /// quantity of it.
  private static func element(_ name: String, of function: String) -> String {
    guard name.contains(":") else { return name }
    var parts = name.split(separator: ":").map(String.init)
    guard function == "n", let last = parts.popLast() else { return parts.joined(separator: ".") }
    return parts.joined(separator: ".") + ":" + last
  }
}
