import Experiments
import Foundation
import Pictures
import Sweep
import Waveforms

/// `oscine plot RESULT`
enum PlotCommand: Command {
  static let description = CommandDescription(
    name: "plot",
    summary: "draw the pictures of a result file or of a campaign",
    details: [
      "Of a circuit's result (NetCDF, SPICE raw, csv, prn) draws voltages over currents against"
        + " time or the swept source, magnitude over phase of an ac analysis, noise on"
        + " logarithmic axes; at most twelve curves in a panel. --variable picks columns by"
        + " their label, --select steps.",
      "Of a recall's result, without --variable, draws its figures: error against time for all"
        + " trials with their median, energy by term, and the filmstrips. With --variable draws"
        + " that variable against its last axis, or its spectrum, linewidth or lock-in phase."
        + " Where the variable has other axes too, --select picks a position on them; without it"
        + " the first is taken.",
      "Of a campaign's store draws success with Wilson's 95 % interval, or medians of error, time"
        + " or energy with their quartiles, against one axis, a curve for each value of another.",
      "Pictures are written as PNG and SVG, with gnuplot's script and data beside them.",
    ],
    arguments: [
      .init(
        name: "RESULT", count: .one,
        summary: "A result file that a run has written, or a campaign's store.",
        completion: .files(["nc", "netcdf", "raw", "csv", "prn", "campaign"]))
    ],
    options: [
      .init(
        long: "variable", short: "v", value: .text("NAME"), repeatable: true,
        summary: "The variable to draw; of a circuit's result any number of columns."),
      .init(
        long: "show", value: .choice(WaveformView.allCases.map(\.rawValue)),
        defaultText: "waveform", summary: "What to draw of the variable."),
      .init(
        long: "select", short: "s", value: .assignment, repeatable: true,
        summary:
          "Position on one of the variable's axes: a label, or a number from 0; of a circuit's"
          + " result the value of a stepped parameter, of a campaign that of an axis."),
      .init(
        long: "frequency", value: .number("F"),
        summary: "Reference of the lock-in in hertz. Default: the variable's own frequency."),
      .init(
        long: "window", value: .number("T"),
        summary:
          "Length in seconds of the lock-in's window or of the linewidth's segments. Default:"
          + " a tenth of the record for the lock-in, an eighth for the linewidth."),
    ] + CampaignPlot.options + [CommonOption.output, CommonOption.quiet, CommonOption.json],
    examples: [
      .init(
        line: "oscine plot results/recall/recall.nc",
        summary: "Draws a recall's figures again, beside the file."),
      .init(
        line: "oscine plot ring.cir.tran.netcdf -v 'V(out)' -v 'I(V1)' -s R1=200",
        summary: "Draws two columns of one step of a transient analysis."),
      .init(
        line: "oscine plot run.nc -v voltage -s node=out --show linewidth -o figures",
        summary: "Fits the line of one node's voltage and draws it with the fit."),
      .init(
        line: "oscine plot results/recall.campaign --x spread --y success --by feedback",
        summary: "Draws how much spread a campaign's memory tolerates."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let path = context.argument
    if CampaignStore.isDatabase(path) { return try CampaignPlot.run(context) }
    try CampaignPlot.refuse(context.invocation)
    let name = context.invocation.text("variable")
    if name == nil {
      for option in ["show", "frequency", "window"]
      where context.invocation.flag(option) {
        throw UsageError("option '--\(option)' needs '--variable'")
      }
    }
    try InputFile.check(path, what: "result file")
    guard try ResultFormat.isNetCDF(path) else {
      return try draw(try CircuitResult.read(path), path, context)
    }
    let result = try Dataset.read(path)
    if let circuit = try CircuitResult(result, path) { return try draw(circuit, path, context) }
    if context.invocation.texts("variable").count > 1 {
      throw UsageError("'--variable' is given twice", help: "one at a time for a recall's result")
    }
    if name == nil, context.invocation.flag("select") {
      throw UsageError("option '--select' needs '--variable'")
    }
    let beside = (path as NSString).deletingLastPathComponent
    if let name {
      let drawing = try WaveformPicture(result, variable: name, context.invocation).drawing
      let folder = try context.outputDirectory(default: beside.isEmpty ? "." : beside)
      try drawing.plot.draw(stem: drawing.stem, in: folder.path)
      try tell(["\(drawing.stem).png"], in: folder, values: drawing.values, context)
    } else {
      let figures: RecallFigures
      do {
        figures = try RecallFigures(result)
      } catch let error as RecallFigures.NotARecall {
        throw UsageError(
          "'\(path)' is no recall's result: it has no '\(error.missing)'",
          help: "draw one of its variables with --variable: "
            + result.variables.map(\.name).joined(separator: ", "))
      }
      let folder = try context.outputDirectory(default: beside.isEmpty ? "." : beside)
      try tell(figures.draw(in: folder.path), in: folder, values: [], context)
    }
    return .done
  }

  private static func draw(
    _ result: CircuitResult, _ path: String, _ context: RunContext
  ) throws -> ExitStatus {
    let selection = try CurveSelection(result, context.invocation)
    let file = URL(fileURLWithPath: path)
    let stem = file.deletingPathExtension().lastPathComponent + selection.suffix
    let beside = (path as NSString).deletingLastPathComponent
    let view = context.invocation.text("show").flatMap { WaveformView(rawValue: $0) }
    if let view, view != .waveform {
      var drawing = try WaveformPicture(
        try selection.only, along: result.abscissa, context.invocation
      ).drawing
      drawing.stem = "\(stem)-\(view.rawValue)"
      let folder = try context.outputDirectory(default: beside.isEmpty ? "." : beside)
      try drawing.plot.draw(stem: drawing.stem, in: folder.path)
      try tell(["\(drawing.stem).png"], in: folder, values: drawing.values, context)
      return .done
    }
    let picture = try CircuitPicture(selection.result)
    let folder = try context.outputDirectory(default: beside.isEmpty ? "." : beside)
    try picture.stack.draw(stem: stem, in: folder.path)
    for note in picture.notes { context.printer.note(note) }
    try tell(["\(stem).png"], in: folder, values: [], context)
    return .done
  }

  private static func tell(
    _ pictures: [String], in folder: URL, values: [Drawing.Value], _ context: RunContext
  ) throws {
    let files = pictures.map { folder.appendingPathComponent($0).relativePath }
    var text = files.joined(separator: "\n")
    for value in values {
      text += "\n\(value.name): \(Quantity.text(value.value, unit: value.unit, digits: 6))"
    }
    try context.printer.print(text)
    var object: [String: JSON] = ["pictures": .array(files.map { .text($0) })]
    for value in values { object[value.name] = .optional(value.value) }
    try context.printer.print(.object(object))
  }
}

/// A picture to draw, and numbers read off on the way.
struct Drawing {
  /// In SI units.
  typealias Value = (name: String, value: Double?, unit: String)

  var stem: String
  var plot: Plot
  var values: [Value] = []
}
