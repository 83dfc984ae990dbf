/// Why images cannot be patterns, or a corruption cannot be applied to them.
public enum PatternFailure: Error, Equatable, Sendable, CustomStringConvertible {
  case noPatterns
  case noPixels(width: Int, height: Int)
  case wrongCount(name: String, found: Int, expected: Int)
  case notFinite(name: String, pixel: Int)
  case fractionOutOfRange(Double)
  case deviationOutOfRange(Double)
  case wrongNumberOfProbes(found: Int, expected: Int)

  public var description: String {
    switch self {
    case .noPatterns: "there is no pattern to store"
    case .noPixels(let width, let height): "an image of \(width) x \(height) pixels has no pixel"
    case .wrongCount(let name, let found, let expected):
      "'\(name)' has \(found) values where the image size asks for \(expected)"
    case .notFinite(let name, let pixel):
      "'\(name)' holds a value that is not finite at pixel \(pixel)"
    case .fractionOutOfRange(let value): "the fraction \(value) is not between 0 and 1"
    case .deviationOutOfRange(let value):
      "the standard deviation \(value) is not a finite number of at least 0"
    case .wrongNumberOfProbes(let found, let expected):
      "there are \(found) probes for \(expected) patterns"
    }
  }
}
