import Devices
import Experiments
import Foundation
import Netlist
import Schematic
import Sweep

/// A campaign's deck as its store keeps it: texts of the deck and of what it includes, whatever has
/// become of the files.
struct StoredDeck {
  private let campaign: CampaignRecord
  private let reading: DeckReader.Reading
  private let circuit: Circuit

  /// - Throws: `UsageError` where the texts make no circuit.
  init(_ campaign: CampaignRecord) throws(UsageError) {
    self.campaign = campaign
    var texts: [String: [UInt8]] = [:]
    for source in campaign.sources {
      guard let text = source.text else { continue }
      texts[URL(fileURLWithPath: source.path).standardizedFileURL.path] = Array(text.utf8)
    }
    let overrides = campaign.settings.map { (name: $0.name, value: $0.value) }
    reading = DeckReader.read(
      path: campaign.deckPath, overrides: overrides, seed: campaign.seed, texts: texts,
      devices: Catalogue.all)
    guard let circuit = reading.circuit else {
      let fault = reading.faults.first { $0.severity == .error }
      throw UsageError(
        "the deck '\(campaign.deckPath)' of the store cannot be read:"
          + " \(fault?.message ?? "it is empty")",
        help: "where it reads images, views or libraries: from the folder the campaign began in")
    }
    self.circuit = circuit
  }

  /// How grey levels become phases.
  var encoding: PatternsCard.Encoding {
    for case .patterns(let card) in circuit.cards { return card.encoding }
    return .half
  }

  /// Runs trials of the campaign again.
  /// - Throws: `UsageError` where a file that decides the results is gone or has changed.
  func bench() throws(UsageError) -> TrialBench {
    let sources = try SweepSources.all(reading, circuit)
    for (stored, now) in zip(campaign.sources, sources) where stored.digest != now.digest {
      throw UsageError("'\(now.path)' has changed since the campaign")
    }
    guard sources.count == campaign.sources.count else {
      throw UsageError("the deck reads other files than in the campaign")
    }
    let overrides = campaign.settings.map { (name: $0.name, value: $0.value) }
    let text = DeckText(
      path: campaign.deckPath, overrides: overrides, seed: campaign.seed, texts: reading.texts)
    return TrialBench(
      axes: campaign.axes, seed: campaign.seed,
      elaborate: SweepDeck.elaboration(
        text, SweepTargets(campaign.axes, circuit),
        NetworkFidelity(rawValue: campaign.fidelity) ?? .circuit))
  }
}
