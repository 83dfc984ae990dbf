import Experiments
import Foundation
import Ranks
import Schematic

/// `oscine recall DECK`
enum RecallCommand: Command {
  static let description = CommandDescription(
    name: "recall",
    summary: "store images in an oscillator network and recall them",
    details: [
      "Carries out the memory cards of a deck: trains the couplings on the images of .patterns,"
        + " corrupts them as .recall says, integrates the network with thermal noise, and reports"
        + " error, time and energy with confidence intervals. Under mpirun, ranks share one network"
        + " without noise, each with a block of its oscillators.",
      "The output directory gets recall.nc (NetCDF-4, all trials and times) and the pictures:"
        + " error against time, energy by consumer, and a filmstrip for each image; each with its"
        + " gnuplot script and data beside it.",
    ],
    arguments: [CommonArgument.deck],
    options: [
      CommonOption.parameter, CommonOption.output, CommonOption.seed, CommonOption.jobs,
      .init(
        long: "no-pictures", value: .none,
        summary: "Write the result file alone, without calling gnuplot."),
      CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine recall netlists/recall.cir -p feedback=30u -o results/weak",
        summary: "Recalls with half the feedback current and leaves the results in a directory."),
      .init(
        line: "mpirun -n 2 oscine recall netlists/million.cir --no-pictures",
        summary: "A million oscillators, half of them in each of two processes."),
    ], isShared: true)

  static func run(_ context: RunContext) throws -> ExitStatus {
    let ranks = try Ranks.join()
    if ranks.isAlone { return try run(context, ranks) }
    if !ranks.isFirst { context.printer = Printer(quiet: true, silent: true) }
    do {
      return try run(context, ranks)
    } catch {
      // others may be waiting for this rank; a launcher ends them when it leaves without a word
      exit(Program.report(error, renderer: context.faultRenderer).rawValue)
    }
  }

  private static func run(_ context: RunContext, _ ranks: Ranks) throws -> ExitStatus {
    let circuit = try context.readMemoryDeck()
    let campaigns = campaigns(circuit.cards)
    guard campaigns.isEmpty else { throw Faults(campaigns) }
    let plan = try RecallPlan(
      circuit, seed: context.seed.map(UInt64.init), inputs: RecallInputs(over: ranks),
      maker: MemoryDeck(circuit, context)?.make)
    for warning in plan.warnings { context.printer.complain(context.faultRenderer.text(warning)) }
    let output = context.invocation.text("output") ?? defaultDirectory(context.argument)
    let directory =
      ranks.isFirst ? try context.outputDirectory(default: output) : URL(fileURLWithPath: output)
    let provenance = try context.provenance(circuit)
    let result = try run(plan, context)
    if result.trials.isEmpty { throw Interrupted() }
    if !ranks.isFirst { return try status(result, plan, context) }
    let (sums, numbers) = ranks.traffic
    context.printer.note(
      "integrated in \(Quantity.text(result.seconds, unit: "s", digits: 4))"
        + (ranks.isAlone
          ? "" : " by \(ranks.count) ranks, with \(sums) sums of \(numbers) numbers"))
    let path = directory.appendingPathComponent("recall.nc").path
    let dataset = result.dataset(provenance: provenance)
    try dataset.write(to: path)
    context.printer.note("results: \(path)")
    // Before the pictures: what was found out is told though gnuplot may be missing.
    let report = RecallReport(result)
    try context.printer.print(report.text)
    try context.printer.print(report.json)
    if !context.invocation.flag("no-pictures") {
      let names = try RecallFigures(dataset).draw(in: directory.path)
      context.printer.note("pictures: \(directory.path)/{\(names.joined(separator: ","))}")
    }
    return try status(result, plan, context)
  }

  /// A fault for each card that would vary the recall: one run cannot stand for all of them. Other
  /// analyses are for 'oscine run'.
  private static func campaigns(_ cards: [Card]) -> [Fault] {
    cards.compactMap { card in
      switch card {
      case .sweep, .step:
        Fault(
          "not-simulated", "a recall is one point, '.\(card.name)' asks for many",
          at: card.unsimulated ?? .none, help: "oscine sweep runs them all")
      default: nil
      }
    }
  }

  private static func run(_ plan: RecallPlan, _ context: RunContext) throws -> RecallResult {
    let (control, progress) = context.control("recall", unit: "trials", total: plan.trialCount)
    defer { progress.finish() }
    return try waitFor { try await RecallExperiment(plan).run(control) }
  }

  private static func status(
    _ result: RecallResult, _ plan: RecallPlan, _ context: RunContext
  ) throws -> ExitStatus {
    if !result.reachedStop {
      context.printer.complain(
        "interrupted: \(result.trials.count) of \(result.trialsPlanned) trials are kept")
      return .interrupted
    }
    guard let target = result.targetError, result.summary.successes == 0 else { return .done }
    context.printer.complain(
      context.faultRenderer.text(
        Fault(
          "target-never-reached",
          "no trial stayed below an error of \(Quantity.percent(target)) until tstop",
          at: plan.card.origin,
          help: "raise the feedback or tstop, lower the spread or the temperature")))
    return .failed
  }

  /// "netlists/recall.cir" leaves its results in "results/recall".
  private static func defaultDirectory(_ deck: String) -> String {
    let name = URL(fileURLWithPath: deck).deletingPathExtension().lastPathComponent
    return "results/\(name)"
  }
}
