// The command line is parsed by popt; its option table is built here from the command's own. popt
// lets options stand before, between and after arguments, ends them at `--`, and takes both
// `--output DIR` and `--output=DIR`, `-o DIR` and `-oDIR`.

import CPopt
import Netlist

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

enum CommandLineParser {
  typealias Option = CommandDescription.Option

  /// Parses the words that follow the command's name.
  /// - Throws: `UsageError` for an unknown option (with a near miss), a missing or unwanted value,
  ///   a value of the wrong kind, and a wrong number of arguments.
  static func parse(
    _ words: [String], for command: CommandDescription
  ) throws(UsageError) -> Invocation {
    let options = command.allOptions
    let table = PoptTable(options: options, words: [command.name] + words)
    guard let context = poptGetContext("oscine", table.count, table.words, table.options, 0) else {
      throw UsageError("the command line could not be read")
    }
    // popt keeps pointers into the table until its context is gone.
    defer { withExtendedLifetime(table) { _ = poptFreeContext(context) } }
    var invocation = Invocation()
    while true {
      let code = poptGetNextOpt(context)
      if code == -1 { break }
      if code < -1 { throw fault(code, context, command) }
      let option = options[Int(code) - 1]
      var text = ""
      if let value = poptGetOptArg(context) {
        text = String(cString: value)
        free(value)
      }
      try check(text, for: option)
      if !option.repeatable, option.value != .none, invocation.values[option.long] != nil {
        throw UsageError("option '--\(option.long)' is given twice")
      }
      if option.value == .none {
        invocation.values[option.long] = [""]
      } else {
        invocation.values[option.long, default: []].append(text)
      }
    }
    while let word = poptGetArg(context) { invocation.arguments.append(String(cString: word)) }
    if !invocation.flag("help") { try checkArguments(invocation.arguments, of: command) }
    return invocation
  }

  private static func fault(
    _ code: Int32, _ context: poptContext, _ command: CommandDescription
  ) -> UsageError {
    let written = poptBadOption(context, 0).map { String(cString: $0) } ?? ""
    let word = String(written.split(separator: "=", maxSplits: 1).first ?? "")
    switch code {
    case POPT_ERROR_BADOPT:
      let known = command.allOptions.map { "--\($0.long)" }
      return UsageError(
        "'oscine \(command.name)' has no option '\(word)'",
        help: NearMiss.sentence(for: word, among: known)
          ?? "see 'oscine help \(command.name)'")
    case POPT_ERROR_NOARG:
      return UsageError("option '\(word)' needs a value", help: "see 'oscine help \(command.name)'")
    case POPT_ERROR_UNWANTEDARG:
      return UsageError("option '\(word)' takes no value")
    default:
      let reason = poptStrerror(code).map { String(cString: $0) } ?? "error \(code)"
      return UsageError("option '\(word)': \(reason)")
    }
  }

  private static func check(_ text: String, for option: Option) throws(UsageError) {
    let name = "--\(option.long)"
    switch option.value {
    case .none, .text: return
    case .file, .directory:
      if text.isEmpty { throw UsageError("option '\(name)' needs a path, not an empty word") }
    case .assignment:
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count != 2 || parts[0].isEmpty || parts[1].isEmpty {
        throw UsageError(
          "option '\(name)' needs name=value, not '\(text)'", help: "for example: -p feedback=60u")
      }
    case .integer(_, let range):
      guard let value = Int(text), range.contains(value) else {
        let bound =
          range.upperBound == Int.max
          ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        throw UsageError("option '\(name)' needs a whole number \(bound), not '\(text)'")
      }
    case .number:
      if EngineeringNumber.value(text) == nil {
        throw UsageError(
          "option '\(name)' needs a number, not '\(text)'", help: "for example: 2.5u or 1e-6")
      }
    case .size:
      if ImageSize.value(text) == nil {
        throw UsageError(
          "option '\(name)' needs columns x rows, not '\(text)'", help: "for example: 16x12")
      }
    case .choice(let words):
      if !words.contains(text) {
        throw UsageError(
          "option '\(name)' is one of \(words.joined(separator: ", ")), not '\(text)'",
          help: NearMiss.sentence(for: text, among: words))
      }
    }
  }

  private static func checkArguments(
    _ given: [String], of command: CommandDescription
  ) throws(UsageError) {
    let help = "usage: \(HelpText.usage(command))"
    let needed = command.arguments.filter { $0.count != .optional }
    if given.count < needed.count {
      throw UsageError("'oscine \(command.name)' needs \(needed[given.count].name)", help: help)
    }
    let unbounded = command.arguments.contains { $0.count == .oneOrMore }
    if !unbounded, given.count > command.arguments.count {
      let extra = given[command.arguments.count]
      throw UsageError("'oscine \(command.name)' takes no argument '\(extra)'", help: help)
    }
    if let empty = given.firstIndex(of: "") {
      throw UsageError("argument \(empty + 1) is empty", help: help)
    }
  }
}

/// The C table and words that popt reads, alive as long as this is.
private final class PoptTable {
  private let strings: [UnsafeMutablePointer<CChar>]
  let options: UnsafeMutablePointer<CPoptRow>
  let words: UnsafeMutablePointer<UnsafePointer<CChar>?>
  let count: Int32

  init(options described: [CommandDescription.Option], words given: [String]) {
    var strings: [UnsafeMutablePointer<CChar>] = []
    func copy(_ text: String) -> UnsafeMutablePointer<CChar> {
      guard let copy = strdup(text) else { preconditionFailure("out of memory") }
      strings.append(copy)
      return copy
    }
    options = .allocate(capacity: described.count + 1)
    for (index, option) in described.enumerated() {
      let kind = option.value == .none ? POPT_ARG_NONE : POPT_ARG_STRING
      // A value other than 0 makes popt return it: the option's place in the table, from 1.
      (options + index).initialize(
        to: CPoptRow(
          longName: copy(option.long),
          shortName: option.short.map { CChar(bitPattern: $0.asciiValue ?? 0) } ?? 0,
          argInfo: UInt32(kind), arg: nil, val: Int32(index + 1), descrip: nil, argDescrip: nil))
    }
    // A row of zeros ends the table.
    (options + described.count).initialize(to: CPoptRow())
    words = .allocate(capacity: given.count + 1)
    for (index, word) in given.enumerated() {
      (words + index).initialize(to: UnsafePointer(copy(word)))
    }
    (words + given.count).initialize(to: nil)
    count = Int32(given.count)
    self.strings = strings
  }

  deinit {
    for string in strings { free(string) }
    options.deallocate()
    words.deallocate()
  }
}
