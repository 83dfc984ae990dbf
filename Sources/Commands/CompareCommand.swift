import Experiments
import Foundation
import Schematic

/// `oscine compare DECK`
enum CompareCommand: Command {
  static let description = CommandDescription(
    name: "compare",
    summary: "run one memory deck at two fidelities, side by side",
    details: [
      "Carries out the memory cards of a deck twice, with the same probes: phases, time to target,"
        + " and energy by consumer, with a verdict. Circuit fidelity solves Kirchhoff's laws of"
        + " every synapse; envelope and phase fidelity rest on views, and agree where these hold.",
      "Envelope is held to 0.05 rad, 15 % of the time and 5 % of the energy; phase to 0.08 rad and"
        + " 25 % of the time. The output directory gets one result file a fidelity.",
    ],
    arguments: [CommonArgument.deck],
    options: [
      .init(
        long: "fidelities", value: .text("ONE,OTHER"), defaultText: "circuit,envelope",
        summary: "Two of circuit, envelope and phase."),
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
    let comparison = FidelityComparison(results[0], results[1])
    let report = ComparisonReport(comparison)
    try context.printer.print(report.text)
    try context.printer.print(report.json)
    return comparison.agrees ? .done : .failed
  }

  private static func fidelities(_ text: String) throws -> [NetworkFidelity] {
    let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let found = names.compactMap { NetworkFidelity(rawValue: $0) }
    guard found.count == 2, names.count == 2, found[0] != found[1] else {
      throw UsageError(
        "'\(text)' is no pair of fidelities", help: "two of circuit, envelope, phase, with a comma")
    }
    return found
  }
}
