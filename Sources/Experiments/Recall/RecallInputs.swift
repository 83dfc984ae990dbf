import AssociativeMemory
import Numerics
public import Ranks
import Schematic
import Synchronization

/// What recalls of one deck read from files and train: kept, so that a thousand networks of a
/// campaign do not decode the same photographs a thousand times. Any number of tasks share it.
public final class RecallInputs: Sendable {
  private struct PatternKey: Hashable {
    var source: PatternsCard.Source
    var width: Int
    var height: Int
    var encoding: PatternsCard.Encoding
    var seed: UInt64

    init(_ card: PatternsCard, seed: UInt64) {
      source = card.source
      width = card.width
      height = card.height
      encoding = card.encoding
      self.seed = seed
    }
  }

  private struct WeightKey: Hashable {
    var patterns: PatternKey
    var rule: String?
    var into: String?
    var file: String?
    var synapse: String
  }

  private struct Kept {
    var libraries: [String: ViewLibrary] = [:]
    var patterns: [PatternKey: PatternSet] = [:]
    var weights: [WeightKey: Weights] = [:]
  }

  /// Sets of images, and weights, of more different settings than this are forgotten.
  private static let limit = 16
  private let kept = Mutex(Kept())

  /// Over which a network is spread.
  let ranks: Ranks

  public init(over ranks: Ranks = .alone) { self.ranks = ranks }

  func library(_ card: ViewsCard) throws(Faults) -> ViewLibrary {
    if let known = kept.withLock({ $0.libraries[card.path] }) { return known }
    let library = try ViewFile.read(card)
    kept.withLock { $0.libraries[card.path] = library }
    return library
  }

  func patterns(_ card: PatternsCard, seed: UInt64) throws(Faults) -> PatternSet {
    let key = PatternKey(card, seed: seed)
    if let known = kept.withLock({ $0.patterns[key] }) { return known }
    let patterns = try PatternLoader.load(card, seed: seed, over: ranks)
    kept.withLock { kept in
      if kept.patterns.count >= Self.limit { kept.patterns.removeAll() }
      kept.patterns[key] = patterns
    }
    return patterns
  }

  func weights(
    _ cards: MemoryCards, patterns: PatternSet, seed: UInt64
  ) throws(Faults) -> Weights {
    let key = WeightKey(
      patterns: PatternKey(cards.patterns, seed: seed), rule: cards.train?.rule,
      into: cards.train?.into, file: cards.synapse.weightsFile, synapse: cards.synapse.name)
    if let known = kept.withLock({ $0.weights[key] }) { return known }
    let weights = try WeightSource.weights(cards, patterns: patterns)
    kept.withLock { kept in
      if kept.weights.count >= Self.limit { kept.weights.removeAll() }
      kept.weights[key] = weights
    }
    return weights
  }
}
