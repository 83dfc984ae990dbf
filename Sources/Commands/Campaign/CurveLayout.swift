import Netlist
import Sweep

/// Which axis a figure of a campaign runs along, which tells curves apart, and where the others
/// are cut.
struct CurveLayout {
  let x: Int
  let by: Int?
  let isGrid: Bool
  private(set) var curves: [CampaignCurve] = []
  private(set) var notes: [String] = []
  private var fixed: [(name: String, value: Double)] = []
  private let names: [String]

  /// - Precondition: the campaign has an axis.
  /// - Throws: `UsageError` where it has no such axis or value.
  init(_ results: CampaignResults, _ choice: CampaignPicture.Choice) throws(UsageError) {
    names = results.campaign.axes.map(\.name)
    isGrid = results.campaign.plan.design == .grid
    let selected = try Self.selections(choice.selections, results)
    let named = try choice.by.map { (name) throws(UsageError) in try results.axis(name) }
    x =
      try choice.x.map { (name) throws(UsageError) in try results.axis(name) }
      ?? names.indices.first { $0 != named && selected[$0] == nil } ?? 0
    if named == x { throw UsageError("'\(names[x])' is on both --x and --by") }
    if let taken = [x, named].compactMap({ $0 }).first(where: { selected[$0] != nil }) {
      throw UsageError("'\(names[taken])' is drawn and selected")
    }
    guard isGrid else {
      if choice.by != nil || !choice.selections.isEmpty {
        throw UsageError(
          "points of a \(results.campaign.plan.design.rawValue) design lie on no curves",
          help: "leave out --by and --select")
      }
      by = nil
      curves = CampaignCurve.all(results.points, along: x, by: nil, fixed: [:])
      return
    }
    let x = x
    by = named ?? names.indices.first { $0 != x && selected[$0] == nil }
    var cuts = selected
    for index in names.indices where index != x && index != by && cuts[index] == nil {
      cuts[index] = results.values(on: index).first
    }
    fixed = cuts.sorted { $0.key < $1.key }.map { (names[$0.key], $0.value) }
    curves = CampaignCurve.all(results.points, along: x, by: by, fixed: cuts)
    for (index, value) in cuts.sorted(by: { $0.key < $1.key }) where selected[index] == nil {
      notes.append(
        "at \(names[index]) = \(Quantity.text(value)); --select \(names[index])=... takes another")
    }
    thinOut()
  }

  /// As many curves as there are colours, the first and the last among them.
  private mutating func thinOut() {
    let (count, limit) = (curves.count, CampaignPicture.curveLimit)
    guard count > limit, let by else { return }
    curves = (0..<limit).map { curves[$0 * (count - 1) / (limit - 1)] }
    notes.append("\(limit) of \(count) values of \(names[by]) are drawn")
  }

  /// Values by index of `--select NAME=VALUE`.
  private static func selections(
    _ texts: [String], _ results: CampaignResults
  ) throws(UsageError) -> [Int: Double] {
    var selected: [Int: Double] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let axis = try results.axis(parts[0])
      let known = results.values(on: axis)
      let wanted = EngineeringNumber.value(parts.count > 1 ? parts[1] : "")
      guard let wanted, let found = known.first(where: { abs($0 - wanted) <= 1e-9 * abs($0) })
      else {
        let all = known.prefix(20).map { Quantity.text($0) }.joined(separator: ", ")
        throw UsageError(
          "'\(parts[0])' has no value '\(parts.count > 1 ? parts[1] : "")'",
          help: "it has: \(all)\(known.count > 20 ? ", ..." : "")")
      }
      selected[axis] = found
    }
    return selected
  }

  /// Of the figure: the campaign's, and where it is cut; in lines that fit beside a legend.
  func title(_ title: String) -> String {
    let cuts = fixed.map { "\($0.name) = \(Quantity.text($0.value))" }
    var lines = [""]
    for word in ([title] + cuts).joined(separator: ", ").split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty || last.count + word.count < Self.titleWidth {
        lines[lines.count - 1] += last.isEmpty ? String(word) : " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Letters in a line of a title.
  private static let titleWidth = 48

  /// In the legend: the value that a curve has in common; nil where there is one curve only.
  func title(of curve: CampaignCurve) -> String? {
    guard let by, let common = curve.common else { return nil }
    return "\(names[by]) = \(Quantity.text(common))"
  }
}
