import AssociativeMemory
import Experiments
import Foundation
import Numerics
import Schematic

/// What `oscine train` is asked to do: the patterns and the rule, from the command line or a deck.
struct TrainingJob {
  var patterns: PatternSet
  var rule: any TrainingRule
  /// Where the deck names the images; none without a deck.
  var origin = Origin.none

  /// - Throws: `UsageError`, `Faults`, and what reading files and making patterns throws.
  init(_ context: RunContext) throws {
    let sources = context.invocation.arguments
    let named = context.invocation.text("rule")
    if sources.count == 1, ["cir", "sp", "net"].contains(Self.ending(sources[0])) {
      let circuit = try context.readDeck()
      let card = try Self.patternsCard(circuit, context)
      patterns = try PatternLoader.load(card, seed: Self.seed(circuit, context))
      origin = card.sourceOrigin
      rule = try Self.rule(named ?? Self.trainCard(circuit)?.rule)
      return
    }
    rule = try Self.rule(named)
    for source in sources { try InputFile.check(source, what: "file") }
    let size = context.invocation.size("size") ?? (16, 12)
    try PatternLoader.checkWeights(width: size.0, height: size.1)
    let array = sources.count == 1 && Self.ending(sources[0]) == "npy"
    let card = PatternsCard(
      source: array ? .phases(sources[0]) : .images(sources), width: size.width,
      height: size.height, encoding: Self.encoding(context) ?? .half, origin: .none,
      sourceOrigin: .none)
    patterns = try PatternLoader.load(card, seed: 0)
  }

  private static func ending(_ path: String) -> String {
    (path as NSString).pathExtension.lowercased()
  }

  private static func encoding(_ context: RunContext) -> PatternsCard.Encoding? {
    context.invocation.text("encode").flatMap { PatternsCard.Encoding(rawValue: $0) }
  }

  /// The rule of that name; the pseudo-inverse for none.
  private static func rule(_ name: String?) throws -> any TrainingRule {
    let name = name ?? "pseudoinverse"
    guard let rule = TrainingRules.rule(named: name) else {
      throw UsageError(
        "no training rule '\(name)'",
        help: NearMiss.sentence(for: name, among: TrainingRules.all.map(\.name)))
    }
    return rule
  }

  private static func trainCard(_ circuit: Circuit) -> TrainCard? {
    for case .train(let card) in circuit.cards { return card }
    return nil
  }

  private static func patternsCard(
    _ circuit: Circuit, _ context: RunContext
  ) throws -> PatternsCard {
    var found: [PatternsCard] = []
    for case .patterns(let card) in circuit.cards { found.append(card) }
    if found.count > 1 {
      throw Fault("repeated-card", "a second .patterns card", at: found[1].origin)
    }
    guard var card = found.first else {
      throw UsageError(
        "the deck '\(context.argument)' has no .patterns card",
        help: "for example: .patterns images=\"images/*.png\" size=16x12")
    }
    if let size = context.invocation.size("size") { (card.width, card.height) = size }
    if let encoding = encoding(context) { card.encoding = encoding }
    try PatternLoader.checkWeights(width: card.width, height: card.height, at: card.origin)
    return card
  }

  /// The weights.
  /// - Throws: `TrainingFailure`, or with a deck a `Fault` at its images.
  func weights() throws -> Weights {
    do {
      return try rule.train(patterns)
    } catch {
      if case .factorisation = error { throw error }
      if origin == .none { throw error }
      throw Fault("training-failed", "\(error)", at: origin)
    }
  }

  /// That of the command line, or the deck's, or 1.
  private static func seed(_ circuit: Circuit, _ context: RunContext) -> UInt64 {
    if let seed = context.seed { return UInt64(seed) }
    guard case .number(let value)? = circuit.options["seed"]?.value else { return 1 }
    return UInt64(exactly: value) ?? 1
  }
}
