import Schematic

/// What an elaborated deck is made of: what `oscine check` counts.
struct CircuitSummary: Equatable {
  struct Count: Equatable {
    var name: String
    var count: Int
  }

  var title: String
  var nodes: Int
  /// Nodes that a single terminal touches.
  var danglingNodes: [String]
  /// Instances by device letter, most first.
  var instances: [Count]
  /// Subcircuit instances by definition, most first.
  var cells: [Count]
  var synapses: [Count]
  var models: Int
  var parameters: Int
  /// Cards by name, in the order of their first.
  var cards: [Count]

  init(_ circuit: Circuit) {
    title = circuit.title
    nodes = circuit.nodeNames.count
    models = circuit.models.count
    parameters = circuit.parameters.count
    instances = Self.counted(circuit.instances.map(\.device), byCount: true)
    cells = Self.counted(circuit.cells.map(\.definition), byCount: true)
    synapses = circuit.synapses.map { Count(name: $0.name, count: $0.from.count * $0.to.count) }
    cards = Self.counted(circuit.cards.map { $0.name }, byCount: false)
    danglingNodes = Self.dangling(circuit)
  }

  var instanceCount: Int { instances.reduce(0) { $0 + $1.count } }
  var cellCount: Int { cells.reduce(0) { $0 + $1.count } }

  private static func counted(_ names: [String], byCount: Bool) -> [Count] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for name in names {
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    let all = order.map { Count(name: $0, count: counts[$0] ?? 0) }
    return byCount ? all.sorted { ($1.count, $0.name) < ($0.count, $1.name) } : all
  }

  private static func dangling(_ circuit: Circuit) -> [String] {
    var touches = [Int](repeating: 0, count: circuit.nodeNames.count)
    func touch(_ nodes: [Int32]) { for node in nodes { touches[Int(node)] += 1 } }
    for instance in circuit.instances { touch(instance.terminals) }
    for synapse in circuit.synapses {
      touch(synapse.from)
      touch(synapse.to)
    }
    // Ground is connected to the world.
    return touches.indices.dropFirst().filter { touches[$0] == 1 }.map { circuit.nodeNames[$0] }
      .filter { !$0.hasPrefix(Circuit.hiddenPrefix) }
  }

  var text: String {
    var table = TextTable([("what", .left), ("count", .right), ("which", .left)])
    func list(_ counts: [Count]) -> String {
      let shown = counts.prefix(6).map { "\($0.name) \($0.count)" }
      return (shown + (counts.count > 6 ? ["..."] : [])).joined(separator: ", ")
    }
    let loose = danglingNodes.prefix(3).joined(separator: ", ")
    table.append(["nodes", "\(nodes)", "ground among them"])
    table.append([
      "touched by one terminal", "\(danglingNodes.count)",
      loose + (danglingNodes.count > 3 ? ", ..." : ""),
    ])
    table.append(["instances", "\(instanceCount)", list(instances)])
    table.append(["cells", "\(cellCount)", list(cells)])
    table.append(["synapses", "\(synapses.reduce(0) { $0 + $1.count })", list(synapses)])
    table.append(["models", "\(models)", ""])
    table.append(["parameters", "\(parameters)", ""])
    table.append(["cards", "\(cards.reduce(0) { $0 + $1.count })", list(cards)])
    return "\(title)\n\n\(table.text)"
  }

  var json: [String: JSON] {
    func object(_ counts: [Count]) -> JSON {
      .object(Dictionary(counts.map { ($0.name, .integer($0.count)) }) { first, _ in first })
    }
    return [
      "title": .text(title), "nodes": .integer(nodes),
      "danglingNodes": .integer(danglingNodes.count), "instances": object(instances),
      "cells": object(cells), "synapses": object(synapses), "models": .integer(models),
      "parameters": .integer(parameters), "cards": object(cards),
    ]
  }
}
