public import Experiments

/// What a campaign is, as its store keeps it: enough to go on with it, and to run it again.
public struct CampaignRecord: Codable, Sendable, Equatable {
  /// A file that decides what a campaign computes.
  public struct Source: Codable, Sendable, Equatable {
    public enum Role: String, Codable, Sendable {
      case deck, include, views, image, probe, weights
    }

    public var path: String
    public var role: Role
    public var digest: String
    /// Of decks and what they include.
    public var text: String?

    public init(path: String, role: Role, digest: String, text: String? = nil) {
      self.path = path
      self.role = role
      self.digest = digest
      self.text = text
    }
  }

  /// `-p name=value`.
  public struct Setting: Codable, Sendable, Equatable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public typealias StandIn = RecallPlan.StandIn

  /// Part k of n of a campaign whose parts run apart.
  public struct Share: Codable, Sendable, Equatable {
    /// From 1.
    public var number: Int
    public var count: Int

    public init(number: Int, count: Int) {
      self.number = number
      self.count = count
    }
  }

  public var title: String
  /// As it was named.
  public var deckPath: String
  /// "oscine 0.1.0"
  public var program: String
  /// The command line that began it.
  public var command: String
  public var fidelity: String
  public var seed: UInt64
  public var plan: CampaignPlan
  public var axes: [CampaignAxis]
  public var sources: [Source]
  public var settings: [Setting]
  public var standIns: [StandIn]
  /// Fraction of the encoding's range; nil without `stop=`.
  public var targetError: Double?
  /// Seconds.
  public var stopTime: Double
  public var thermal: Bool
  public var share: Share?

  public init(
    title: String, deckPath: String, program: String, command: String, fidelity: String,
    seed: UInt64, plan: CampaignPlan, axes: [CampaignAxis], sources: [Source],
    settings: [Setting], standIns: [StandIn], targetError: Double?, stopTime: Double,
    thermal: Bool, share: Share? = nil
  ) {
    self.title = title
    self.deckPath = deckPath
    self.program = program
    self.command = command
    self.fidelity = fidelity
    self.seed = seed
    self.plan = plan
    self.axes = axes
    self.sources = sources
    self.settings = settings
    self.standIns = standIns
    self.targetError = targetError
    self.stopTime = stopTime
    self.thermal = thermal
    self.share = share
  }

  /// A digest of all that decides the results: stores with the same one hold parts of one campaign.
  public var identity: String {
    let parts = facts.map { "\($0.name)=\($0.value)" } + sources.map { "\($0.role) \($0.digest)" }
    return CellText.digest(parts.joined(separator: "\n").utf8)
  }

  /// What must not change between two runs of a campaign, as words; files apart.
  var facts: [(name: String, value: String)] {
    var all: [(name: String, value: String)] = [
      ("program", program), ("seed", "\(seed)"), ("fidelity", fidelity),
      ("design", plan.design.rawValue), ("samples", plan.samples.map(String.init) ?? "none"),
      ("trials", "\(plan.trials)"), ("trials a batch", "\(plan.batch)"),
      ("until", plan.until.map { "\($0)" } ?? "none"), ("refine", "\(plan.refine)"),
      (
        "threshold",
        plan.threshold.map { "\($0.quantity.rawValue)=\($0.level)" } ?? "none"
      ),
    ]
    all += axes.map { axis in
      let values = axis.values.map { "\($0)" }.joined(separator: ", ")
      return ("axis \(axis.name)", "\(axis.spacing.rawValue)(\(values))")
    }
    all += settings.sorted { $0.name < $1.name }.map { ("-p \($0.name)", $0.value) }
    return all
  }
}
