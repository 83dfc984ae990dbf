import Experiments
import Foundation
import Netlist
import Schematic
import Sweep

/// The files that decide what a campaign computes, each with its digest.
enum SweepSources {
  /// - Throws: `UsageError` where a file is gone since it was read.
  static func all(
    _ reading: DeckReader.Reading, _ circuit: Circuit
  ) throws(UsageError) -> [CampaignRecord.Source] {
    var sources: [CampaignRecord.Source] = []
    // values of the command line stand among the texts, too
    let others = ["-p", SweepDeck.axisSource]
    for (index, file) in reading.sources.files.enumerated() where !others.contains(file.path) {
      sources.append(
        .init(
          path: file.path, role: index == 0 ? .deck : .include,
          digest: CellText.digest(file.bytes), text: String(decoding: file.bytes, as: UTF8.self)))
    }
    for synapse in circuit.synapses {
      if let path = synapse.weightsFile { sources.append(try read(path, .weights)) }
    }
    for card in circuit.cards {
      switch card {
      case .views(let card): sources.append(try read(card.path, .views))
      case .patterns(let card):
        switch card.source {
        case .images(let paths):
          for path in paths { sources.append(try read(path, .image)) }
        case .phases(let path): sources.append(try read(path, .image))
        case .random: break
        }
      case .recall(let card):
        if case .file(let path) = card.probes { sources.append(try read(path, .probe)) }
      default: break
      }
    }
    return sources
  }

  private static func read(
    _ path: String, _ role: CampaignRecord.Source.Role
  ) throws(UsageError) -> CampaignRecord.Source {
    guard let digest = CellText.digest(ofFile: path) else {
      throw UsageError("'\(path)' cannot be read")
    }
    return .init(path: path, role: role, digest: digest)
  }
}
