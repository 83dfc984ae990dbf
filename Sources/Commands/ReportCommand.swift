import Experiments
import Foundation
import Pictures
import Sweep
import Waveforms

/// `oscine report STORE`
enum ReportCommand: Command {
  static let description = CommandDescription(
    name: "report",
    summary: "make one page of a campaign, and tables of its trials",
    details: [
      "Reads a store that 'oscine sweep' has written, or still writes, and makes one HTML page"
        + " that needs no network and nothing beside it: figures of success, error, time and"
        + " energy, tables that sort, a recall to be played, the deck, its sources and the"
        + " commands to run it again.",
      "The recall is a trial of the campaign run again, so its deck's images and views must be"
        + " where they were: run the command in the folder in which the campaign began.",
    ],
    arguments: [
      .init(
        name: "STORE", count: .one, summary: "A campaign's store.",
        completion: .files(["campaign"]))
    ],
    options: [
      .init(
        long: "output", short: "o", value: .file("FILE"),
        summary: "The page. Default: the store's name with .html."),
      .init(
        long: "film", value: .text("POINT[:TRIAL]"), repeatable: true,
        summary: "A trial to play, by its numbers. Default: the first of the first point."),
      .init(
        long: "no-film", value: .none, summary: "Run nothing again; the page has no film."),
      .init(
        long: "theory", value: .number("SLOPE"),
        summary: "Draw the law of small errors with the errors, as 'oscine plot' does."),
      .init(
        long: "csv", value: .file("FILE"),
        summary: "Write the points' figures as a table, and the trials into FILE-trials."),
      .init(
        long: "netcdf", value: .file("FILE"),
        summary: "Write the trials as labelled arrays on the campaign's axes."),
      CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine report results/recall.campaign -o recall.html",
        summary: "Makes the page."),
      .init(
        line: "oscine report results/recall.campaign --film 1 --film 13:4 --csv recall.csv",
        summary: "Plays two trials, and writes the tables, too."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let invocation = context.invocation
    if invocation.flag("film"), invocation.flag("no-film") {
      throw UsageError("options '--film' and '--no-film' do not go together")
    }
    let asked = try invocation.texts("film").map { (text) throws(UsageError) in
      try ReportFilm.Place(text)
    }
    try InputFile.check(context.argument, what: "store")
    let store = try CampaignStore.open(context.argument, readOnly: true)
    let page = invocation.text("output") ?? defaultPage(context.argument)
    let tables = ["csv", "netcdf"].compactMap { invocation.text($0) }
    for path in [page] + tables { try OutputDirectory.check(parentOf: path) }
    let results = try CampaignResults(store)
    if results.trials == 0 {
      throw UsageError(
        "the campaign in '\(context.argument)' has no trials yet", help: "oscine sweep --resume")
    }
    var written: [String] = []
    if let csv = invocation.text("csv") {
      try SweepReport(store).writeCSV(to: csv)
      try TrialTable.write(store, to: TrialTable.path(beside: csv))
      written += [csv, TrialTable.path(beside: csv)]
    }
    if let netcdf = invocation.text("netcdf") {
      try CampaignDataset(store).dataset.write(to: netcdf)
      written.append(netcdf)
    }
    let report = ReportPage(
      results: results, films: try films(asked, results, store, context),
      figures: try ReportFigures.all(results, slope: invocation.number("theory")),
      command: (["oscine", "report"] + CommandLine.arguments.dropFirst(2)).joined(separator: " "))
    try TextFile.write(report.text, to: page)
    written.insert(page, at: 0)
    try context.printer.print(written.joined(separator: "\n"))
    try context.printer.print(
      .object([
        "page": .text(page), "tables": .array(written.dropFirst().map { .text($0) }),
        "figures": .integer(report.figures.count), "films": .integer(report.films.count),
      ]))
    return .done
  }

  /// The trials to play. One that was asked for must run; the default is left out, with a word,
  /// where it cannot.
  private static func films(
    _ asked: [ReportFilm.Place], _ results: CampaignResults, _ store: CampaignStore,
    _ context: RunContext
  ) throws -> [ReportFilm] {
    if context.invocation.flag("no-film") { return [] }
    var films: [ReportFilm] = []
    if asked.isEmpty {
      if results.campaign.fidelity == NetworkFidelity.circuit.rawValue {
        context.printer.note("no film: a trial by Kirchhoff's laws is run again by --film only")
        return []
      }
      do {
        let first = results.points.first { $0.trials > 0 }?.point ?? 1
        films = [try ReportFilm(.init(point: first), results, store)]
      } catch let error as UsageError {
        context.printer.complain("warning: no film: \(error.message)")
      }
    } else {
      films = try asked.map { try ReportFilm($0, results, store) }
    }
    for film in films where !film.isFaithful {
      context.printer.complain(
        "warning: trial \(film.number) of point \(film.point.point) came out otherwise than in the"
          + " campaign; the film's page says so")
    }
    return films
  }

  /// "results/recall.campaign" has its page in "results/recall.html".
  private static func defaultPage(_ store: String) -> String {
    (store.hasSuffix(".campaign") ? String(store.dropLast(9)) : store) + ".html"
  }
}
