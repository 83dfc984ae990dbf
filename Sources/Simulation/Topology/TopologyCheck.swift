// What is wrong with a circuit before anything is solved, in time proportional to its size: nodes
// without a dc path to ground, loops of imposed voltages, nodes with one connection. Only what no
// simulator can solve is an error; the rest is a warning and, where the equations would be
// singular, an aid: a vanishing conductance to ground, a vanishing resistance in a loop of
// inductors.

public import Schematic

/// The findings on one circuit.
public struct TopologyCheck: Sendable {
  /// Located; errors first.
  public private(set) var faults: [Fault] = []
  /// One node of each group without a dc path, to be tied to ground at the operating point only.
  private(set) var floatingAtRest: [Int32] = []
  /// Those that no capacitor holds either: to be tied always.
  private(set) var floatingAlways: [Int32] = []
  /// An inductor or zero resistance of each loop that has one, by name: to get a resistance.
  private(set) var loopMenders: Set<String> = []

  /// How many names one message lists.
  private static let listed = 5

  public init(_ circuit: Circuit) {
    let paths = circuit.instances.map { DirectPaths($0) }
    let floating = findFloating(circuit, paths)
    findLoops(circuit, paths)
    findSingles(circuit, floating)
    faults.sort { $0.severity == .error && $1.severity != .error }
  }

  public var hasErrors: Bool { faults.contains { $0.severity == .error } }

  // MARK: floating nodes

  /// - Returns: by node, whether it floats.
  private mutating func findFloating(_ circuit: Circuit, _ paths: [DirectPaths]) -> [Bool] {
    let count = circuit.nodeNames.count
    var sets = DisjointSets(count: count)
    var isConnected = [Bool](repeating: false, count: count)
    for (instance, path) in zip(circuit.instances, paths) {
      for node in instance.terminals { isConnected[Int(node)] = true }
      for (a, b) in path.conducting + path.rigid {
        _ = sets.join(instance.terminals[a], instance.terminals[b])
      }
    }
    var floating = [Bool](repeating: false, count: count)
    for node in 1..<max(1, Int32(count)) {
      if isConnected[Int(node)] {
        floating[Int(node)] = sets.root(node) != 0
      } else {
        // named and never used
        floatingAlways.append(node)
      }
    }
    guard floating.contains(true) else { return floating }
    var hasCharge: Set<Int32> = []
    var isForced: Set<Int32> = []
    for (instance, path) in zip(circuit.instances, paths) {
      for (a, b) in path.capacitive {
        hasCharge.formUnion([sets.root(instance.terminals[a]), sets.root(instance.terminals[b])])
      }
      for (a, b) in path.forced {
        isForced.formUnion([sets.root(instance.terminals[a]), sets.root(instance.terminals[b])])
      }
    }
    let groups = (1..<Int32(count)).filter { floating[Int($0)] && sets.root($0) == $0 }
    for group in groups {
      if hasCharge.contains(group) {
        floatingAtRest.append(group)
      } else {
        floatingAlways.append(group)
      }
    }
    report(groups.filter { !isForced.contains($0) }, circuit, isForced: false)
    report(groups.filter { isForced.contains($0) }, circuit, isForced: true)
    return floating
  }

  private mutating func report(_ groups: [Int32], _ circuit: Circuit, isForced: Bool) {
    guard !groups.isEmpty else { return }
    let names = Self.list(groups.map { circuit.nodeNames[Int($0)] })
    let origin = circuit.instances.first { $0.terminals.contains(groups[0]) }?.origin ?? .none
    let noun = groups.count == 1 ? "node \(names) has" : "nodes \(names) have"
    faults.append(
      Fault(
        isForced ? "current-cut" : "floating-node",
        isForced
          ? "\(noun) no dc path to ground for the current that is forced into it"
          : "\(noun) no dc path to ground", at: origin,
        help: "a conductance of gmin to ground holds it; a large resistor says where it rests",
        severity: .warning))
  }

  // MARK: loops

  private mutating func findLoops(_ circuit: Circuit, _ paths: [DirectPaths]) {
    var sets = DisjointSets(count: circuit.nodeNames.count)
    var tree: [(a: Int32, b: Int32, instance: Int32)] = []
    var closers: [(a: Int32, b: Int32, instance: Int32)] = []
    for (index, path) in paths.enumerated() {
      let instance = circuit.instances[index]
      for (i, j) in path.rigid {
        let edge = (a: instance.terminals[i], b: instance.terminals[j], instance: Int32(index))
        if sets.join(edge.a, edge.b) { tree.append(edge) } else { closers.append(edge) }
      }
    }
    guard !closers.isEmpty else { return }
    let sensed = Set(circuit.instances.flatMap(\.sensedCurrents))
    let forest = SpanningForest(nodeCount: circuit.nodeNames.count, tree)
    for closer in closers {
      let loop = [closer.instance] + forest.path(closer.a, closer.b)
      reportLoop(loop.map { circuit.instances[Int($0)] }, sensed)
    }
  }

  private mutating func reportLoop(
    _ loop: [Instance], _ sensed: Set<String>
  ) {
    let soft = loop.filter { ["L", "R"].contains($0.device) }
    if let weakest = soft.first(where: { $0.device == "L" }) ?? soft.first {
      loopMenders.insert(weakest.name)
    }
    // a current that something else reads may still be determined
    let isCertain = soft.isEmpty && loop.count > 1 && !loop.contains { sensed.contains($0.name) }
    guard faults.count(where: { $0.identifier == "voltage-loop" }) < Self.listed else { return }
    let names = Self.list(loop.map(\.name))
    let what = soft.isEmpty ? "voltage sources" : "elements without resistance"
    faults.append(
      Fault(
        "voltage-loop", "\(names) form a loop of \(what)", at: loop[0].origin,
        help: "a small resistor in series makes the current in it definite",
        severity: isCertain ? .error : .warning))
  }

  // MARK: single connections

  private mutating func findSingles(_ circuit: Circuit, _ floating: [Bool]) {
    var connections = [Int32](repeating: 0, count: circuit.nodeNames.count)
    var places = [Int32](repeating: -1, count: circuit.nodeNames.count)
    for (index, instance) in circuit.instances.enumerated() {
      for node in instance.terminals {
        connections[Int(node)] += 1
        places[Int(node)] = Int32(index)
      }
    }
    let singles = connections.indices.dropFirst().filter {
      connections[$0] == 1 && !floating[$0]
        && !circuit.nodeNames[$0].hasPrefix(Circuit.hiddenPrefix)
    }
    guard let first = singles.first else { return }
    let names = Self.list(singles.map { circuit.nodeNames[$0] })
    faults.append(
      Fault(
        "single-connection",
        singles.count == 1
          ? "node \(names) has only one connection" : "nodes \(names) have only one connection",
        at: circuit.instances[Int(places[first])].origin, severity: .warning))
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(listed).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > listed ? shown + " and \(names.count - listed) more" : shown
  }
}
