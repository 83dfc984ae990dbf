/// A file that could not be read or written, with its path and the reason in words.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: String, Hashable, Sendable {
    /// Not there, a directory, no permission, an input error.
    case unreadable
    /// There, but not what its kind of file must be; or larger than the reader's limit.
    case malformed
    /// No permission, no such directory, disk full.
    case unwritable
  }

  public var path: String
  public var problem: Problem
  /// One line, lower case, no full stop.
  public var reason: String

  public init(_ path: String, _ problem: Problem, _ reason: String) {
    self.path = path
    self.problem = problem
    self.reason = reason
  }

  public var description: String {
    switch problem {
    case .unreadable: "cannot read '\(path)': \(reason)"
    case .malformed: "cannot use '\(path)': \(reason)"
    case .unwritable: "cannot write '\(path)': \(reason)"
    }
  }
}
