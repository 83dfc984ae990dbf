import AssociativeMemory
import Networks
import Numerics

/// The recall that speed is measured on: twelve random images of 16 x 12 pixels on the full circle,
/// pseudo-inverse weights, twenty probes of each with a quarter of the pixels randomised.
struct RecallProblem {
  let probesPerImage = 20
  /// kappa times the length of a recall.
  let end = 40.0
  let patterns: PatternSet
  let weights: LowRankMatrix
  /// Phases of all probes, trial after trial.
  let initial: [Double]

  var count: Int { patterns.pixelCount }
  var trials: Int { patterns.count * probesPerImage }
  var dense: ComplexMatrix { weights.expanded }

  init(seed: UInt64 = 1) throws {
    let patterns = try PatternSet.random(
      count: 12, width: 16, height: 12, encoding: .full, seed: seed)
    guard case .lowRank(let weights) = try PseudoinverseRule().train(patterns) else {
      preconditionFailure("pseudo-inverse weights come in factors")
    }
    self.patterns = patterns
    self.weights = weights
    let probes = probesPerImage
    initial = (0..<patterns.count * probes).flatMap { trial in
      Corruption.randomise(fraction: 0.25).probe(
        of: trial / probes, in: patterns, trial: trial % probes, seed: seed)
    }
  }

  /// Phases of the image that a trial should recall.
  func image(of trial: Int) -> [Double] { patterns.phases[trial / probesPerImage] }
}
