public import Numerics
public import Ranks

/// The images a memory stores, as phases; of images spread over ranks, this rank's pixels.
public struct PatternSet: Equatable, Sendable {
  public let names: [String]
  public let width: Int
  public let height: Int
  public let encoding: PhaseEncoding
  /// The pixels that are here.
  public let block: Block
  /// Radians, one array of the block's pixels (row after row) for each pattern.
  public let phases: [[Double]]
  /// X: the unit phasors e^{i phi}, as many rows as pixels are here, P columns.
  public let phasors: ComplexMatrix

  /// - Throws: `PatternFailure` when there is no pattern or pixel, a pattern has the wrong size, or
  ///   a phase is not finite.
  /// - Precondition: one name for each pattern; a block of all pixels.
  public init(
    names: [String], width: Int, height: Int, encoding: PhaseEncoding, phases: [[Double]],
    block: Block? = nil
  ) throws(PatternFailure) {
    precondition(names.count == phases.count, "each pattern has a name")
    let block = block ?? Block(max(0, width) * max(0, height))
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    guard !phases.isEmpty else { throw .noPatterns }
    for (name, values) in zip(names, phases) {
      guard values.count == block.count else {
        throw .wrongCount(name: name, found: values.count, expected: block.count)
      }
      if let pixel = values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(name: name, pixel: pixel)
      }
    }
    self.names = names
    self.width = width
    self.height = height
    self.encoding = encoding
    self.block = block
    self.phases = phases
    phasors = ComplexMatrix(
      rows: block.count, columns: phases.count,
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
  /// whatever the count, and each pixel of it whatever the ranks.
  public static func random(
    count: Int, width: Int, height: Int, encoding: PhaseEncoding, seed: UInt64,
    over ranks: Ranks = .alone
  ) throws(PatternFailure) -> PatternSet {
    guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
    let block = Block(width * height, over: ranks)
    var phases: [[Double]] = []
    for pattern in 0..<max(count, 0) {
      var stream = RandomStream(seed: seed, instance: pattern, purpose: .patterns)
      for _ in 0..<block.range.lowerBound { _ = stream.uniform() }
      phases.append(block.range.map { _ in encoding.range * stream.uniform() })
    }
    return try PatternSet(
      names: (0..<max(count, 0)).map { "random \($0 + 1)" }, width: width, height: height,
      encoding: encoding, phases: phases, block: block)
  }

  /// The pixels of this rank of a whole set, which all ranks have.
  public func spread(over ranks: Ranks) -> PatternSet {
    let part = Block(pixelCount, over: ranks)
    if block == part { return self }
    precondition(block.isWhole, "a set is spread once")
    return PatternSet(self, part, phases: phases.map { Array($0[part.range]) })
  }

  /// The whole set on rank 0; on others their own part.
  public func gathered() -> PatternSet {
    if block.isWhole { return self }
    let phases = phases.map { block.gather($0) }
    return block.ranks.isFirst ? PatternSet(self, Block(pixelCount), phases: phases) : self
  }

  private init(_ other: PatternSet, _ block: Block, phases: [[Double]]) {
    names = other.names
    (width, height, encoding) = (other.width, other.height, other.encoding)
    self.block = block
    self.phases = phases
    phasors = ComplexMatrix(
      rows: block.count, columns: phases.count,
      elements: phases.joined().map { Complex(modulus: 1, argument: $0) })
  }

  /// Number of patterns, P.
  public var count: Int { phases.count }
  /// Number of pixels on all ranks, N.
  public var pixelCount: Int { width * height }
}
