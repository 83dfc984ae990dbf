import Sweep

/// What a store holds so far, point by point.
struct CampaignResults {
  let campaign: CampaignRecord
  let path: String
  let points: [PointStatistics]
  let isWhole: Bool

  init(_ store: CampaignStore) throws {
    campaign = store.campaign
    path = store.path
    var points: [PointStatistics] = []
    try store.eachPoint { points.append($0) }
    self.points = points
    isWhole = try store.isWhole()
  }

  var trials: Int { points.reduce(0) { $0 + $1.trials } }

  /// Index of the axis called so, in any case.
  /// - Throws: `UsageError` with a near miss where there is none.
  func axis(_ name: String) throws(UsageError) -> Int {
    let names = campaign.axes.map(\.name)
    if let index = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
      return index
    }
    throw UsageError(
      "the campaign has no axis '\(name)'",
      help: names.isEmpty
        ? "it has none at all"
        : NearMiss.sentence(for: name, among: names) ?? "it has: \(names.joined(separator: ", "))")
  }

  /// The values that occur on an axis, ascending.
  func values(on axis: Int) -> [Double] { Set(points.map { $0.values[axis] }).sorted() }

  /// "results/recall.campaign" gives "recall".
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".campaign") ? String(name.dropLast(9)) : name
  }
}
