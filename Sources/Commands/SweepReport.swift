import Foundation
import Sweep

/// The figures of a campaign so far: as text, as the JSON object of `--json`, and as a table for
/// other programs.
struct SweepReport {
  let campaign: CampaignRecord
  let path: String
  private let points: [PointStatistics]
  private let thresholds: [SweepThreshold]
  private let isWhole: Bool

  init(_ store: CampaignStore) throws {
    campaign = store.campaign
    path = store.path
    var points: [PointStatistics] = []
    try store.eachPoint { points.append($0) }
    // curve by curve; points of a refinement stand between the others, as on their axis
    self.points = points.sorted { a, b in
      (a.values.dropFirst() + a.values.prefix(1))
        .lexicographicallyPrecedes(b.values.dropFirst() + b.values.prefix(1))
    }
    thresholds = try SweepThreshold.all(store)
    isWhole = try store.isWhole()
  }

  var trials: Int { points.reduce(0) { $0 + $1.trials } }
  var failures: Int { points.reduce(0) { $0 + $1.failures } }
  var firstFailure: String? { points.lazy.compactMap(\.failure).first }

  // MARK: Text

  var text: String {
    var parts = [heading, table.text]
    if !thresholds.isEmpty { parts.append(thresholds.map(\.text).joined(separator: "\n") + "\n") }
    return parts.joined(separator: "\n")
  }

  private var heading: String {
    let share = campaign.share.map { ", part \($0.number) of \($0.count)" } ?? ""
    return """
      \(campaign.title)

      \(points.count) points, \(trials) trials\(isWhole ? "" : " so far")\(share), \
      \(campaign.fidelity) fidelity, \
      \(campaign.thermal ? "thermal noise" : "no thermal noise"), seed \(campaign.seed)

      """
  }

  private var table: TextTable {
    var table = TextTable(
      campaign.axes.map { ($0.name, .right) } + [
        ("recalled", .right), ("success, 95 %", .right), ("final error", .right),
        ("time to target", .right), ("energy to target", .right),
      ])
    for point in points {
      let interval =
        "\(Quantity.percent(point.successInterval.lowerBound)) to"
        + " \(Quantity.percent(point.successInterval.upperBound))"
      let hasRate = point.successRate != nil
      table.append(
        zip(campaign.axes, point.values).map { $0.text($1) } + [
          hasRate ? "\(point.successes)/\(point.trials)" : "-/\(point.trials)",
          hasRate ? interval : "-", Quantity.percent(point.errorFinal),
          Quantity.text(point.timeToTarget, unit: "s", digits: 3),
          Quantity.text(point.energyToTarget, unit: "J", digits: 3),
        ])
    }
    return table
  }

  // MARK: JSON

  var json: JSON {
    .object([
      "store": .text(path), "title": .text(campaign.title), "fidelity": .text(campaign.fidelity),
      "seed": .text("\(campaign.seed)"), "finished": .bool(isWhole),
      "trials": .integer(trials), "failures": .integer(failures),
      "axes": .array(
        campaign.axes.map {
          .object(["name": .text($0.name), "values": .array($0.values.map { .number($0) })])
        }),
      "points": .array(points.map(object)),
      "thresholds": .array(thresholds.map(\.json)),
      "standIns": .array(
        campaign.standIns.map {
          .object([
            "name": .text($0.name), "value": .number($0.value), "unit": .text($0.unit),
            "source": .text($0.source),
          ])
        }),
    ])
  }

  private func object(_ point: PointStatistics) -> JSON {
    let axes = zip(campaign.axes, point.values).map { ($0.name, JSON.number($1)) }
    return .object([
      "values": .object(Dictionary(axes) { first, _ in first }),
      "trials": .integer(point.trials), "failures": .integer(point.failures),
      "successes": .integer(point.successes), "successRate": .optional(point.successRate),
      "successInterval": .array([
        .number(point.successInterval.lowerBound), .number(point.successInterval.upperBound),
      ]),
      "errorFinal": .optional(point.errorFinal), "errorRms": .optional(point.errorRms),
      "timeToTarget": .optional(point.timeToTarget),
      "energyToTarget": .optional(point.energyToTarget), "energy": .optional(point.energy),
      "overlap": .optional(point.overlap), "relaxationRate": .optional(point.relaxationRate),
      "frequencySpread": .optional(point.frequencySpread),
      "phaseDiffusion": .optional(point.phaseDiffusion),
    ])
  }

  // MARK: Table

  /// Writes one line a point; the file is there whole or as it was.
  /// - Throws: `RunFailure` where it cannot be written.
  func writeCSV(to path: String) throws(RunFailure) {
    let headings =
      campaign.axes.map(\.name) + [
        "trials", "failures", "successes", "success_rate", "success_low", "success_high",
        "error_final", "error_rms", "time_to_target", "energy_to_target", "energy", "overlap",
        "relaxation_rate", "frequency_spread", "phase_diffusion",
      ]
    var text = headings.map(Self.quoted).joined(separator: ",") + "\n"
    for point in points {
      var cells = point.values.map { "\($0)" }
      cells += [point.trials, point.failures, point.successes].map(String.init)
      let numbers: [Double?] = [
        point.successRate, point.successInterval.lowerBound, point.successInterval.upperBound,
        point.errorFinal, point.errorRms, point.timeToTarget, point.energyToTarget, point.energy,
        point.overlap, point.relaxationRate, point.frequencySpread, point.phaseDiffusion,
      ]
      cells += numbers.map { $0.map { "\($0)" } ?? "" }
      text += cells.joined(separator: ",") + "\n"
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw RunFailure("'\(path)' cannot be written: \(SystemReason.text(error))")
    }
  }

  static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }
}
