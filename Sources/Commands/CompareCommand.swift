import Experiments
import Foundation
import Schematic

/// `oscine compare DECK`
enum CompareCommand: Command {
  static let description = CommandDescription(
    name: "compare",
    summary: "run one memory deck at two or three fidelities, side by side",
    details: [
      "Carries out the memory cards of a deck at each fidelity, with the same probes, and holds"
        + " the others against the first: phases, time to target, and energy by consumer, with a"
        + " verdict. Circuit fidelity solves Kirchhoff's laws of every synapse; envelope and phase"
        + " fidelity rest on views, and agree where these hold.",
      "Envelope is held to 0.05 rad, 15 % of the time and 5 % of the energy; phase to 0.08 rad and"
        + " 25 % of the time. The output directory gets one result file a fidelity.",
    ],
    arguments: [CommonArgument.deck],
    options: [
      .init(
        long: "fidelities", value: .text("ONE,OTHER,..."), defaultText: "circuit,envelope",
        summary: "Two or three of circuit, envelope and phase; the first is the measure."),
      CommonOption.parameter, CommonOption.output, CommonOption.seed, CommonOption.jobs,
      CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine compare netlists/memory.cir -o results/compare",
        summary: "A memory of eight oscillators against its envelope equations."),
      .init(
        line: "oscine compare netlists/recall.cir --fidelities envelope,phase",
        summary: "A large memory, by its two reduced equations."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let fidelities = try fidelities(context.invocation.text("fidelities") ?? "circuit,envelope")
    let circuit = try context.readDeck()
    let directory = try context.outputDirectory(default: "results/compare")
    let provenance = try context.provenance(circuit)
    var results: [RecallResult] = []
    for fidelity in fidelities {
      let plan = try RecallPlan(
        circuit, seed: context.seed.map(UInt64.init), fidelity: fidelity,
        maker: MemoryDeck(circuit, context)?.make)
      if results.isEmpty {
        for warning in plan.warnings {
          context.printer.complain(context.faultRenderer.text(warning))
        }
      }
      let (control, progress) = context.control(
        fidelity.rawValue, unit: "trials", total: plan.trialCount)
      defer { progress.finish() }
      let result = try waitFor { try await RecallExperiment(plan).run(control) }
      progress.finish()
      let path = directory.appendingPathComponent("\(fidelity.rawValue).nc").path
      try result.dataset(provenance: provenance).write(to: path)
      context.printer.note("results: \(path)")
      results.append(result)
      if !result.reachedStop { throw Interrupted() }
    }
    let reports = results.dropFirst().map {
      ComparisonReport(FidelityComparison(results[0], $0))
    }
    let agree = reports.allSatisfy(\.comparison.agrees)
    try context.printer.print(reports.map(\.text).joined(separator: "\n"))
    try context.printer.print(
      .object(["agree": .bool(agree), "comparisons": .array(reports.map(\.json))]))
    return agree ? .done : .failed
  }

  private static func fidelities(_ text: String) throws -> [NetworkFidelity] {
    let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let found = names.compactMap { NetworkFidelity(rawValue: $0) }
    guard found.count == names.count, found.count >= 2, Set(found).count == found.count else {
      throw UsageError(
        "'\(text)' is no list of fidelities",
        help: "two or three of circuit, envelope, phase, with commas")
    }
    return found
  }
}
