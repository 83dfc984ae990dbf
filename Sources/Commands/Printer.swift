#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The two streams: results on standard output, everything else on standard error.
struct Printer: Sendable {
  var quiet = false
  var json = false
  /// Tells nobody anything: another process does.
  var silent = false

  /// Prints a result as text; nothing with `--json`.
  func print(_ text: String) throws {
    if !json { try Self.write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO) }
  }

  /// Prints the one object of `--json`; nothing without it.
  func print(_ value: JSON) throws {
    if json { try Self.write(value.rendered, to: STDOUT_FILENO) }
  }

  /// Tells the user something that is neither result nor mistake; nothing with `--quiet`.
  func note(_ text: String) { if !quiet { Self.tell(text) } }

  /// Tells the user of a mistake or a failure.
  func complain(_ text: String) { if !silent { Self.tell(text) } }

  /// Writes to standard error; there is nobody left to tell when that fails.
  static func tell(_ text: String) {
    try? write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Writes all of the text.
  /// - Throws: `RunFailure` where the stream cannot take it (a full disk). Where its reader has
  ///   gone the process ends as others do on SIGPIPE, without a word.
  static func write(_ text: String, to stream: Int32) throws(RunFailure) {
    var failure: Int32 = 0
    var copy = text
    copy.withUTF8 { bytes in
      var start = 0
      while start < bytes.count, failure == 0 {
        #if canImport(Darwin)
          let written = Darwin.write(stream, bytes.baseAddress! + start, bytes.count - start)
        #elseif canImport(Musl)
          let written = Musl.write(stream, bytes.baseAddress! + start, bytes.count - start)
        #else
          let written = Glibc.write(stream, bytes.baseAddress! + start, bytes.count - start)
        #endif
        if written >= 0 {
          start += written
        } else if errno != EINTR && errno != EAGAIN {
          failure = errno
        }
      }
    }
    if failure == EPIPE { exit(128 + SIGPIPE) }
    if failure != 0 {
      throw RunFailure("standard output cannot be written: \(String(cString: strerror(failure)))")
    }
  }
}
