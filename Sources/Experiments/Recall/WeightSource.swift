import AssociativeMemory
import Numerics
import Schematic
import Waveforms

/// Where a run's weights come from: a training rule, or a file.
enum WeightSource {
  static func weights(_ cards: MemoryCards, patterns: PatternSet) throws(Faults) -> Weights {
    if let train = cards.train {
      guard train.into == cards.synapse.name else {
        throw Faults([
          Fault(
            "unknown-synapse-array", "no synapse array named '\(train.into)'",
            at: train.intoOrigin, label: "the deck's is '\(cards.synapse.name)'")
        ])
      }
      if cards.synapse.weightsFile != nil {
        throw Faults([
          Fault(
            "weights-given-twice", "the synapse array has weights of a file, and a .train card",
            at: cards.synapse.weightsOrigin, help: "leave out one of the two")
        ])
      }
      return try self.train(train, patterns, sourceOrigin: cards.patterns.sourceOrigin)
    }
    guard let path = cards.synapse.weightsFile else {
      throw Faults([
        Fault(
          "no-weights", "the synapse array has neither weights nor a .train card",
          at: cards.synapse.origin, help: "add .train rule=pseudoinverse into=\(cards.synapse.name)"
        )
      ])
    }
    return .dense(try matrix(path, at: cards.synapse.weightsOrigin))
  }

  private static func train(
    _ card: TrainCard, _ patterns: PatternSet, sourceOrigin: Origin
  ) throws(Faults) -> Weights {
    guard let rule = TrainingRules.rule(named: card.rule) else {
      throw Faults([
        Fault(
          "unknown-training-rule", "no training rule '\(card.rule)'", at: card.ruleOrigin,
          help: TrainingRules.all.map(\.name).joined(separator: ", "))
      ])
    }
    if rule is StorkeyRule || rule is IterativeRule {
      do throws(Fault) {
        try RecallLimits.check(weightsOf: patterns.pixelCount, at: card.ruleOrigin)
      } catch {
        throw Faults([error])
      }
    }
    do {
      return try rule.train(patterns)
    } catch {
      throw Faults([Fault("training-failed", "\(error)", at: sourceOrigin)])
    }
  }

  /// A square complex128 matrix from a `.npy` file.
  static func matrix(_ path: String, at origin: Origin) throws(Faults) -> ComplexMatrix {
    let array: NumPyArray
    do {
      array = try NumPyArray.read(path)
    } catch {
      throw Faults([Fault("unreadable-weights", "\(error)", at: origin)])
    }
    guard array.shape.count == 2, array.shape[0] == array.shape[1], let matrix = array.matrix
    else {
      throw Faults([
        Fault(
          "bad-weights-shape", "'\(path)' is \(array.shapeText); weights are a square matrix",
          at: origin)
      ])
    }
    if let place = array.firstNonFinite {
      let index = place.map(String.init).joined(separator: ", ")
      throw Faults([
        Fault(
          "weight-not-finite", "weight [\(index)] in '\(path)' is not a finite number",
          at: origin)
      ])
    }
    return matrix
  }
}
