import CSQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a store could not be used, with what SQLite and the system said.
public struct StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: Sendable {
    /// No such file.
    case missing
    /// It is there already.
    case exists
    /// It is something else than a store of campaigns.
    case foreign
    /// A store of another version of this program.
    case version
    /// A store, but damaged.
    case corrupt
    /// Of another campaign than was asked for.
    case different
    /// The disk is full, or the place is read-only.
    case unwritable
    /// Anything else that SQLite reports.
    case other
  }

  public var problem: Problem
  public var path: String
  /// One line, lower case, no full stop.
  public var reason: String
  /// What to try.
  public var help: String?

  public init(_ problem: Problem, _ path: String, _ reason: String, help: String? = nil) {
    self.problem = problem
    self.path = path
    self.reason = reason
    self.help = help
  }

  public var description: String { "store '\(path)': \(reason)" }

  /// Whether the command line is to blame, not the world.
  public var isMistake: Bool {
    switch problem {
    case .missing, .exists, .foreign, .version, .corrupt, .different: true
    case .unwritable, .other: false
    }
  }

  /// What SQLite's result code means for `path`.
  ///
  /// - Parameters:
  ///   - code: the extended result code.
  ///   - message: `sqlite3_errmsg`.
  ///   - system: errno of the last call to the system that failed; 0 where none did.
  static func of(_ code: Int32, _ message: String, system: Int32, path: String) -> StoreFailure {
    let kept = "what is written so far is kept: make room and go on with --resume"
    let words = system == 0 ? message : "\(message) (\(String(cString: strerror(system))))"
    switch code & 0xFF {
    case SQLITE_FULL: return StoreFailure(.unwritable, path, "the disk is full", help: kept)
    case SQLITE_NOTADB: return StoreFailure(.foreign, path, "it is no store of campaigns")
    case SQLITE_CORRUPT:
      return StoreFailure(.corrupt, path, "it is damaged: \(message)")
    case SQLITE_READONLY, SQLITE_PERM:
      return StoreFailure(.unwritable, path, "it cannot be written: \(words)")
    case SQLITE_CANTOPEN:
      return StoreFailure(.unwritable, path, "it cannot be opened: \(words)")
    case SQLITE_IOERR:
      return StoreFailure(.unwritable, path, "it cannot be written: \(words)", help: kept)
    case SQLITE_BUSY, SQLITE_LOCKED:
      return StoreFailure(.other, path, "another program keeps it locked")
    default: return StoreFailure(.other, path, "\(words) (SQLite \(code))")
    }
  }
}
