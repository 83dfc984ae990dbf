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
  private var fixed: [(axis: CampaignAxis, value: Double)] = []
  private let axes: [CampaignAxis]
  private let names: [String]
  /// What the legend calls values of the axis that tells curves apart.
  private var words: [Double: String] = [:]

  /// - Precondition: the campaign has an axis.
  /// - Throws: `UsageError` where it has no such axis or value.
  init(_ results: CampaignResults, _ choice: CampaignPicture.Choice) throws(UsageError) {
    axes = results.campaign.axes
    names = axes.map(\.name)
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
      if choice.by != nil || !choice.selections.isEmpty || !choice.legend.isEmpty {
        throw UsageError(
          "points of a \(results.campaign.plan.design.rawValue) design lie on no curves",
          help: "leave out --by, --legend and --select")
      }
      by = nil
      curves = CampaignCurve.all(results.points, along: x, by: nil, fixed: [:])
      return
    }
    let x = x
    by = named ?? names.indices.first { $0 != x && selected[$0] == nil }
    if let by {
      for text in choice.legend {
        let (value, word) = try Self.pair(text, of: by, results)
        words[value] = word
      }
    } else if !choice.legend.isEmpty {
      throw UsageError("option '--legend' needs an axis that tells curves apart")
    }
    var cuts = selected
    for index in names.indices where index != x && index != by && cuts[index] == nil {
      cuts[index] = results.values(on: index).first
    }
    fixed = cuts.sorted { $0.key < $1.key }.map { (axes[$0.key], $0.value) }
    curves = CampaignCurve.all(results.points, along: x, by: by, fixed: cuts)
    for (index, value) in cuts.sorted(by: { $0.key < $1.key }) where selected[index] == nil {
      notes.append(
        "at \(names[index]) = \(axes[index].text(value));"
          + " --select \(names[index])=... takes another")
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
      selected[axis] = try value(parts.count > 1 ? parts[1] : "", of: axis, results)
    }
    return selected
  }

  /// A value of `--legend VALUE=TEXT` and its text.
  private static func pair(
    _ text: String, of axis: Int, _ results: CampaignResults
  ) throws(UsageError) -> (Double, String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw UsageError("option '--legend' needs VALUE=TEXT, not '\(text)'")
    }
    return (try value(parts[0], of: axis, results), parts[1])
  }

  /// - Throws: `UsageError` where there is no point with this value.
  private static func value(
    _ text: String, of axis: Int, _ results: CampaignResults
  ) throws(UsageError) -> Double {
    let known = results.values(on: axis)
    let wanted = EngineeringNumber.value(text)
    if let wanted, let found = known.first(where: { abs($0 - wanted) <= 1e-9 * abs($0) }) {
      return found
    }
    let own = results.campaign.axes[axis]
    let all = known.prefix(20).map { own.text($0) }.joined(separator: ", ")
    throw UsageError(
      "'\(own.name)' has no value '\(text)'",
      help: "it has: \(all)\(known.count > 20 ? ", ..." : "")")
  }

  /// Of the figure: the campaign's, and where it is cut; in lines that fit beside a legend, about
  /// as long as each other.
  func title(_ title: String) -> String {
    let cuts = fixed.map { "\($0.axis.name) = \($0.axis.text($0.value))" }
    var words = title.split(separator: " ").map(String.init)
    for cut in cuts {
      if let last = words.indices.last { words[last] += "," }
      words.append(cut)
    }
    let length = words.reduce(-1) { $0 + $1.count + 1 }
    let count = max(1, (length + Self.titleWidth - 1) / Self.titleWidth)
    let width = (length + count - 1) / count
    var lines: [String] = []
    for word in words {
      // half of a word may stand out, and nothing begins a line more than are needed
      if let last = lines.last, lines.count == count || last.count + 1 + word.count / 2 <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Letters in a line of a title, about.
  private static let titleWidth = 44

  /// In the legend: the value that a curve has in common; nil where there is one curve only.
  func title(of curve: CampaignCurve) -> String? {
    guard let by, let common = curve.common else { return nil }
    return words[common] ?? "\(names[by]) = \(axes[by].text(common))"
  }
}
