// Parts of a circuit that nobody looks at and that answer nothing.
//
// Delayed unknowns cut a circuit into islands: unknowns that the equations couple at one instant.
// An island is quiet where none of its unknowns is read, and none of the signals that it sends
// through delays moves when delayed signals arrive: the far ends of matched lines, delays that end
// in a load. Nobody needs its unknowns: they choose no step, what arrives there stops none, and a
// delay that leads to quiet islands alone is not even read. With thousands of delays that is the
// difference between the corners of one signal and thousands of times as many.
//
// Unknowns that are read at output points alone, not between them, need not make an island loud if
// it also has no memory: they are then the linear forms of delayed unknowns that elimination finds,
// and are computed from the histories where they are asked for.

import Devices
import Numerics

/// Which unknowns of a circuit with delays may be left to themselves.
struct QuietIslands {
  /// Letters of devices that a quiet island may consist of: passive, so that nothing grows in it.
  private static let letters: Set<String> = ["R", "C", "T", "YDELAY"]
  /// An island whose signals are examined has at most so many unknowns.
  private static let sizeLimit = 24
  /// A signal that moves by less than this part of its terms does not move.
  private static let insensitivity = 1e-9

  /// By unknown, ground included.
  private(set) var isQuiet: [Bool]
  /// The sampled unknowns of quiet islands.
  private(set) var derived: [Derived] = []

  /// An unknown that is a sum of delayed unknowns.
  struct Derived {
    var unknown: Int32
    var terms: [(delayed: Int32, coefficient: Double)]
  }

  private let equations: CircuitEquations
  private var roots: [Int32] = []
  private var isLoud: [Bool]
  private var matrices: (still: [Double], moving: [Double]) = ([], [])

  /// - Parameters:
  ///   - read: the unknowns that results are made of.
  ///   - sampled: those of them that are read at output points alone.
  init(_ equations: CircuitEquations, read: Set<Int>, sampled: Set<Int> = []) {
    self.equations = equations
    let count = equations.layout.unknowns.count
    isQuiet = Array(repeating: false, count: count)
    isLoud = Array(repeating: false, count: count)
    findIslands()
    for unknown in read where !sampled.contains(unknown) { isLoud[Int(roots[unknown])] = true }
    excludeDevices()
    let delayed = equations.delayed.delayedUnknowns
    var arrivals: [Int32: [Int32]] = [:]
    for unknown in delayed where !isLoud[Int(roots[Int(unknown)])] {
      arrivals[roots[Int(unknown)], default: []].append(unknown)
    }
    examine(arrivals, sampled)
    for unknown in 1..<max(1, count) {
      let root = roots[unknown]
      isQuiet[unknown] = arrivals[root] != nil && !isLoud[Int(root)]
    }
  }

  private mutating func findIslands() {
    let layout = equations.layout
    var sets = DisjointSets(count: layout.unknowns.count)
    for entry in 0..<equations.delayed.firstEntry {
      let (row, column) = (layout.rows[entry], layout.columns[entry])
      if row != 0 && column != 0 { _ = sets.join(row, column) }
    }
    roots = (0..<Int32(layout.unknowns.count)).map { sets.root($0) }
  }

  /// Devices other than the plain ones make the islands of all their terminals loud.
  private mutating func excludeDevices() {
    let circuit = equations.circuit
    var isPlain = [Bool](repeating: false, count: circuit.instances.count)
    for bank in equations.banks where bank.isLinear && bank.eventCount == 0 {
      for instance in bank.instances {
        isPlain[Int(instance)] = Self.letters.contains(circuit.instances[Int(instance)].device)
      }
    }
    for (index, instance) in circuit.instances.enumerated() where !isPlain[index] {
      for terminal in instance.terminals { isLoud[Int(roots[Int(terminal)])] = true }
    }
    for (unknown, own) in equations.layout.unknowns.enumerated()
    where own.instance >= 0 && !isPlain[Int(own.instance)] { isLoud[Int(roots[unknown])] = true }
  }

  /// Islands that send signals are loud unless these stand still whatever arrives; those that are
  /// sampled must have no memory.
  private mutating func examine(_ arrivals: [Int32: [Int32]], _ sampled: Set<Int>) {
    var signals: [Int32: [Int]] = [:]
    for unknown in sampled where arrivals[roots[unknown]] != nil { signals[roots[unknown]] = [] }
    for signal in 0..<equations.delayed.historyCount {
      for root in Set(equations.delayed.plan.signalTerms[signal].map { roots[Int($0.unknown)] })
      where arrivals[root] != nil { signals[root, default: []].append(signal) }
    }
    if signals.isEmpty { return }
    var members: [Int32: [Int32]] = [:]
    for (unknown, root) in roots.enumerated() where signals[root] != nil {
      members[root, default: []].append(Int32(unknown))
    }
    matrices = equations.transientMatrices()
    var places = [Int](repeating: -1, count: roots.count)
    for (root, sent) in signals {
      let own = members[root] ?? []
      for (place, unknown) in own.enumerated() { places[Int(unknown)] = place }
      isLoud[Int(root)] = !staysQuiet(sent, arrivals[root] ?? [], own, places, sampled)
      for unknown in own { places[Int(unknown)] = -1 }
    }
  }

  /// Whether an island has no memory and none of the signals follows one of the arrivals.
  private mutating func staysQuiet(
    _ signals: [Int], _ arrivals: [Int32], _ members: [Int32], _ places: [Int],
    _ sampled: Set<Int>
  ) -> Bool {
    if members.count > Self.sizeLimit { return false }
    guard let rows = responses(arrivals, members, places) else { return false }
    let (n, width) = (members.count, members.count + arrivals.count)
    for signal in signals {
      for k in arrivals.indices {
        var (sum, size) = (0.0, 0.0)
        for term in equations.delayed.plan.signalTerms[signal] where places[Int(term.unknown)] >= 0
        {
          let part = term.coefficient * rows[places[Int(term.unknown)] * width + n + k]
          sum += part
          size += abs(part)
        }
        if abs(sum) > Self.insensitivity * size { return false }
      }
    }
    for unknown in members where sampled.contains(Int(unknown)) {
      let first = places[Int(unknown)] * width + n
      derived.append(
        Derived(unknown: unknown, terms: arrivals.indices.map { (arrivals[$0], rows[first + $0]) }))
    }
    return true
  }

  /// The members' answers to one unit of each arrival, behind the members in each row; nil where
  /// the island remembers.
  private func responses(
    _ arrivals: [Int32], _ members: [Int32], _ places: [Int]
  ) -> [Double]? {
    let n = members.count
    let width = n + arrivals.count
    var rows = [Double](repeating: 0, count: n * width)
    let pattern = equations.pattern
    for (column, unknown) in members.enumerated() {
      for slot in pattern.columnStarts[Int(unknown) - 1]..<pattern.columnStarts[Int(unknown)] {
        let row = places[Int(pattern.rowIndices[Int(slot)]) + 1]
        if row < 0 { continue }
        if matrices.moving[Int(slot)] != matrices.still[Int(slot)] { return nil }
        rows[row * width + column] = matrices.still[Int(slot)]
      }
    }
    for (k, unknown) in arrivals.enumerated() { rows[places[Int(unknown)] * width + n + k] = 1 }
    return Self.eliminate(&rows, n, width) ? rows : nil
  }

  /// Gauss's and Jordan's elimination with the largest pivots; false where a pivot is missing.
  private static func eliminate(_ rows: inout [Double], _ n: Int, _ width: Int) -> Bool {
    for k in 0..<n {
      var pivot = k
      for i in k..<n where abs(rows[i * width + k]) > abs(rows[pivot * width + k]) { pivot = i }
      let value = rows[pivot * width + k]
      if !(abs(value) > 0) { return false }
      for j in k..<width {
        let above = rows[k * width + j]
        rows[k * width + j] = rows[pivot * width + j] / value
        if pivot != k { rows[pivot * width + j] = above }
      }
      for i in 0..<n where i != k && rows[i * width + k] != 0 {
        let factor = rows[i * width + k]
        for j in k..<width { rows[i * width + j] -= factor * rows[k * width + j] }
      }
    }
    return true
  }
}

extension CircuitEquations {
  /// df/dx, and df/dx with df/dx' at the probing rate, at the loaded point.
  fileprivate func transientMatrices() -> (still: [Double], moving: [Double]) {
    var still = [Double](repeating: 0, count: pattern.entryCount + 1)
    var moving = still
    var charges = still
    var evaluation = pointEvaluation
    charges.withUnsafeMutableBufferPointer { charges in
      evaluation.rateFactor = 0
      still.withUnsafeMutableBufferPointer {
        linearise(evaluation, $0.baseAddress!, charges.baseAddress!)
      }
      evaluation.rateFactor = Evaluation.probingRate
      moving.withUnsafeMutableBufferPointer {
        linearise(evaluation, $0.baseAddress!, charges.baseAddress!)
      }
    }
    return (still, moving)
  }
}
