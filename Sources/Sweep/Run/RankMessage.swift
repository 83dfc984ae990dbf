import Foundation

/// What the ranks of one campaign tell each other.
enum RankMessage: Codable, Sendable, Equatable {
  // from rank 0
  /// Read the deck: this is the campaign.
  case begin(CampaignRecord)
  case run(CampaignUnit, at: [Double])
  /// Give up the batches under way.
  case stop
  /// As `stop`, and say `ended`.
  case end

  // to rank 0
  /// Takes so many batches at a time.
  case ready(slots: Int)
  /// No rows where told to stop.
  case done(CampaignUnit, rows: [TrialRecord]?, seconds: Double)
  /// The user, or the launcher, wants this rank to stop.
  case interrupted
  /// Takes no batches, for this reason.
  case failed(String)
  case ended

  /// A format that keeps every number to its bits, and those that are none.
  var bytes: [UInt8] {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    guard let data = try? encoder.encode([self]) else {
      preconditionFailure("a message can be encoded")
    }
    return [UInt8](data)
  }

  init(bytes: [UInt8]) {
    guard let list = try? PropertyListDecoder().decode([RankMessage].self, from: Data(bytes)),
      list.count == 1
    else { preconditionFailure("ranks of one run are of one program") }
    self = list[0]
  }
}
