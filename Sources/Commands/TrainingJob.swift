import AssociativeMemory
import Foundation
import Pictures
import Schematic
import Waveforms

/// What `oscine train` is asked to do: the patterns and the rule, from the command line or a deck.
struct TrainingJob {
  var patterns: PatternSet
  var rule: any TrainingRule

  /// - Throws: `UsageError`, `Faults`, and what reading files and making patterns throws.
  init(_ context: RunContext) throws {
    let sources = context.invocation.arguments
    let named = context.invocation.text("rule")
    if sources.count == 1, ["cir", "sp", "net"].contains(Self.ending(sources[0])) {
      let circuit = try context.readDeck()
      patterns = try Self.patterns(of: circuit, context)
      rule = try Self.rule(named ?? Self.trainCard(circuit)?.rule)
      return
    }
    rule = try Self.rule(named)
    let encoding = Self.encoding(context) ?? .half
    let size = context.invocation.size("size") ?? (16, 12)
    for source in sources { try InputFile.check(source, what: "file") }
    if sources.count == 1, Self.ending(sources[0]) == "npy" {
      patterns = try PatternFiles.phases(
        sources[0], width: size.width, height: size.height, encoding: encoding)
    } else {
      patterns = try PatternFiles.images(
        sources, width: size.width, height: size.height, encoding: encoding)
    }
  }

  private static func ending(_ path: String) -> String {
    (path as NSString).pathExtension.lowercased()
  }

  private static func encoding(_ context: RunContext) -> PhaseEncoding? {
    context.invocation.text("encode").flatMap { PhaseEncoding(rawValue: $0) }
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

  private static func patterns(of circuit: Circuit, _ context: RunContext) throws -> PatternSet {
    var found: PatternsCard?
    for case .patterns(let card) in circuit.cards { found = card }
    guard let card = found else {
      throw UsageError(
        "the deck '\(context.argument)' has no .patterns card",
        help: "for example: .patterns images=\"images/*.png\" size=16x12")
    }
    let size = context.invocation.size("size") ?? (card.width, card.height)
    let encoding =
      encoding(context) ?? PhaseEncoding(rawValue: card.encoding.rawValue) ?? .half
    switch card.source {
    case .images(let paths):
      return try PatternFiles.images(
        paths, width: size.0, height: size.1, encoding: encoding)
    case .phases(let path):
      return try PatternFiles.phases(path, width: size.0, height: size.1, encoding: encoding)
    case .random(let count):
      var seed = context.seed ?? 1
      if context.seed == nil, case .number(let value) = circuit.options["seed"]?.value {
        seed = Int(exactly: value) ?? seed
      }
      return try PatternSet.random(
        count: count, width: size.0, height: size.1, encoding: encoding, seed: UInt64(seed))
    }
  }
}

/// Patterns from files.
enum PatternFiles {
  /// Phases of a `.npy`: patterns x pixels, or patterns x rows x columns.
  static func phases(
    _ path: String, width: Int, height: Int, encoding: PhaseEncoding
  ) throws -> PatternSet {
    let array = try NumPyArray.read(path)
    guard let values = array.doubles else {
      throw FileError(path, .malformed, "phases are real numbers, these are complex")
    }
    let shape = array.shape
    let flat = shape.count == 2 && shape[1] == width * height
    let lattice = shape.count == 3 && shape[1] == height && shape[2] == width
    guard flat || lattice else {
      let text = shape.map { "\($0)" }.joined(separator: " x ")
      throw FileError(
        path, .malformed,
        "its shape \(text) is neither P x \(width * height) nor P x \(height) x \(width)")
    }
    let pixels = width * height
    return try PatternSet(
      names: (0..<shape[0]).map { "pattern \($0 + 1)" }, width: width, height: height,
      encoding: encoding,
      phases: (0..<shape[0]).map { Array(values[($0 * pixels)..<(($0 + 1) * pixels)]) })
  }
}

extension PatternFiles {
  /// PNG images, cropped about their centre, averaged to the size and stretched to the whole range.
  static func images(
    _ paths: [String], width: Int, height: Int, encoding: PhaseEncoding
  ) throws -> PatternSet {
    var greys: [[Double]] = []
    for path in paths {
      try Interrupt.check()
      let image = try GreyImage.read(png: path).centreCropped(width: width, height: height)
        .resampled(width: width, height: height)
      guard let stretched = image.stretched() else {
        throw PictureError(path, .malformed, "all its points have the same grey level")
      }
      greys.append(stretched.levels)
    }
    return try PatternSet(
      names: paths.map { (($0 as NSString).lastPathComponent as NSString).deletingPathExtension },
      width: width, height: height, encoding: encoding, greys: greys)
  }
}
