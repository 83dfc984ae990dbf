public import Numerics

/// The images a memory stores, as phases.
public struct PatternSet: Equatable, Sendable {
  public let names: [String]
  public let width: Int
  public let height: Int
  public let encoding: PhaseEncoding
  /// Radians, one array of width x height (row after row) for each pattern.
  public let phases: [[Double]]
  /// X: the unit phasors e^{i phi}, N x P.
  public let phasors: ComplexMatrix

  /// - Throws: `PatternFailure` when there is no pattern or pixel, a pattern has the wrong size, or
  ///   a phase is not finite.
  /// - Precondition: one name for each pattern.
  public init(
    names: [String], width: Int, height: Int, encoding: PhaseEncoding, phases: [[Double]]
  ) throws(PatternFailure) {
    precondition(names.count == phases.count, "each pattern has a name")
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    guard !phases.isEmpty else { throw .noPatterns }
    for (name, values) in zip(names, phases) {
      guard values.count == width * height else {
        throw .wrongCount(name: name, found: values.count, expected: width * height)
      }
      if let pixel = values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(name: name, pixel: pixel)
      }
    }
    self.names = names
    self.width = width
    self.height = height
    self.encoding = encoding
    self.phases = phases
    phasors = ComplexMatrix(
      rows: width * height, columns: phases.count,
      elements: phases.joined().map { Complex(modulus: 1, argument: $0) })
  }

  /// Patterns from grey levels in [0, 1].
  /// - Throws: as the designated initialiser.
  public init(
    names: [String], width: Int, height: Int, encoding: PhaseEncoding, greys: [[Double]]
  ) throws(PatternFailure) {
    try self.init(
      names: names, width: width, height: height, encoding: encoding,
      phases: greys.map { $0.map(encoding.phase(grey:)) })
  }

  /// `count` images of independent phases, uniform over the encoding's range; pattern k is the same
  /// whatever the count.
  public static func random(
    count: Int, width: Int, height: Int, encoding: PhaseEncoding, seed: UInt64
  ) throws(PatternFailure) -> PatternSet {
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    var phases: [[Double]] = []
    for pattern in 0..<max(count, 0) {
      var stream = RandomStream(seed: seed, instance: pattern, purpose: .patterns)
      phases.append((0..<(width * height)).map { _ in encoding.range * stream.uniform() })
    }
    return try PatternSet(
      names: (0..<max(count, 0)).map { "random \($0 + 1)" }, width: width, height: height,
      encoding: encoding, phases: phases)
  }

  /// Number of patterns, P.
  public var count: Int { phases.count }
  /// Number of pixels, N.
  public var pixelCount: Int { width * height }
}
