import Foundation
import Sweep

/// `oscine merge OUT PART...`
enum MergeCommand: Command {
  static let description = CommandDescription(
    name: "merge",
    summary: "join the parts of a campaign into one store",
    details: [
      "Adds the trials of the parts, written by 'oscine sweep --shard', to OUT, which is made where"
        + " it is not there. Merging again adds nothing; parts of another campaign are refused."
        + " What no part holds can be run on OUT with 'oscine sweep --resume'."
    ],
    arguments: [
      .init(
        name: "OUT", count: .one, summary: "The store that gets everything.",
        completion: .files(["campaign"])),
      .init(
        name: "PART", count: .oneOrMore, summary: "A store of the same campaign.",
        completion: .files(["campaign"])),
    ],
    options: [CommonOption.quiet, CommonOption.json],
    examples: [
      .init(
        line: "oscine merge all.campaign part-1.campaign part-2.campaign",
        summary: "Joins two parts.")
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let out = context.argument
    let parts = Array(context.invocation.arguments.dropFirst())
    func resolved(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
    if parts.contains(where: { resolved($0) == resolved(out) }) {
      throw UsageError("'\(out)' is to be merged into itself")
    }
    try OutputDirectory.check(parentOf: out)
    let outcome = try StoreMerge.merge(parts, into: out)
    let rest = outcome.done < outcome.planned ? "; 'oscine sweep --resume' runs the rest" : ""
    try context.printer.print(
      "\(outcome.added) trials added; \(outcome.done) of \(outcome.planned) are there\(rest)")
    try context.printer.print(
      .object([
        "store": .text(out), "added": .integer(outcome.added),
        "differing": .integer(outcome.differing), "done": .integer(outcome.done),
        "planned": .integer(outcome.planned),
      ]))
    if outcome.differing > 0 {
      context.printer.complain(
        "warning: \(outcome.differing) trials were there with other figures, which stay; other"
          + " processors or libraries round differently")
    }
    return .done
  }
}
