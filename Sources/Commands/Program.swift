import AssociativeMemory
import Pictures
import Ranks
import Schematic
import Sweep
import Waveforms

/// From the words of the command line to an exit status: the one place where errors become text.
enum Program {
  static func run(_ words: [String]) -> ExitStatus {
    do {
      return try start(words)
    } catch {
      return report(error, renderer: PlainFaultRenderer())
    }
  }

  private static func start(_ words: [String]) throws -> ExitStatus {
    guard let name = words.first else {
      Printer.tell(HelpText.overview(CommandList.all.map { $0.description }))
      return .mistaken
    }
    switch name {
    case "--help", "-h": return try start(["help"])
    case "--version":
      try Printer().print("oscine \(Version.number)")
      return .done
    default: break
    }
    if name.hasPrefix("-") {
      throw UsageError(
        "no option '\(name)' before the command",
        help: NearMiss.sentence(for: name, among: ["--help", "--version"])
          ?? "options follow the command: oscine COMMAND [ARGUMENTS] [OPTIONS]")
    }
    let command = try CommandList.command(named: name)
    let invocation = try CommandLineParser.parse(
      Array(words.dropFirst()), for: command.description)
    if invocation.flag("help") {
      try Printer().print(HelpText.text(command.description))
      return .done
    }
    if let launched = LaunchedRank(), !command.description.isShared {
      throw UsageError(
        "'oscine \(name)' is for one process, and \(launched.count) of them were started",
        help: "mpirun is for: \(CommandList.shared.joined(separator: ", "))")
    }
    let context = RunContext(command: command.description, invocation: invocation)
    do {
      return try command.run(context)
    } catch {
      return report(error, renderer: context.faultRenderer)
    }
  }

  /// Tells an error on standard error and gives the exit status it stands for.
  static func report(_ error: any Error, renderer: any FaultRenderer) -> ExitStatus {
    let (text, status) = outcome(of: error, renderer)
    Printer.tell(text)
    return status
  }

  /// What an error is told as, and the exit status it stands for.
  static func outcome(
    of error: any Error, _ renderer: any FaultRenderer
  ) -> (text: String, status: ExitStatus) {
    switch error {
    case let error as UsageError: (text(error.message, error.help), .mistaken)
    case let error as RunFailure: (text(error.message, error.help), .failed)
    case let failure as RankFailure: (text(failure.description, failure.help), .failed)
    case let failure as StoreFailure:
      (text(failure.description, failure.help), failure.isMistake ? .mistaken : .failed)
    case let fault as Fault: (renderer.text(fault), .mistaken)
    case let faults as Faults:
      (faults.list.map { renderer.text($0) }.joined(separator: "\n"), .mistaken)
    case let error as FileError:
      (text(error.description), error.problem == .unwritable ? .failed : .mistaken)
    case let error as PictureError:
      (
        text(error.description, help(error)),
        [.unreadable, .malformed, .tooLarge].contains(error.problem) ? .mistaken : .failed
      )
    case let error as PatternFailure: (text(error.description), .mistaken)
    case let error as TrainingFailure: (text(error.description), status(error))
    case is Interrupted: ("interrupted", .interrupted)
    default: (text("\(error)"), .failed)
    }
  }

  private static func status(_ error: TrainingFailure) -> ExitStatus {
    if case .factorisation = error { .failed } else { .mistaken }
  }

  private static func help(_ error: PictureError) -> String? {
    error.problem == .plotterMissing ? "install gnuplot; script and data are written" : nil
  }

  private static func text(_ message: String, _ help: String? = nil) -> String {
    "error: \(message)" + (help.map { "\n  help: \($0)" } ?? "")
  }
}
