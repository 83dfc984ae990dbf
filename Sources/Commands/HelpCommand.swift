/// `oscine help [COMMAND]`
enum HelpCommand: Command {
  static let description = CommandDescription(
    name: "help",
    summary: "explain a command; print the manual page or completion",
    details: [
      "Without an argument lists the commands. The manual page and the completion script are made"
        + " from the same tables as this text; `make install` puts them in their places."
    ],
    arguments: [
      .init(
        name: "COMMAND", count: .optional, summary: "The command to explain.",
        completion: .commands)
    ],
    options: [
      .init(long: "man", value: .none, summary: "Print the manual page in troff."),
      .init(
        long: "completion", value: .choice(["bash"]),
        summary: "Print the shell's completion script."
      ),
    ],
    examples: [
      .init(line: "oscine help check", summary: "Explains 'oscine check'."),
      .init(line: "oscine help --man | man -l -", summary: "Shows the manual page."),
    ])

  static func run(_ context: RunContext) throws -> ExitStatus {
    let commands = CommandList.all.map { $0.description }
    let invocation = context.invocation
    if invocation.flag("man"), invocation.flag("completion") {
      throw UsageError("'--man' and '--completion' exclude each other")
    }
    if invocation.flag("man") {
      try context.printer.print(ManualPage.text(commands))
    } else if invocation.flag("completion") {
      try context.printer.print(BashCompletion.text(commands))
    } else if let name = invocation.arguments.first {
      try context.printer.print(HelpText.text(CommandList.command(named: name).description))
    } else {
      try context.printer.print(HelpText.overview(commands))
    }
    return .done
  }
}
