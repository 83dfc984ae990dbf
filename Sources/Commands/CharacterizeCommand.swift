import Experiments
import Foundation
import Schematic
import Waveforms

/// `oscine characterize LIB...`
enum CharacterizeCommand: Command {
  static let description = CommandDescription(
    name: "characterize",
    summary: "measure a library's cells and write their views",
    details: [
      "Finds the cells of the libraries that can be measured. An oscillator has ports in, out and"
        + " vdd, parameters bias and feedback, and a spin-torque junction; its periodic steady"
        + " states over bias and temperature give frequency, threshold, damping, nonlinear shift,"
        + " noise and the gain of its feedback. A delay has ports in, out and vdd, a parameter"
        + " memristance, and a memristor; transient analyses over memristance, supply, load and"
        + " temperature give delay, energy and jitter. A synapse has ports in, out and vdd, and is"
        + " programmed by parameters weight, phase, frequency, unit and read; its lag is measured"
        + " over a turn. The view of a cell 'name_stage' is called 'name'.",
      "The views file gets constants, curves, and a digest of each cell's file: a view whose cell"
        + " has changed is refused when it is read. Beside it come pictures of the curves.",
    ],
    arguments: [
      .init(
        name: "LIB", count: .oneOrMore, summary: "Libraries of subcircuits.",
        completion: .files(["lib", "cir", "sp"]))
    ],
    options: [
      .init(
        long: "output", short: "o", value: .file("FILE"), defaultText: "views.json",
        summary: "The views file to write."),
      .init(
        long: "stand-ins", value: .text("FILE"),
        summary: "Views file whose constants and cells stand where nothing is measured."),
      .init(
        long: "supply", value: .number("VOLTS"), defaultText: "0.8",
        summary: "Supply that the cells are measured at."),
      .init(
        long: "param", short: "p", value: .assignment, repeatable: true,
        summary: "Set a parameter of the cells in place of its default."),
      .init(
        long: "no-pictures", value: .none,
        summary: "Write the views file alone, without calling gnuplot."),
      CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine characterize circuits/memory/neuron.lib -o results/neuron.json",
        summary: "Measures the neuron and draws its curves."),
      .init(
        line: "oscine characterize ring.lib --stand-ins cells.json -p bias=160u",
        summary: "Measures at another bias; constants of cells.json fill the gaps."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let invocation = context.invocation
    let file = invocation.text("output") ?? "views.json"
    try OutputDirectory.check(parentOf: file)
    let supply = invocation.number("supply") ?? 0.8
    guard supply > 0 else { throw UsageError("the supply is \(supply) V; it must be positive") }
    var standIns = ViewLibrary(cells: [])
    if let path = invocation.text("stand-ins") {
      try InputFile.check(path, what: "views file")
      standIns = try ViewFile.read(path)
    }
    let cells = try measurable(context)
    let target = URL(fileURLWithPath: file).standardized
    let (control, progress) = context.control("characterisation", unit: "%", total: 100)
    defer { progress.finish() }
    let work = Characterisation(
      cells, CharacterisationSettings(supply: supply), standIns: standIns,
      program: "oscine \(Version.number)")
    guard let library = try work.run(for: target.deletingLastPathComponent().path, control) else {
      throw Interrupted()
    }
    progress.finish()
    try TextFile.write(ViewFile.text(library), to: file)
    context.printer.note("views: \(file)")
    let report = CharacterisationReport(library, cells.map(\.cell.file))
    try context.printer.print(report.text)
    try context.printer.print(report.json)
    if !invocation.flag("no-pictures") {
      let names = try CharacterisationFigures(library).draw(
        stem: target.deletingPathExtension().lastPathComponent,
        in: target.deletingLastPathComponent().path)
      context.printer.note("pictures: \(names.joined(separator: ", "))")
    }
    return .done
  }

  private static func measurable(
    _ context: RunContext
  ) throws -> [(cell: CellUnderTest, kind: CellUnderTest.Kind)] {
    var found: [(cell: CellUnderTest, kind: CellUnderTest.Kind)] = []
    var others: [String] = []
    let overrides = context.invocation.parameters
    var known = Set<String>()
    for path in context.invocation.arguments {
      let library = try CellLibrary(path, overrides: overrides, context)
      for cell in library.cells {
        known.formUnion(cell.parameters)
        if let kind = try cell.kind() {
          found.append((cell, kind))
        } else {
          others.append(cell.name)
        }
      }
    }
    if let (name, _) = overrides.first(where: { !known.contains($0.name) }) {
      throw UsageError(
        "no cell has a parameter '\(name)'",
        help: NearMiss.sentence(for: name, among: known.sorted()))
    }
    if !others.isEmpty {
      context.printer.note("not measured: \(others.joined(separator: ", "))")
    }
    if found.isEmpty {
      throw Fault(
        "nothing-to-measure", "the libraries hold no cell that can be measured",
        help: "'oscine help characterize' says what an oscillator and a delay are")
    }
    return found
  }
}
