import Sweep

/// The tables of a campaign's page.
struct ReportTables {
  /// Points that the page lists, at most; the table of `--csv` has all.
  static let pointLimit = 5000

  let results: CampaignResults

  private var campaign: CampaignRecord { results.campaign }

  var points: String {
    let columns =
      ["point"] + campaign.axes.map(\.name) + [
        "trials", "recalled", "success", "95 % from", "to", "final error", "quartiles from", "to",
        "time to target", "energy to target", "overlap", "failures",
      ]
    let shown = results.points.prefix(Self.pointLimit)
    let rest = results.points.count - shown.count
    return HTML.table(
      caption: "Points of the campaign: success with Wilson's 95 % interval, medians of error,"
        + " time and energy" + (rest > 0 ? "; \(rest) more are left out" : ""),
      columns: columns, rows: shown.map(row))
  }

  private func row(_ point: PointStatistics) -> [HTML.Cell] {
    func count(_ value: Int) -> HTML.Cell { .init(text: "\(value)", key: Double(value)) }
    func percent(_ value: Double?) -> HTML.Cell {
      .init(text: Quantity.percent(value), key: value ?? .nan)
    }
    func quantity(_ value: Double?, _ unit: String) -> HTML.Cell {
      .init(text: Quantity.text(value, unit: unit, digits: 3), key: value ?? .nan)
    }
    let hasRate = point.successRate != nil
    var cells =
      [count(point.point)]
      + zip(campaign.axes, point.values).map { .init(text: $0.text($1), key: $1) }
    cells += [
      count(point.trials), count(point.successes), percent(point.successRate),
      percent(hasRate ? point.successInterval.lowerBound : nil),
      percent(hasRate ? point.successInterval.upperBound : nil),
      percent(point.errorFinal), percent(point.errorQuartiles.low),
      percent(point.errorQuartiles.high), quantity(point.timeToTarget, "s"),
      quantity(point.energyToTarget, "J"),
      .init(
        text: point.overlap.map { Quantity.text($0) } ?? "-", key: point.overlap ?? .nan),
      count(point.failures),
    ]
    return cells
  }

  var sources: String {
    HTML.table(
      caption: "Files that decide the results, with their digests (64-bit FNV-1a)",
      columns: ["role", "file", "digest"],
      rows: campaign.sources.map {
        [.init(text: $0.role.rawValue), .init(text: $0.path), .init(text: $0.digest)]
      })
  }

  /// Empty where every constant is measured.
  var standIns: String {
    guard !campaign.standIns.isEmpty else { return "" }
    return HTML.table(
      caption: "Constants that no measurement backs",
      columns: ["constant", "value", "unit", "source"],
      rows: campaign.standIns.map {
        [
          .init(text: $0.name), .init(text: Quantity.text($0.value), key: $0.value),
          .init(text: $0.unit), .init(text: $0.source),
        ]
      })
  }
}
