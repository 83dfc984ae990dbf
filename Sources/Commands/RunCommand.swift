import Devices
import Experiments
import Foundation
import Netlist
import Schematic
import Simulation
import Waveforms

/// `oscine run DECK`
enum RunCommand: Command {
  static let description = CommandDescription(
    name: "run",
    summary: "run every analysis in a deck",
    details: [
      "Simulates the deck's .op, .dc, .ac, .tran, .noise and .pss cards by Kirchhoff's laws, each"
        + " over all points of .step, and leaves one result file an analysis,"
        + " <deck>.<analysis>.<format>, in the output directory. Measures and harmonics are"
        + " printed. Memory cards are carried out as 'oscine recall' does.",
      "^C ends the run and keeps what was computed; the file then says that it is incomplete.",
    ],
    arguments: [CommonArgument.deck],
    options: [
      CommonOption.parameter, CommonOption.output,
      .init(
        long: "format", short: "f", value: .choice(ResultFormat.allCases.map(\.rawValue)),
        defaultText: "netcdf", summary: "Kind of result files."),
      CommonOption.seed, CommonOption.jobs, CommonOption.quiet, CommonOption.json,
    ],
    examples: [
      .init(
        line: "oscine run netlists/rectifier.cir -o results",
        summary: "Simulates the deck; results go to results/rectifier.cir.tran.netcdf."),
      .init(
        line: "oscine run ring.cir --format csv -p vdd=0.9",
        summary: "Writes comma-separated columns, with another supply."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let circuit = try context.readDeck()
    let plan = AnalysisPlan(circuit)
    let recalls = circuit.cards.contains { if case .recall = $0 { true } else { false } }
    guard !plan.analyses.isEmpty || recalls else {
      throw Fault(
        "nothing-to-run", "the deck '\(context.argument)' asks for no analysis",
        help: "add .op, .dc, .ac, .tran, .noise, .pss or .recall, or read the deck with"
          + " 'oscine check'")
    }
    var status = ExitStatus.done
    if !plan.analyses.isEmpty { status = try analyses(plan, circuit, context) }
    guard recalls, status == .done else { return status }
    return try CommandList.command(named: "recall").run(context)
  }

  private static func analyses(
    _ plan: AnalysisPlan, _ circuit: Circuit, _ context: RunContext
  ) throws -> ExitStatus {
    let name = URL(fileURLWithPath: context.argument).lastPathComponent
    let folder = try context.outputDirectory(default: ".")
    let format = ResultFormat(rawValue: context.invocation.text("format") ?? "netcdf")!
    let (control, progress) = context.control("simulation", unit: "%", total: 100)
    defer { progress.finish() }
    let run = try CircuitRun(
      circuit,
      CircuitRun.Destination(
        folder: folder.path, name: name, format: format,
        attributes: try context.provenance(circuit)),
      control, elaborate: { try elaborated(context, $0, $1) })
    var measured: [String: Double] = [:]
    var results: [AnalysisResult] = []
    for analysis in plan.analyses {
      let result = try run.run(analysis, measured: &measured)
      results.append(result)
      context.printer.note("results: \(result.path)")
      if !result.isComplete { break }
    }
    progress.finish()
    let report = AnalysisReport(circuit, run.grid, results)
    try context.printer.print(report.text)
    try context.printer.print(report.json)
    for warning in results.flatMap({ $0.steps.flatMap(\.warnings) }).uniqued {
      context.printer.complain(context.faultRenderer.text(warning))
    }
    for note in report.notes { context.printer.complain("note: \(note)") }
    if let failure = results.last?.failure {
      context.printer.complain("failed: \(failure.description)")
      return .failed
    }
    if results.last?.isComplete != true {
      context.printer.complain("interrupted: the results so far are kept")
      return .interrupted
    }
    return .done
  }

  private static func elaborated(
    _ context: RunContext, _ overrides: [(name: String, value: String)], _ temperature: Double?
  ) throws -> Circuit {
    let reading = DeckReader.read(
      path: context.argument, overrides: context.invocation.parameters + overrides,
      seed: context.seed.map(UInt64.init), temperature: temperature, devices: Catalogue.all)
    let errors = reading.faults.filter { $0.severity == .error }
    guard let circuit = reading.circuit, errors.isEmpty else { throw Faults(errors) }
    return circuit
  }
}

extension [Fault] {
  /// Each once, in the order of the first.
  fileprivate var uniqued: [Fault] {
    var seen = Set<Fault>()
    return filter { seen.insert($0).inserted }
  }
}
