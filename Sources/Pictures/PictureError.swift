/// An image or plot that could not be read, made or written, with its path and the reason.
public struct PictureError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: String, Hashable, Sendable {
    /// Not there, a directory, no permission.
    case unreadable
    /// There, but no usable PNG.
    case malformed
    /// More points than the limit.
    case tooLarge
    /// No permission, no such directory, disk full.
    case unwritable
    /// gnuplot is not installed.
    case plotterMissing
    /// gnuplot stopped with an error.
    case plotterFailed
  }

  public var path: String
  public var problem: Problem
  /// One line (gnuplot's last lines for `plotterFailed`), lower case, no full stop.
  public var reason: String

  public init(_ path: String, _ problem: Problem, _ reason: String) {
    self.path = path
    self.problem = problem
    self.reason = reason
  }

  public var description: String {
    switch problem {
    case .unreadable: "cannot read '\(path)': \(reason)"
    case .malformed, .tooLarge: "cannot use '\(path)': \(reason)"
    case .unwritable: "cannot write '\(path)': \(reason)"
    case .plotterMissing, .plotterFailed: "cannot draw '\(path)': \(reason)"
    }
  }
}
