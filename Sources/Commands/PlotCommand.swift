import Foundation
import Pictures
import Waveforms

/// `oscine plot RESULT`
enum PlotCommand: Command {
  static let description = CommandDescription(
    name: "plot",
    summary: "draw the pictures of a result file, or of one variable in it",
    details: [
      "Without --variable draws what the file holds: error against time for all trials with their"
        + " median, and energy by term. With --variable draws that variable against its last axis,"
        + " or its spectrum, linewidth or lock-in phase. Where the variable has other axes too,"
        + " --select picks a position on them; without it the first is taken.",
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
        summary: "Length in seconds of a lock-in window or a spectrum's segment. Default: a tenth"
          + " of the record for the lock-in, an eighth for the linewidth."),
      CommonOption.output, CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine plot results/recall/recall.nc",
        summary: "Draws error and energy against time again, beside the file."),
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
    let drawing: Drawing
    if let name {
      drawing = try WaveformPicture(result, variable: name, context.invocation).drawing
    } else {
      drawing = ResultPictures.drawing(result)
      if drawing.plots.isEmpty {
        throw UsageError(
          "'\(path)' holds neither error nor energy against time",
          help: "draw one of its variables with --variable: "
            + result.variables.map(\.name).joined(separator: ", "))
      }
    }
    let folder = try context.outputDirectory(default: beside.isEmpty ? "." : beside)
    for (stem, plot) in drawing.plots {
      try Interrupt.check()
      try plot.draw(stem: stem, in: folder.path)
    }
    let files = drawing.plots.map { folder.appendingPathComponent("\($0.stem).png").relativePath }
    var text = files.joined(separator: "\n")
    for value in drawing.values {
      text += "\n\(value.name): \(Quantity.text(value.value, unit: value.unit, digits: 6))"
    }
    try context.printer.print(text)
    var object: [String: JSON] = ["pictures": .array(files.map { .text($0) })]
    for value in drawing.values { object[value.name] = .optional(value.value) }
    try context.printer.print(.object(object))
    return .done
  }
}

/// Pictures to draw, and numbers read off on the way.
struct Drawing {
  var plots: [(stem: String, plot: Plot)] = []
  /// In SI units.
  var values: [(name: String, value: Double?, unit: String)] = []
}
