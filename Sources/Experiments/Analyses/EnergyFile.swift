import Energy
import Waveforms

/// The energies of all steps of one transient analysis as a file beside its results.
struct EnergyFile {
  /// By step; nil where a step was not reached.
  let balances: [EnergyBalance?]
  let steps: [ResultStep]

  /// Nil where no energies were asked for.
  init?(_ result: AnalysisResult, _ grid: StepGrid) {
    guard result.steps.contains(where: { $0.energy != nil }) else { return nil }
    var balances = [EnergyBalance?](repeating: nil, count: grid.count)
    for step in result.steps { balances[step.index] = step.energy }
    self.balances = balances
    steps = grid.axes.map { ResultStep($0.name, unit: $0.unit, values: $0.values) }
  }

  /// `<deck>.energy.netcdf` beside NetCDF results, else `<deck>.energy.csv`.
  /// - Throws: `FileError` `unwritable`.
  func write(_ destination: CircuitRun.Destination) throws {
    let base = "\(destination.folder)/\(destination.name).energy"
    if destination.format == .netcdf {
      try dataset(destination.attributes).write(to: base + ".netcdf")
    } else {
      try table.write(to: base + ".csv")
    }
  }

  /// The sums, for the result file itself; none where there are several steps.
  var attributes: Attributes {
    var all: Attributes = [:]
    guard balances.count == 1, let balance = balances[0] else { return all }
    for (name, read) in Self.sums { all["energy_\(name)"] = .real(read(balance)) }
    return all
  }

  private static let sums: [(String, @Sendable (EnergyBalance) -> Double)] = [
    ("supplied", { $0.total.supplied }), ("dissipated", { $0.total.dissipated }),
    ("stored", { $0.total.stored }), ("impulses", { $0.impulses }),
    ("delivered", { $0.delivered }), ("initially_stored", { $0.initiallyStored }),
    ("residual", { $0.residual }),
  ]

  private static let columns: [(String, String, @Sendable (EnergyBalance.Row) -> Double)] = [
    ("supplied", "delivered to the circuit", { $0.supplied }),
    ("dissipated", "turned into heat", { $0.dissipated }),
    ("stored", "held at the end less held at the start", { $0.stored }),
  ]

  /// Steps outermost, the last axis of `.step` first, as in the result file.
  private var stepAxes: [Axis] {
    steps.reversed().map { Axis($0.name, .values($0.values), unit: $0.unit) }
  }

  private func values(
    _ rows: KeyPath<EnergyBalance, [EnergyBalance.Row]>, _ names: [String],
    _ read: (EnergyBalance.Row) -> Double
  ) -> [Double] {
    balances.flatMap { balance -> [Double] in
      // a stepped parameter may have changed which instances there are
      guard let found = balance?[keyPath: rows], found.map(\.name) == names else {
        return Array(repeating: .nan, count: names.count)
      }
      return found.map(read)
    }
  }

  private func dataset(_ attributes: Attributes) -> Dataset {
    var data = Dataset(axes: stepAxes, attributes: attributes)
    let stepNames = data.axes.map(\.name)
    let groups: [(String, String, KeyPath<EnergyBalance, [EnergyBalance.Row]>)] = [
      ("instance", "", \.instances), ("subcircuit", "_by_subcircuit", \.cells),
      ("kind", "_by_kind", \.kinds),
    ]
    for (axis, suffix, rows) in groups {
      guard let first = balances.lazy.compactMap({ $0 }).first else { continue }
      let names = first[keyPath: rows].map(\.name)
      if names.isEmpty { continue }
      data.axes.append(Axis(axis, .labels(names)))
      for (name, meaning, read) in Self.columns {
        data.variables.append(
          Variable(
            name + suffix, axes: stepNames + [axis], unit: "J", longName: meaning,
            .double(values(rows, names, read))))
      }
    }
    for (name, read) in Self.sums {
      data.variables.append(
        Variable(
          "total_\(name)", axes: stepNames, unit: name == "residual" ? nil : "J",
          .double(balances.map { $0.map(read) ?? .nan })))
    }
    return data
  }

  /// Instances, subcircuits, kinds and the whole, one row each and step.
  private var table: CommaSeparatedTable {
    let groups: [(String, KeyPath<EnergyBalance, [EnergyBalance.Row]>)] = [
      ("instance", \.instances), ("subcircuit", \.cells), ("kind", \.kinds), ("all", \.whole),
    ]
    var names: [String] = []
    var kinds: [String] = []
    let first = balances.lazy.compactMap { $0 }.first
    for (kind, rows) in groups {
      let found = first?[keyPath: rows].map(\.name) ?? []
      names += found
      kinds += found.map { _ in kind }
    }
    let axis = Axis("name", .labels(names))
    var data = Dataset(axes: stepAxes + [axis])
    let axes = data.axes.map(\.name)
    data.variables.append(
      Variable("of", axes: axes, .text(balances.flatMap { _ in kinds })))
    for (name, _, read) in Self.columns {
      data.variables.append(
        Variable(
          name, axes: axes, unit: "J", .double(values(\.everything, names, read))))
    }
    return CommaSeparatedTable(data, axes: axes)
  }
}

extension EnergyBalance {
  fileprivate var whole: [Row] { [total] }
  fileprivate var everything: [Row] { instances + cells + kinds + [total] }
}
