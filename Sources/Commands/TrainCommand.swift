import AssociativeMemory
import Foundation
import Numerics
import Schematic
import Waveforms

/// `oscine train IMAGES... | PHASES.npy | DECK`
enum TrainCommand: Command {
  static let description = CommandDescription(
    name: "train",
    summary: "make coupling weights from images and write them as .npy",
    details: [
      "Images are cropped about their centre to the size's shape, averaged down to it, and their"
        + " grey levels become phases. In place of images stands a .npy file of phases (float64,"
        + " patterns x pixels or patterns x rows x columns), or a deck, whose .patterns and .train"
        + " cards are carried out.",
      "The weights are a complex128 NumPy array; row i holds what oscillator i receives.",
    ],
    arguments: [
      .init(
        name: "SOURCE", count: .oneOrMore, summary: "PNG images, one .npy of phases, or one deck.",
        completion: .files(["png", "npy", "cir", "sp"]))
    ],
    options: [
      .init(
        long: "rule", value: .choice(TrainingRules.all.map(\.name)),
        defaultText: "pseudoinverse, or the deck's", summary: "The training rule."),
      .init(
        long: "size", value: .size, defaultText: "16x12, or the deck's",
        summary: "Columns and rows of a stored image, one oscillator a pixel."),
      .init(
        long: "encode", value: .choice(PhaseEncoding.allCases.map(\.rawValue)),
        defaultText: "half, or the deck's", summary: "Part of the circle that grey levels use."),
      .init(
        long: "output", short: "o", value: .file("FILE"), defaultText: "w.npy",
        summary: "The file to write."),
      CommonOption.parameter, CommonOption.seed, CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine train netlists/images/camera.png netlists/images/horse.png -o w.npy",
        summary: "Stores two photographs in the weights of 192 oscillators."),
      .init(
        line: "oscine train netlists/recall.cir --rule hebb",
        summary: "Stores the deck's patterns with another rule."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let job = try TrainingJob(context)
    let file = context.invocation.text("output") ?? "w.npy"
    try OutputDirectory.check(parentOf: file)
    let patterns = job.patterns
    let weights = try job.weights()
    let matrix = weights.expanded
    try NumPyArray(matrix).write(to: file)
    let left = errorAfterOneStep(weights, patterns)
    try context.printer.print(
      """
      \(file): \(matrix.rows) x \(matrix.columns) complex weights
      patterns   \(patterns.count) of \(patterns.width) x \(patterns.height) pixels, \
      \(patterns.encoding.rawValue) circle
      rule       \(job.rule.name)
      error      \(Quantity.percent(left)) of the range at worst, one ideal step from a stored image
      """)
    try context.printer.print(
      .object([
        "file": .text(file), "rule": .text(job.rule.name), "oscillators": .integer(matrix.rows),
        "patterns": .array(patterns.names.map { .text($0) }), "width": .integer(patterns.width),
        "height": .integer(patterns.height), "encoding": .text(patterns.encoding.rawValue),
        "errorAfterOneStep": .number(left),
      ]))
    return .done
  }

  /// How far one ideal step leads away from the stored images: the largest error of all.
  private static func errorAfterOneStep(_ weights: Weights, _ patterns: PatternSet) -> Double {
    let recall = IdealRecall(schedule: .synchronous, sweepsMaximum: 1)
    let errors = patterns.phases.map { stored in
      RecallError.of(
        phases: recall.run(weights, from: stored).phases, target: stored,
        encoding: patterns.encoding
      ).value
    }
    return errors.max() ?? 0
  }
}
