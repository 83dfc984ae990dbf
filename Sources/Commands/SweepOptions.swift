import Sweep

/// The options of `oscine sweep` that say what the campaign is. What is nil was not given.
struct SweepOptions {
  var axes: [String]
  var design: CampaignDesign?
  var samples: Int?
  var trials: Int?
  var until: Double?
  var refine: Int?
  var threshold: CampaignPlan.Threshold?
  var resumes: Bool
  var csv: String?
  var share: CampaignRecord.Share?

  init(_ invocation: Invocation) throws(UsageError) {
    axes = invocation.texts("axis")
    design = invocation.text("design").flatMap(CampaignDesign.init(rawValue:))
    samples = invocation.integer("samples")
    trials = invocation.integer("trials")
    until = invocation.number("until")
    refine = invocation.integer("refine")
    resumes = invocation.flag("resume")
    csv = invocation.text("csv")
    share = try invocation.text("shard").map(Self.share)
    threshold = try invocation.text("threshold").map(Self.threshold)
    for axis in axes where !axis.contains("=") {
      throw UsageError(
        "option '--axis' needs NAME=VALUES, not '\(axis)'",
        help: "for example: --axis 'spread=log(1e-5, 1e-1, 13)'")
    }
    if let until, until <= 0 || until >= 1 {
      throw UsageError("option '--until' needs a width between 0 and 1, not \(until)")
    }
  }

  private static func share(_ text: String) throws(UsageError) -> CampaignRecord.Share {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count <= 1_000_000,
      number >= 1, number <= count
    else {
      throw UsageError("option '--shard' needs K/N with K from 1 to N, not '\(text)'")
    }
    return .init(number: number, count: count)
  }

  private static func threshold(_ text: String) throws(UsageError) -> CampaignPlan.Threshold {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = CampaignQuantity.allCases.map(\.rawValue)
    guard parts.count == 2, let level = Double(String(parts[1])), level > 0, level <= 1 else {
      throw UsageError(
        "option '--threshold' needs QUANTITY=LEVEL with a level up to 1, not '\(text)'",
        help: "for example: --threshold success=0.95")
    }
    guard let quantity = CampaignQuantity(rawValue: String(parts[0])) else {
      throw UsageError(
        "thresholds are of \(names.joined(separator: " or ")), not '\(parts[0])'",
        help: NearMiss.sentence(for: String(parts[0]), among: names))
    }
    return .init(quantity: quantity, level: level)
  }

  /// The plan of a campaign over `axes`; what is not given is as in `stored`, or by default.
  ///
  /// - Parameter trials: of the deck.
  /// - Throws: `UsageError` where parts of the plan do not go together.
  func plan(
    stored: CampaignPlan?, axes: [CampaignAxis], trials deck: Int, batch: Int
  ) throws(UsageError) -> CampaignPlan {
    let threshold = self.threshold ?? stored?.threshold
    let plan = CampaignPlan(
      design: design ?? stored?.design ?? .grid, samples: samples ?? stored?.samples,
      trials: trials ?? stored?.trials ?? deck, batch: stored?.batch ?? batch,
      until: until ?? stored?.until,
      refine: refine ?? stored?.refine ?? (threshold == nil ? 0 : 8), threshold: threshold)
    if plan.design == .grid, plan.samples != nil {
      throw UsageError(
        "option '--samples' is for --design latin and sobol; a grid's axes say how many points")
    }
    if plan.design != .grid, plan.samples == nil {
      throw UsageError("a \(plan.design.rawValue) design needs --samples")
    }
    if plan.design != .grid, axes.isEmpty {
      throw UsageError("a \(plan.design.rawValue) design needs an axis")
    }
    if plan.design == .sobol, axes.count > SobolSequence.dimensionLimit {
      throw UsageError("a sobol design has at most \(SobolSequence.dimensionLimit) axes")
    }
    if plan.refine > 0, plan.design != .grid || axes.isEmpty {
      throw UsageError("options '--refine' and '--threshold' need a grid with an axis")
    }
    let points =
      plan.samples.map(Double.init) ?? axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard points <= Double(DesignPoints.limit), points * Double(plan.trials) <= 1e9 else {
      throw UsageError(
        "a campaign of \(points) points with \(plan.trials) trials each is too large",
        help: "at most \(DesignPoints.limit) points and 1e9 trials")
    }
    return plan
  }
}
