import Experiments
import Foundation
import Pictures
import Waveforms

/// `oscine plot RESULT`
enum PlotCommand: Command {
  static let description = CommandDescription(
    name: "plot",
    summary: "draw the pictures of a result file, or of one variable in it",
    details: [
      "Without --variable draws a recall's figures: error against time for all trials with their"
        + " median, energy by term, and the filmstrips. With --variable draws that variable"
        + " against its last axis, or its spectrum, linewidth or lock-in phase. Where the"
        + " variable has other axes too, --select picks a position on them; without it the"
        + " first is taken.",
      "Pictures are written as PNG and SVG, with gnuplot's script and data beside them.",
    ],
    arguments: [
      .init(
        name: "RESULT", count: .one, summary: "A NetCDF file that a run has written.",
        completion: .files(["nc"]))
    ],
    options: [
      .init(
        long: "variable", short: "v", value: .text("NAME"), summary: "The variable to draw."),
      .init(
        long: "show", value: .choice(WaveformView.allCases.map(\.rawValue)),
        defaultText: "waveform", summary: "What to draw of the variable."),
      .init(
        long: "select", short: "s", value: .assignment, repeatable: true,
        summary: "Position on one of the variable's axes: a label, or a number from 0."),
      .init(
        long: "frequency", value: .number("F"),
        summary: "Reference of the lock-in in hertz. Default: the variable's own frequency."),
      .init(
        long: "window", value: .number("T"),
        summary:
          "Length in seconds of the lock-in's window or of the linewidth's segments. Default:"
          + " a tenth of the record for the lock-in, an eighth for the linewidth."),
      CommonOption.output, CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine plot results/recall/recall.nc",
        summary: "Draws a recall's figures again, beside the file."),
      .init(
        line: "oscine plot run.nc -v voltage -s node=out --show linewidth -o figures",
        summary: "Fits the line of one node's voltage and draws it with the fit."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let path = context.argument
    let name = context.invocation.text("variable")
    if name == nil {
      for option in ["show", "select", "frequency", "window"]
      where context.invocation.flag(option) {
        throw UsageError("option '--\(option)' needs '--variable'")
      }
    }
    try InputFile.check(path, what: "result file")
    let result = try Dataset.read(path)
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
