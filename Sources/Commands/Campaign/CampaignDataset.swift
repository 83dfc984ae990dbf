import Sweep
import Waveforms

/// A campaign as labelled arrays: every quantity of a trial on the campaign's axes, the trial last.
/// Points that fill no grid (other designs, refinements) lie on an axis `point` instead, their
/// places in variables named as the axes.
struct CampaignDataset {
  private let campaign: CampaignRecord
  private let points: [PointState]
  private let trials: [[TrialRecord]]
  /// Values by axis where the points fill a grid.
  private let grid: [[Double]]?
  private let count: Int

  /// - Throws: `StoreFailure`.
  init(_ store: CampaignStore) throws {
    let campaign = store.campaign
    self.campaign = campaign
    let all = try store.points()
    let values = campaign.axes.indices.map { axis in Set(all.map { $0.values[axis] }).sorted() }
    let isGrid =
      Set(all.map(\.values)).count == all.count
      && values.reduce(1) { $0 * $1.count } == all.count && !campaign.axes.isEmpty
    grid = isGrid ? values : nil
    points =
      isGrid ? all.sorted { $0.values.lexicographicallyPrecedes($1.values) } : all
    trials = try points.map { try store.trials(of: $0.id) }
    count = trials.joined().map { $0.number + 1 }.max() ?? 0
  }

  var dataset: Dataset {
    let place = grid == nil ? ["point"] : campaign.axes.map(name)
    var dataset = Dataset(attributes: attributes)
    if let grid {
      dataset.axes = zip(campaign.axes, grid).map {
        Axis(name($0), .values($1), unit: $0.unit)
      }
    } else {
      dataset.axes = [Axis("point", .values(points.map { Double($0.id) }))]
      for (index, axis) in campaign.axes.enumerated() {
        dataset.variables.append(
          Variable(
            name(axis), axes: ["point"], unit: axis.unit, longName: "place of the point",
            .double(points.map { $0.values[index] })))
      }
    }
    dataset.axes.append(
      Axis("trial", .values((0..<count).map(Double.init)), longName: "sample of the draws"))
    for column in TrialColumn.all {
      dataset.variables.append(
        Variable(
          column.name, axes: place + ["trial"], unit: column.unit, longName: column.meaning,
          .double(
            each {
              column.value($0) ?? .nan
            } missing: {
              .nan
            })))
    }
    dataset.variables.append(
      Variable(
        "image", axes: place + ["trial"], longName: "image that is recalled",
        .text(
          each {
            $0.image ?? ""
          } missing: {
            ""
          })))
    dataset.variables.append(
      Variable(
        "failure", axes: place + ["trial"], longName: "why there is no result",
        .text(
          each {
            $0.failure ?? ""
          } missing: {
            ""
          })))
    addEnergies(&dataset, place)
    return dataset
  }

  private func addEnergies(_ dataset: inout Dataset, _ place: [String]) {
    let terms = Set(trials.joined().flatMap { $0.energies.map(\.term) }).sorted()
    guard !terms.isEmpty else { return }
    dataset.axes.append(Axis("term", .labels(terms), longName: "consumer of energy"))
    let rows = each { trial in
      terms.map { term in trial.energies.first { $0.term == term } }
    } missing: {
      terms.map { _ in nil }
    }
    dataset.variables.append(
      Variable(
        "energy_by_term", axes: place + ["trial", "term"], unit: "J",
        longName: "energy of the whole run", .double(rows.joined().map { $0?.whole ?? .nan })))
    dataset.variables.append(
      Variable(
        "energy_to_target_by_term", axes: place + ["trial", "term"], unit: "J",
        longName: "energy until the target was reached",
        .double(rows.joined().map { $0?.toTarget ?? .nan })))
  }

  /// A value for every place of a trial, point by point; trials that did not run are missing.
  private func each<Value>(
    _ value: (TrialRecord) -> Value, missing: () -> Value
  ) -> [Value] {
    trials.flatMap { rows -> [Value] in
      var found = [Int: TrialRecord](minimumCapacity: rows.count)
      for row in rows { found[row.number] = row }
      return (0..<count).map { found[$0].map(value) ?? missing() }
    }
  }

  /// An axis' name, told apart from the variables and axes that every such file has.
  private func name(_ axis: CampaignAxis) -> String {
    let taken =
      TrialColumn.all.map(\.name) + [
        "point", "trial", "term", "image", "failure", "energy_by_term",
        "energy_to_target_by_term",
      ]
    return taken.contains(axis.name) ? axis.name + "_axis" : axis.name
  }

  private var attributes: Attributes {
    var all: Attributes = [
      "title": .text(campaign.title), "deck": .text(campaign.deckPath),
      "program": .text(campaign.program), "command": .text(campaign.command),
      "fidelity": .text(campaign.fidelity), "seed": .text("\(campaign.seed)"),
      "identity": .text(campaign.identity), "design": .text(campaign.plan.design.rawValue),
      "stop_time": .real(campaign.stopTime), "thermal": .integer(campaign.thermal ? 1 : 0),
    ]
    if let target = campaign.targetError { all["target_error"] = .real(target) }
    return all
  }
}
