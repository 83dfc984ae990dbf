/// The completion script for bash, from the commands' tables.
enum BashCompletion {
  static func text(_ commands: [CommandDescription]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    var lines = [
      "# bash completion for oscine \(Version.number); made by: oscine help --completion bash",
      "_oscine() {",
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"",
      "  local command=\"${COMP_WORDS[1]}\"",
      "  COMPREPLY=()",
      "  if ((COMP_CWORD == 1)); then",
      "    COMPREPLY=($(compgen -W \"\(names) --help --version\" -- \"$word\"))",
      "    return",
      "  fi",
      "  case \"$command\" in",
    ]
    for command in commands { lines += branch(command, names) }
    lines += ["  esac", "}", "complete -o filenames -F _oscine oscine"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func branch(_ command: CommandDescription, _ names: String) -> [String] {
    var lines = ["    \(command.name))", "      case \"$previous\" in"]
    for option in command.options {
      guard let reply = reply(option.value) else { continue }
      let patterns = (option.short.map { ["-\($0)"] } ?? []) + ["--\(option.long)"]
      lines.append("        \(patterns.joined(separator: "|"))) \(reply); return ;;")
    }
    let options = command.allOptions.map { "--\($0.long)" }.joined(separator: " ")
    lines += [
      "      esac", "      if [[ $word == -* ]]; then",
      "        COMPREPLY=($(compgen -W \"\(options)\" -- \"$word\"))", "        return", "      fi",
    ]
    for argument in command.arguments {
      switch argument.completion {
      case .nothing: break
      case .commands:
        lines.append("      COMPREPLY=($(compgen -W \"\(names)\" -- \"$word\"))")
      case .files(let extensions):
        lines.append("      COMPREPLY=($(compgen -d -- \"$word\"))")
        for end in extensions {
          lines.append("      COMPREPLY+=($(compgen -f -X '!*.\(end)' -- \"$word\"))")
        }
      }
    }
    lines.append("      ;;")
    return lines
  }

  /// What completes an option's value; nil for a flag.
  private static func reply(_ value: CommandDescription.Option.Value) -> String? {
    switch value {
    case .none: nil
    case .text, .assignment, .integer, .number, .size: "COMPREPLY=()"
    case .file: "COMPREPLY=($(compgen -f -- \"$word\"))"
    case .directory: "COMPREPLY=($(compgen -d -- \"$word\"))"
    case .choice(let words):
      "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$word\"))"
    }
  }
}
