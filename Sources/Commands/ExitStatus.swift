/// How a command ended, as the shell sees it.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case failed = 1
  case mistaken = 2
  case interrupted = 130

  /// One sentence for the manual.
  var meaning: String {
    switch self {
    case .done: "The command did all that was asked."
    case .failed: "The run failed or stopped early, or a file could not be written."
    case .mistaken: "The deck, a file it names, or the command line is wrong."
    case .interrupted: "Interrupted with ^C; results so far are kept."
    }
  }
}

/// A mistake on the command line.
struct UsageError: Error, Equatable {
  /// One line, lower case, no full stop.
  var message: String
  /// What to try, on a line of its own.
  var help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// A run that could not be finished, or a file that could not be written.
struct RunFailure: Error, Equatable {
  /// One line, lower case, no full stop.
  var message: String
  /// What to try, on a line of its own.
  var help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// Thrown where a command stops because of ^C, after it has kept what it has.
struct Interrupted: Error {}
