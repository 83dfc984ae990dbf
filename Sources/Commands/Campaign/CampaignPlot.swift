import Foundation
import Pictures
import Sweep

/// `oscine plot STORE`
enum CampaignPlot {
  /// Options of `oscine plot` that are for campaigns alone, and those that are for result files.
  static let own = ["x", "y", "by", "legend", "log", "theory", "format"]
  static let foreign = ["variable", "show", "frequency", "window"]

  static let options: [CommandDescription.Option] = [
    .init(
      long: "x", value: .text("AXIS"),
      summary: "Of a campaign: the axis to draw against. Default: its first."),
    .init(
      long: "y", value: .choice(PointQuantity.allCases.map(\.rawValue)), defaultText: "error",
      summary: "Of a campaign: what to draw."),
    .init(
      long: "by", value: .text("AXIS"),
      summary: "Of a campaign: the axis that gets a curve for each value. Default: the next one."),
    .init(
      long: "legend", value: .text("VALUE=TEXT"), repeatable: true,
      summary: "Of a campaign: what the legend calls the curve of a value of --by."),
    .init(
      long: "log", value: .choice(["x", "y", "x,y", "none"]),
      summary: "Of a campaign: logarithmic axes. Default: x where its axis is spaced so, and y"
        + " of an error then."),
    .init(
      long: "theory", value: .number("SLOPE"),
      summary: "Of a campaign: draw the law of small errors, SLOPE times frequency spread over"
        + " relaxation rate, in rad."),
    .init(
      long: "format", value: .choice(PictureFormat.allCases.map(\.rawValue)),
      defaultText: "png and svg", repeatable: true, summary: "Of a campaign: what to draw as."),
  ]

  static func run(_ context: RunContext) throws -> ExitStatus {
    let invocation = context.invocation
    for option in foreign where invocation.flag(option) {
      throw UsageError("option '--\(option)' is for result files, not for a campaign's store")
    }
    let results = try CampaignResults(
      try CampaignStore.open(context.argument, readOnly: true))
    let picture = try CampaignPicture(
      results,
      .init(
        x: invocation.text("x"), by: invocation.text("by"),
        quantity: invocation.text("y").flatMap(PointQuantity.init(rawValue:)) ?? .error,
        log: invocation.text("log"), slope: invocation.number("theory"),
        selections: invocation.texts("select"), legend: invocation.texts("legend")))
    let asked = invocation.texts("format").compactMap(PictureFormat.init(rawValue:))
    let formats =
      asked.isEmpty ? PictureFormat.usual : PictureFormat.allCases.filter(asked.contains)
    let beside = (context.argument as NSString).deletingLastPathComponent
    let folder = try context.outputDirectory(default: beside.isEmpty ? "." : beside)
    try picture.plot.draw(stem: picture.stem, in: folder.path, formats: formats)
    for note in picture.notes { context.printer.note(note) }
    if !results.isWhole { context.printer.note("the campaign is not finished: so far") }
    let files = formats.map {
      folder.appendingPathComponent("\(picture.stem).\($0.rawValue)").relativePath
    }
    try context.printer.print(files.joined(separator: "\n"))
    try context.printer.print(.object(["pictures": .array(files.map { .text($0) })]))
    return .done
  }

  /// - Throws: `UsageError` where an option for campaigns is given for another file.
  static func refuse(_ invocation: Invocation) throws(UsageError) {
    for option in own where invocation.flag(option) {
      throw UsageError("option '--\(option)' is for a campaign's store")
    }
  }
}
