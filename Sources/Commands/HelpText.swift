/// Help as `oscine help` and `--help` print it, from the commands' tables.
enum HelpText {
  static let width = 80

  /// What `oscine help` prints: the commands in one screen.
  static func overview(_ commands: [CommandDescription]) -> String {
    var lines = [
      "Oscine simulates oscillator networks that compute, described by SPICE decks.", "",
      "usage: oscine COMMAND [ARGUMENTS] [OPTIONS]", "", "Commands:",
    ]
    lines += rows(commands.map { ($0.name, $0.summary) })
    lines += ["", "Options:"]
    lines += rows([
      ("-h, --help", "Print this help and exit."), ("--version", "Print the version and exit."),
    ])
    lines += ["", "Example:", "  oscine recall netlists/recall.cir", ""]
    lines.append("'oscine help COMMAND' explains a command and shows an example.")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What `oscine COMMAND --help` prints.
  static func text(_ command: CommandDescription) -> String {
    var lines = ["oscine \(command.name): \(command.summary)", "", "usage: \(usage(command))"]
    for paragraph in command.details { lines += [""] + wrapped(paragraph, width: width) }
    if !command.arguments.isEmpty {
      lines += ["", "Arguments:"]
      lines += rows(command.arguments.map { ($0.name, $0.summary) })
    }
    lines += ["", "Options:"]
    lines += rows(command.allOptions.map { (head($0), sentence($0)) })
    lines += ["", command.examples.count == 1 ? "Example:" : "Examples:"]
    for example in command.examples {
      lines.append("  \(example.line)")
      lines += wrapped(example.summary, width: width - 6).map { "      \($0)" }
    }
    lines += ["", "Exit status:"]
    lines += rows(ExitStatus.allCases.map { ("\($0.rawValue)", $0.meaning) })
    return lines.joined(separator: "\n") + "\n"
  }

  /// "oscine train [OPTIONS] IMAGE..."
  static func usage(_ command: CommandDescription) -> String {
    (["oscine", command.name, "[OPTIONS]"] + command.arguments.map(form)).joined(separator: " ")
  }

  static func form(_ argument: CommandDescription.Argument) -> String {
    switch argument.count {
    case .one: argument.name
    case .optional: "[\(argument.name)]"
    case .oneOrMore: "\(argument.name)..."
    }
  }

  /// "-o, --output DIR"
  static func head(_ option: CommandDescription.Option) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    return "\(short)--\(option.long)" + (metavariable(option.value).map { " \($0)" } ?? "")
  }

  /// What stands for the value: "DIR", or nil for a flag.
  static func metavariable(_ value: CommandDescription.Option.Value) -> String? {
    switch value {
    case .none: nil
    case .text(let name), .file(let name), .integer(let name, _), .number(let name): name
    case .directory: "DIR"
    case .assignment: "NAME=VALUE"
    case .size: "WxH"
    case .choice(let words): words.joined(separator: "|")
    }
  }

  /// The option's sentence, with what help adds to it.
  static func sentence(_ option: CommandDescription.Option) -> String {
    var text = option.summary
    if let value = option.defaultText { text += " Default: \(value)." }
    if option.repeatable { text += " May be repeated." }
    return text
  }

  /// Two columns, the second wrapped; a head too wide for the first stands on a line of its own.
  static func rows(_ pairs: [(String, String)]) -> [String] {
    let column = min(26, (pairs.map(\.0.count).max() ?? 0) + 2)
    var lines: [String] = []
    for (head, text) in pairs {
      var rest = wrapped(text, width: width - 2 - column)[...]
      if head.count + 2 > column {
        lines.append("  \(head)")
      } else {
        lines.append("  " + padded(head, column) + (rest.popFirst() ?? ""))
      }
      lines += rest.map { String(repeating: " ", count: column + 2) + $0 }
    }
    return lines
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
