public import Numerics

/// A way to make coupling weights from images.
public protocol TrainingRule: Sendable {
  /// As decks write it: "pseudoinverse".
  var name: String { get }
  /// One sentence.
  var summary: String { get }
  /// The weights, N x N for patterns of N pixels.
  func train(_ patterns: PatternSet) throws(TrainingFailure) -> Weights
}

/// Every training rule with its default parameters; a new rule is one file and one line here.
public enum TrainingRules {
  public static let all: [any TrainingRule] = [
    PseudoinverseRule(),
    HebbRule(),
    StorkeyRule(),
    IterativeRule(),
  ]

  public static func rule(named name: String) -> (any TrainingRule)? {
    all.first { $0.name == name }
  }
}

extension ComplexMatrix {
  /// The matrix with its diagonal set to zero: no oscillator couples to itself.
  func withoutDiagonal() -> ComplexMatrix {
    var result = self
    for i in 0..<min(rows, columns) { result[i, i] = .zero }
    return result
  }
}
