import Schematic

/// Sorts the lines of a `.control` block of ngspice: analyses, measures and options say what cards
/// say and are read as such; all else is a script's, and is not run.
struct ControlScript {
  /// Commands that are cards without the point.
  private static let cards: Set<String> = [
    "op", "dc", "ac", "tran", "noise", "pss", "meas", "measure", "option", "options", "save",
  ]
  /// Commands that change nothing that is computed: looking, naming, ending.
  private static let silent: Set<String> = [
    "run", "quit", "exit", "bye", "echo", "set", "unset", "rusage", "display", "listing",
    "edisplay",
    "destroy", "settype", "version", "history", "help", "shell", "setplot", "inventory", "status",
  ]
  /// After these the circuit is no longer the one that the deck describes.
  private static let changes: Set<String> = [
    "alter", "altermod", "alterparam", "source", "mc_source", "setcirc", "remcirc", "edit",
    "circbyline", "loadsnapshot", "load", "reset",
  ]
  private static let conditions: Set<String> = ["if"]
  private static let loops: Set<String> = ["while", "dowhile", "foreach", "repeat"]

  /// What is read as cards, in order.
  private(set) var statements: [Statement] = []
  /// The same behind a change of the circuit, or in a condition.
  private(set) var lateStatements: [Statement] = []
  /// Commands gone past, each once.
  private(set) var skipped: [String] = []
  private var isChanged = false
  /// Of the open blocks: whether each depends on a condition.
  private var blocks: [Bool] = []

  /// Takes the next line of the block; `name` is its first word, the text in `cursor` the rest.
  mutating func take(_ name: Token, _ line: LogicalLine, _ rest: String) {
    switch name.text {
    case "end", "endif", "endwhile": _ = blocks.popLast()
    case let word where Self.conditions.contains(word):
      blocks.append(true)
      skip(word)
    case let word where Self.loops.contains(word):
      blocks.append(false)
      skip(word)
    case "else": return
    case let word where Self.silent.contains(word): return
    case let word where Self.changes.contains(word):
      isChanged = true
      skip(word)
    case let word where Self.cards.contains(word):
      guard !Self.dependsOnVariables(rest) else { return skip(word) }
      let card = Token(text: ".\(word)", origin: name.origin)
      let statement = Statement(name: card, line: line, isCommand: true)
      if isChanged || blocks.contains(true) {
        lateStatements.append(statement)
        skip(word)
      } else {
        statements.append(statement)
      }
    case let word: skip(word)
    }
  }

  private mutating func skip(_ word: String) {
    if !skipped.contains(word) { skipped.append(word) }
  }

  /// `tran $step $stop`: a value that only a script has.
  private static func dependsOnVariables(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.dropLast().contains { place in
      guard bytes[place] == UInt8(ascii: "$") else { return false }
      let next = bytes[place + 1]
      return next == UInt8(ascii: "&") || next == UInt8(ascii: "_")
        || (next | 32) >= 97
          && (next | 32) <= 122
    }
  }
}
