import AssociativeMemory
import Pictures
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
    let context = RunContext(command: command.description, invocation: invocation)
    do {
      return try command.run(context)
    } catch {
      return report(error, renderer: context.faultRenderer)
    }
  }

  /// Tells an error on standard error and gives the exit status it stands for.
  static func report(_ error: any Error, renderer: any FaultRenderer) -> ExitStatus {
    switch error {
    case let error as UsageError:
      tell(error.message, help: error.help)
      return .mistaken
    case let error as RunFailure:
      tell(error.message, help: error.help)
      return .failed
    case let failure as StoreFailure:
      tell(failure.description, help: failure.help)
      return failure.isMistake ? .mistaken : .failed
    case let fault as Fault:
      Printer.tell(renderer.text(fault))
      return .mistaken
    case let faults as Faults:
      for fault in faults.list { Printer.tell(renderer.text(fault)) }
      return .mistaken
    case let error as FileError:
      tell(error.description, help: nil)
      return error.problem == .unwritable ? .failed : .mistaken
    case let error as PictureError:
      tell(error.description, help: help(error))
      return [.unreadable, .malformed, .tooLarge].contains(error.problem) ? .mistaken : .failed
    case let error as PatternFailure:
      tell(error.description, help: nil)
      return .mistaken
    case let error as TrainingFailure:
      tell(error.description, help: nil)
      if case .factorisation = error { return .failed }
      return .mistaken
    case is Interrupted:
      Printer.tell("interrupted")
      return .interrupted
    default:
      tell("\(error)", help: nil)
      return .failed
    }
  }

  private static func help(_ error: PictureError) -> String? {
    error.problem == .plotterMissing ? "install gnuplot; script and data are written" : nil
  }

  private static func tell(_ message: String, help: String?) {
    Printer.tell("error: \(message)" + (help.map { "\n  help: \($0)" } ?? ""))
  }
}
