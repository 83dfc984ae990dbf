/// A mistake in the deck, or in a file it names, told to the user with its place. Every room throws
/// this for what a user can mend; only Commands prints it, through Netlist's renderer.
public struct Fault: Error, Hashable, Sendable {
  public enum Severity: String, Sendable { case error, warning }

  public var severity: Severity
  /// Stable, hyphenated, listed in docs/diagnostics.md: "unknown-model".
  public var identifier: String
  /// One line, lower case, no full stop: "no model named 'stoo'".
  public var message: String
  public var origin: Origin
  /// Said at the caret: "did you mean 'sto'?".
  public var label: String?
  /// What to try, on a line of its own.
  public var help: String?
  /// Hierarchical name of the instance in which the fault showed: "x1.x2".
  public var instancePath: String?

  public init(
    _ identifier: String, _ message: String, at origin: Origin = .none, label: String? = nil,
    help: String? = nil, instancePath: String? = nil, severity: Severity = .error
  ) {
    self.severity = severity
    self.identifier = identifier
    self.message = message
    self.origin = origin
    self.label = label
    self.help = help
    self.instancePath = instancePath
  }
}

/// Several faults found in one go.
public struct Faults: Error, Sendable {
  public var list: [Fault]
  public init(_ list: [Fault]) { self.list = list }
}
