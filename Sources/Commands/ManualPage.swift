/// The manual page oscine(1), in troff's man macros, from the commands' tables.
enum ManualPage {
  static func text(_ commands: [CommandDescription]) -> String {
    var lines = [
      ".TH OSCINE 1 \"\" \"Oscine \(Version.number)\" \"User Commands\"",
      ".SH NAME", "oscine \\- simulate oscillator networks that compute",
      ".SH SYNOPSIS", ".B oscine", ".I COMMAND", "[\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]",
      ".SH DESCRIPTION",
      escaped(
        "Oscine reads a SPICE deck of coupled spin-torque oscillators, delay cells and ordinary"
          + " circuit elements, integrates it, recalls stored patterns on it and accounts for the"
          + " energy. Results go to standard output, everything else to standard error."),
      ".SH COMMANDS",
    ]
    for command in commands { lines += section(command) }
    lines.append(".SH EXIT STATUS")
    for status in ExitStatus.allCases {
      lines += [".TP", ".B \(status.rawValue)", escaped(status.meaning)]
    }
    lines += [".SH SEE ALSO", ".BR ngspice (1),", ".BR gnuplot (1)"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandDescription) -> [String] {
    var lines = [".SS oscine \(escaped(command.name))"]
    lines.append(escaped(capitalised(command.summary) + "."))
    lines += [".PP", ".B oscine \(escaped(command.name))", "[\\fIOPTIONS\\fR]"]
    for argument in command.arguments {
      lines.append("\\fI\(escaped(HelpText.form(argument)))\\fR")
    }
    for paragraph in command.details { lines += [".PP", escaped(paragraph)] }
    for argument in command.arguments {
      lines += [".TP", "\\fI\(escaped(argument.name))\\fR", escaped(argument.summary)]
    }
    for option in command.allOptions {
      lines += [".TP", head(option), escaped(HelpText.sentence(option))]
    }
    for example in command.examples {
      lines += [".PP", escaped(example.summary), ".PP", ".nf", ".RS", escaped(example.line)]
      lines += [".RE", ".fi"]
    }
    return lines
  }

  private static func head(_ option: CommandDescription.Option) -> String {
    var text = option.short.map { "\\fB\\-\(escaped(String($0)))\\fR, " } ?? ""
    text += "\\fB\\-\\-\(escaped(option.long))\\fR"
    if let metavariable = HelpText.metavariable(option.value) {
      text += " \\fI\(escaped(metavariable))\\fR"
    }
    return text
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The text with what troff would take for a command made plain; a hyphen stays a hyphen that
  /// can be copied into a shell.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
