import Sweep

/// Where the curves of a campaign leave its threshold.
struct SweepThreshold {
  let axis: CampaignAxis
  /// What the curve has in common: values of the other axes.
  let common: [(axis: CampaignAxis, value: Double)]
  let threshold: CampaignPlan.Threshold
  /// The largest value that meets it, and the next larger one that was tried; nil where there is
  /// none.
  let lower: Double?
  let upper: Double?

  static func all(_ store: CampaignStore) throws -> [SweepThreshold] {
    let campaign = store.campaign
    guard let threshold = campaign.plan.threshold, let axis = campaign.axes.first else {
      return []
    }
    let planner = CampaignPlanner(campaign.plan, campaign.axes)
    return planner.curves(try store.points()).compactMap { curve in
      planner.bracket(of: curve, threshold).map { bracket in
        SweepThreshold(
          axis: axis,
          common: Array(zip(campaign.axes, curve[0].values).dropFirst())
            .map { (axis: $0, value: $1) },
          threshold: threshold, lower: bracket.lower, upper: bracket.upper)
      }
    }
  }

  var text: String {
    let place = common.map { "\($0.axis.name)=\($0.axis.text($0.value))" }.joined(separator: " ")
    let what =
      "\(threshold.quantity.rawValue) of at least \(Quantity.text(threshold.level))"
      + (place.isEmpty ? "" : " at \(place)")
    guard let lower else { return "\(what): at no \(axis.name) that was tried" }
    guard let upper else {
      return "\(what): up to the largest \(axis.name), \(axis.text(lower))"
    }
    return "\(what): up to \(axis.name) = \(axis.text(lower)), not at \(axis.text(upper))"
  }

  var json: JSON {
    .object([
      "axis": .text(axis.name), "quantity": .text(threshold.quantity.rawValue),
      "level": .number(threshold.level), "lower": .optional(lower), "upper": .optional(upper),
      "values": .object(
        Dictionary(common.map { ($0.axis.name, JSON.number($0.value)) }) { first, _ in first }),
    ])
  }
}
