import Experiments
import Foundation
import Ranks
import Schematic
import Sweep

/// `oscine sweep DECK`
enum SweepCommand: Command {
  static let description = CommandDescription(
    name: "sweep",
    summary: "run a campaign of recalls into a store that can be resumed",
    details: [
      "Recalls a deck's memory at every point of its .sweep and .step cards, or of the axes given"
        + " here, many trials a point: trial k draws the deck's random functions and synapses as"
        + " sample k. Each batch of trials is written to one SQLite file as it ends; what is killed"
        + " goes on with --resume, and ends as if nothing had happened. Several processes may work"
        + " on one store; under mpirun, ranks take batches from the first, which alone has it.",
      "An axis is NAME=lin(first, last, count), log(...), int(...) or list(a, b, ...). Values of"
        + " options that begin a campaign need not be repeated to resume it.",
    ],
    arguments: [CommonArgument.deck],
    options: [
      .init(
        long: "axis", value: .text("NAME=VALUES"), repeatable: true,
        summary: """
          Vary a parameter, the temperature, an element or a model, in place of the deck's .sweep \
          and .step; the first slowest.
          """),
      .init(
        long: "design", value: .choice(CampaignDesign.allCases.map(\.rawValue)),
        defaultText: "grid", summary: "Where the points lie within the axes."),
      .init(
        long: "samples", value: .integer("N", 1...DesignPoints.limit),
        summary: "Points of a latin or sobol design."),
      .init(
        long: "trials", value: .integer("N", 1...10_000_000),
        summary: "Trials a point. Default: those of .sweep, else of .recall times its images."),
      .init(
        long: "until", value: .number("WIDTH"),
        summary: "Stop a point when the 95 % interval of its success rate is so narrow."),
      .init(
        long: "refine", value: .integer("N", 0...60),
        summary: "Add so many points to each curve along the first axis, one after the other,"
          + " where its success changes most."),
      .init(
        long: "threshold", value: .text("QUANTITY=LEVEL"),
        summary: "Let --refine (8 unless given) bisect for the largest value of the first axis"
          + " with success or overlap of at least LEVEL."),
      .init(
        long: "store", value: .file("FILE"),
        summary: "The store. Default: results/DECK.campaign."),
      .init(
        long: "resume", value: .none,
        summary: "Go on with a store, also while other processes work on it."),
      .init(
        long: "shard", value: .text("K/N"),
        summary: "Run part K of N into a store of its own; 'oscine merge' joins them."),
      .init(
        long: "slurm", value: .file("FILE"),
        summary: "Run nothing; write the script of a Slurm array that runs --parts parts."),
      .init(
        long: "parts", value: .integer("N", 1...100_000), defaultText: "8",
        summary: "Tasks of the array."),
      .init(
        long: "csv", value: .file("FILE"), summary: "Write the figures of all points as a table."),
      CommonOption.parameter, CommonOption.seed, CommonOption.jobs, CommonOption.quiet,
      CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine sweep netlists/recall.cir --axis 'spread=log(1e-5,1e-1,13)'",
        summary: "Success, time and energy against the spread of frequencies."),
      .init(
        line: "oscine sweep netlists/study-spread.cir --threshold success=0.95",
        summary: "The largest spread with 95 % success, for each feedback."),
      .init(
        line: "mpirun -n 4 oscine sweep netlists/study-spread.cir",
        summary: "The same points by four processes, on as many machines as mpirun is told."),
    ], isShared: true)

  static func run(_ context: RunContext) throws -> ExitStatus {
    let ranks = try Ranks.join()
    if !ranks.isFirst { return SweepRank(ranks, context).serve() }
    let crew = RankCrew(ranks) { Interrupt.isRequested }
    defer { crew.end() }
    let options = try SweepOptions(context.invocation)
    let path = context.invocation.text("store") ?? defaultStore(context.argument, options.share)
    if let csv = options.csv { try OutputDirectory.check(parentOf: csv) }
    if let script = context.invocation.text("slurm") {
      return try writeScript(script, path, options, context)
    }
    if context.invocation.values["parts"] != nil {
      throw UsageError("option '--parts' is for --slurm")
    }
    let (store, deck) =
      options.resumes
      ? try resumed(path, options, context) : try begun(path, options, context)
    let end = try work(store, deck, crew, jobs: jobs(ranks, context), context)
    let report = try SweepReport(store)
    if let csv = options.csv { try report.writeCSV(to: csv) }
    try context.printer.print(report.text)
    try context.printer.print(report.json)
    context.printer.note("store: \(path)")
    return status(end, report, context)
  }

  private static func begun(
    _ path: String, _ options: SweepOptions, _ context: RunContext
  ) throws -> (CampaignStore, SweepDeck) {
    let deck = try SweepDeck(context, options, going: nil)
    if context.invocation.text("store") == nil {
      _ = try OutputDirectory.prepared(folder(of: path), option: "--store")
    } else {
      try OutputDirectory.check(parentOf: path)
    }
    return (try CampaignStore.create(path, deck.campaign), deck)
  }

  private static func resumed(
    _ path: String, _ options: SweepOptions, _ context: RunContext
  ) throws -> (CampaignStore, SweepDeck) {
    let store = try CampaignStore.open(path)
    let deck = try SweepDeck(context, options, going: store.campaign)
    var differences = CampaignDifference.lines(stored: store.campaign, asked: deck.campaign)
    if let share = options.share, share != store.campaign.share {
      differences.append("it is not part \(share.number) of \(share.count)")
    }
    guard differences.isEmpty else {
      throw StoreFailure(
        .different, path,
        "it holds another campaign:\n  " + differences.joined(separator: "\n  "),
        help: "restore what has changed, or begin anew with another --store")
    }
    return (store, deck)
  }

  /// Batches at a time: one a processor, or a rank.
  static func jobs(_ ranks: Ranks, _ context: RunContext) -> Int {
    context.invocation.integer("jobs") ?? (ranks.isAlone ? context.jobs : 1)
  }

  private static func writeScript(
    _ script: String, _ path: String, _ options: SweepOptions, _ context: RunContext
  ) throws -> ExitStatus {
    if options.share != nil || options.resumes {
      throw UsageError("option '--slurm' goes with neither --shard nor --resume")
    }
    try OutputDirectory.check(parentOf: script)
    // what is wrong with the deck is told now, not by a hundred tasks
    _ = try SweepDeck(context, options, going: nil)
    let parts = context.invocation.integer("parts") ?? 8
    let slurm = SlurmScript(context.invocation, parts: parts, store: path)
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let text = slurm.text(
      program: program, folder: FileManager.default.currentDirectoryPath)
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: script), options: .atomic)
    } catch {
      throw RunFailure("'\(script)' cannot be written: \(SystemReason.text(error))")
    }
    try context.printer.print(
      """
      submit:  sbatch \(script)
      then:    \(slurm.mergeLine)
      figures: oscine sweep \(context.argument) --resume --store \(path)
      """)
    try context.printer.print(
      .object([
        "script": .text(script), "parts": .integer(parts), "merge": .text(slurm.mergeLine),
      ]))
    return .done
  }

  private static func work(
    _ store: CampaignStore, _ deck: SweepDeck, _ crew: RankCrew, jobs: Int, _ context: RunContext
  ) throws -> CampaignRunner.End {
    Interrupt.willBePolled()
    let control = RunControl(jobs: jobs, shouldStop: { Interrupt.isRequested })
    let progress = try SweepProgress(store, context)
    defer { progress.finish() }
    return try waitFor {
      try await CampaignRunner(store, deck.bench, crew: crew).run(control) { unit, rows in
        progress.add(unit, rows)
      }
    }
  }

  private static func status(
    _ end: CampaignRunner.End, _ report: SweepReport, _ context: RunContext
  ) -> ExitStatus {
    if let failure = report.firstFailure {
      context.printer.complain(
        "warning: \(report.failures) of \(report.trials) trials failed; the first: \(failure)")
    }
    if case .interrupted = end {
      context.printer.complain(
        "interrupted: \(report.trials) trials are kept; go on with --resume")
      return .interrupted
    }
    return report.trials > 0 && report.failures == report.trials ? .failed : .done
  }

  /// "netlists/recall.cir" has its store in "results/recall.campaign", and its parts beside it.
  private static func defaultStore(
    _ deck: String, _ share: CampaignRecord.Share?
  ) -> String {
    let name = URL(fileURLWithPath: deck).deletingPathExtension().lastPathComponent
    let part = share.map { ".part-\($0.number)-of-\($0.count)" } ?? ""
    return "results/\(name)\(part).campaign"
  }

  private static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }
}
