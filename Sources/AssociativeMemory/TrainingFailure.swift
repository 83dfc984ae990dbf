public import Numerics

/// One image that is a combination of others, so that no memory can hold it apart from them.
public struct Dependence: Equatable, Sendable {
  public struct Part: Equatable, Sendable {
    public let pattern: Int
    public let name: String
    public let coefficient: Complex
  }
  public let pattern: Int
  public let name: String
  /// The images whose phasors, times their coefficients, add up to this one's.
  public let parts: [Part]

  /// The image equals one other up to a global phase.
  public var isCopy: Bool { parts.count == 1 }

  var description: String {
    let others = parts.map { "'\($0.name)'" }
    if others.count == 1 { return "'\(name)' equals \(others[0]) up to a global phase" }
    if others.count > 6 {
      let list = others.prefix(5).joined(separator: ", ")
      return "'\(name)' is a combination of \(list) and \(others.count - 5) others"
    }
    let list = others.dropLast().joined(separator: ", ") + " and " + (others.last ?? "nothing")
    return "'\(name)' is a combination of \(list)"
  }
}

/// Why a training rule gave no weights.
public enum TrainingFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The images are linearly dependent; each one that adds nothing, with what makes it.
  case dependent([Dependence])
  /// More images than pixels: they cannot be linearly independent.
  case tooManyPatterns(count: Int, pixels: Int)
  /// The iteration did not bring every pixel to its margin: the worst pixel, its phase error
  /// (radians) and its margin (1 where the field is as strong as trained for).
  case notConverged(
    rule: String, sweeps: Int, pattern: String, pixel: Int, phaseError: Double, margin: Double)
  /// LAPACK gave up.
  case factorisation(FactorisationFailure)

  public var description: String {
    switch self {
    case .dependent(let list):
      "the images are linearly dependent: "
        + list.prefix(5).map(\.description).joined(separator: "; ")
        + (list.count > 5 ? "; and \(list.count - 5) more" : "")
    case .tooManyPatterns(let count, let pixels):
      "\(count) images of \(pixels) pixels are linearly dependent: at most \(pixels) can be stored"
    case .notConverged(let rule, let sweeps, let pattern, let pixel, let error, let margin):
      "the \(rule) rule did not reach its margins in \(sweeps) sweeps: pixel \(pixel) of"
        + " '\(pattern)' is left with a phase error of \(error) rad and a margin of \(margin)"
    case .factorisation(let failure): failure.description
    }
  }
}
