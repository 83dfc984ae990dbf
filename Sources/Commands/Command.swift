/// A subcommand of `oscine`: one file each, one line in `CommandList`.
protocol Command: SendableMetatype {
  static var description: CommandDescription { get }

  /// Does the work.
  /// - Throws: `UsageError`, `Fault` and `Faults` (exit status 2), `Interrupted` (130), anything
  ///   else (1).
  static func run(_ context: RunContext) throws -> ExitStatus
}

/// What a subcommand declares of itself: the table from which the parser, the help text, the manual
/// page and the shell's completion are made.
struct CommandDescription: Sendable {
  /// What the shell offers for an argument.
  enum Completion: Sendable {
    case nothing
    /// Files that end so, and directories.
    case files([String])
    /// Names of commands.
    case commands
  }

  struct Argument: Sendable {
    enum Count: Sendable { case one, optional, oneOrMore }

    /// Upper case, as help shows it: "DECK".
    var name: String
    var count: Count
    /// One sentence.
    var summary: String
    var completion = Completion.nothing
  }

  struct Option: Sendable {
    enum Value: Sendable, Equatable {
      case none
      /// Free text; the metavariable that help shows.
      case text(String)
      /// A file to be written; the metavariable that help shows.
      case file(String)
      case directory
      /// `name=value`.
      case assignment
      /// A whole number in a range.
      case integer(String, ClosedRange<Int>)
      /// A finite number, with SPICE suffixes.
      case number(String)
      /// `16x12`: columns and rows.
      case size
      case choice([String])
    }

    var long: String
    var short: Character?
    var value: Value
    /// As help shows it; nil when there is none.
    var defaultText: String?
    var repeatable = false
    /// One sentence.
    var summary: String
  }

  struct Example: Sendable {
    var line: String
    /// What it does: one sentence.
    var summary: String
  }

  var name: String
  /// One line, no full stop: "run every analysis in a deck".
  var summary: String
  /// Paragraphs of the long help.
  var details: [String]
  var arguments: [Argument]
  var options: [Option]
  var examples: [Example]
  /// Whether processes that mpirun starts share the work of one run.
  var isShared = false

  /// The options with `--help`, which every command has.
  var allOptions: [Option] { options + [CommonOption.help] }
}

/// Arguments that several commands share.
enum CommonArgument {
  static let deck = CommandDescription.Argument(
    name: "DECK", count: .one, summary: "The deck to read.", completion: .files(["cir", "sp"]))
}

/// Options that several commands share, declared once so that they mean the same everywhere. A
/// command lists those it heeds: an option that would be ignored is refused.
enum CommonOption {
  typealias Option = CommandDescription.Option

  static let help = Option(
    long: "help", short: "h", value: .none, summary: "Print this help and exit.")
  static let parameter = Option(
    long: "param", short: "p", value: .assignment, repeatable: true,
    summary: "Set a top-level parameter of the deck in place of its `.param`.")
  static let output = Option(
    long: "output", short: "o", value: .directory,
    summary: "Directory for result files; made when it is not there.")
  static let seed = Option(
    long: "seed", value: .integer("N", 0...Int.max),
    summary: "Seed of every random draw, in place of the deck's `.options seed`.")
  static let jobs = Option(
    long: "jobs", short: "j", value: .integer("N", 1...4096),
    summary: "Number of threads; results do not depend on it. Default: one a processor.")
  static let quiet = Option(
    long: "quiet", short: "q", value: .none,
    summary: "No progress and no notes on standard error; errors are still told.")
  static let json = Option(
    long: "json", value: .none,
    summary: "Print one JSON object on standard output in place of text.")
}
