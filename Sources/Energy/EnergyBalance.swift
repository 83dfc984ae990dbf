// The energies of one transient analysis of a circuit, and their sums.

public import Schematic
public import Simulation

/// supplied = dissipated + stored + impulses + what does not balance; joules.
public struct EnergyBalance: Sendable, Hashable {
  /// Energies of one instance, or of several together.
  public struct Row: Sendable, Hashable {
    /// "xneuron[3].rload", a subcircuit instance's name, or a kind's.
    public var name: String
    /// How many instances it sums.
    public var count = 1
    /// Delivered to the circuit.
    public var supplied = 0.0
    /// Turned into heat.
    public var dissipated = 0.0
    /// Held at the end less held at the start.
    public var stored = 0.0

    public init(name: String) { self.name = name }

    /// The largest of the three sizes.
    public var size: Double { max(abs(supplied), max(abs(dissipated), abs(stored))) }

    mutating func add(_ other: Row) {
      supplied += other.supplied
      dissipated += other.dissipated
      stored += other.stored
    }
  }

  /// The whole circuit.
  public let total: Row
  /// In the circuit's order.
  public let instances: [Row]
  /// Each subcircuit instance with everything inside it, in the circuit's order; parents first.
  public let cells: [Row]
  /// By the first letters of a kind of device: "R", "M", "YMEMRISTOR"; alphabetic.
  public let kinds: [Row]
  /// Lost in no time where stepped sources and capacitors meet without resistance.
  public let impulses: Double
  /// What sources gave in all, not counting what they took back at other times.
  public let delivered: Double
  /// Held by all instances at the start.
  public let initiallyStored: Double

  public init(_ tally: EnergyTally, _ circuit: Circuit) {
    var total = Row(name: "all")
    var instances: [Row] = []
    var cells = circuit.cells.map { Row(name: $0.name) }
    var kinds: [String: Row] = [:]
    for k in cells.indices { cells[k].count = 0 }
    for entry in tally.rows {
      let instance = circuit.instances[Int(entry.instance)]
      var row = Row(name: instance.name)
      row.supplied = entry.supplied
      row.dissipated = entry.dissipated
      row.stored = entry.stored
      instances.append(row)
      total.add(row)
      kinds[instance.device, default: Self.empty(instance.device)].include(row)
      var cell = Int(instance.cell)
      while cell >= 0 {
        cells[cell].include(row)
        cell = Int(circuit.cells[cell].parent)
      }
    }
    total.count = instances.count
    self.total = total
    self.instances = instances
    self.cells = cells
    self.kinds = kinds.values.sorted { $0.name < $1.name }
    impulses = tally.impulses
    delivered = tally.delivered
    initiallyStored = tally.initiallyStored
  }

  private static func empty(_ name: String) -> Row {
    var row = Row(name: name)
    row.count = 0
    return row
  }

  /// What does not balance, joules.
  public var difference: Double { total.supplied - total.dissipated - total.stored - impulses }

  /// What does not balance relative to what moved: the largest of what sources gave, what was
  /// dissipated, what stores gained or lost, and what they held at the start.
  public var residual: Double {
    let moved = max(max(delivered, total.size), abs(initiallyStored))
    return moved == 0 ? 0 : difference / moved
  }
}

extension EnergyBalance.Row {
  fileprivate mutating func include(_ other: EnergyBalance.Row) {
    add(other)
    count += 1
  }
}

extension Circuit {
  /// Whether the deck asks for energies: `.options energy`.
  public var wantsEnergies: Bool {
    guard let option = options["energy"] else { return false }
    return option.value.number.map { $0 != 0 } ?? true
  }
}
