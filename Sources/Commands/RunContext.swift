import Experiments
import Foundation

/// What a command is given to work with: its parsed options, and the ways to the user.
final class RunContext {
  let command: CommandDescription
  let invocation: Invocation
  var printer: Printer
  /// How faults are shown; reading a deck sets the one that knows its text.
  var faultRenderer: any FaultRenderer = PlainFaultRenderer()

  init(command: CommandDescription, invocation: Invocation) {
    self.command = command
    self.invocation = invocation
    printer = Printer(quiet: invocation.flag("quiet"), json: invocation.flag("json"))
  }

  /// The first argument.
  /// - Precondition: the command's table has one that must be given.
  var argument: String { invocation.arguments[0] }

  /// Threads to use: `--jobs`, or one a processor.
  var jobs: Int { invocation.integer("jobs") ?? ProcessInfo.processInfo.activeProcessorCount }

  var seed: Int? { invocation.integer("seed") }

  /// A progress line on standard error for long work.
  func progress(_ label: String, unit: String) -> Progress {
    Progress(label: label, unit: unit, style: Progress.style(quiet: printer.quiet))
  }

  /// How an experiment of `total` units talks to the user: `--jobs`, ^C, and a progress line, which
  /// the caller finishes.
  func control(_ label: String, unit: String, total: Int) -> (RunControl, Progress) {
    Interrupt.willBePolled()
    let progress = progress(label, unit: unit)
    let control = RunControl(
      jobs: jobs, shouldStop: { Interrupt.isRequested },
      progress: { progress.update($0 * Double(total), of: Double(total)) })
    return (control, progress)
  }

  /// The directory of `--output`, or the given one, made where it is not there and tried by a
  /// write, so that a run does not find out at its end.
  /// - Throws: `UsageError` where the path is no directory, `RunFailure` where it cannot be made or
  ///   written.
  func outputDirectory(default fallback: String) throws -> URL {
    try OutputDirectory.prepared(invocation.text("output") ?? fallback)
  }
}

/// Directories that results go to.
enum OutputDirectory {
  /// - Parameter option: what names another directory.
  static func prepared(_ path: String, option: String = "--output") throws -> URL {
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    let exists = files.fileExists(atPath: path, isDirectory: &isDirectory)
    if exists, !isDirectory.boolValue {
      throw UsageError("'\(path)' is a file, not a directory for results")
    }
    let url = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try files.createDirectory(at: url, withIntermediateDirectories: true)
      let trial = url.appendingPathComponent(".oscine-\(ProcessInfo.processInfo.processIdentifier)")
      try Data().write(to: trial)
      try files.removeItem(at: trial)
    } catch {
      throw RunFailure(
        "the directory '\(path)' cannot be written: \(SystemReason.text(error))",
        help: "name another one with \(option)")
    }
    return url
  }
}

extension OutputDirectory {
  /// - Throws: `UsageError` where the folder that a file is to be written in is not there, or the
  ///   file's own path is a folder.
  static func check(parentOf path: String) throws(UsageError) {
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    if files.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw UsageError("'\(path)' is a directory, not a file to write")
    }
    let folder = (path as NSString).deletingLastPathComponent
    guard folder.isEmpty || files.fileExists(atPath: folder, isDirectory: &isDirectory),
      folder.isEmpty || isDirectory.boolValue
    else { throw UsageError("no directory '\(folder)' to write '\(path)' in") }
  }
}

/// Input files, checked before anything reads them.
enum InputFile {
  /// - Throws: `UsageError` where there is no such file, it is a directory, or it cannot be read.
  static func check(_ path: String, what: String) throws(UsageError) {
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isDirectory) else {
      let folder = (path as NSString).deletingLastPathComponent
      let beside = (try? files.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
      throw UsageError(
        "no \(what) '\(path)'",
        help: NearMiss.sentence(for: (path as NSString).lastPathComponent, among: beside.sorted()))
    }
    if isDirectory.boolValue { throw UsageError("'\(path)' is a directory, not a \(what)") }
    guard files.isReadableFile(atPath: path) else {
      throw UsageError("the \(what) '\(path)' cannot be read: permission denied")
    }
  }
}

/// The system's own words for an error that Foundation wraps.
enum SystemReason {
  static func text(_ error: any Error) -> String {
    var current: NSError? = error as NSError
    while let error = current {
      if error.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(error.code))) }
      current = error.userInfo[NSUnderlyingErrorKey] as? NSError
    }
    let denied: [CocoaError.Code] = [.fileWriteNoPermission, .fileReadNoPermission]
    let outer = error as NSError
    return outer.domain == NSCocoaErrorDomain && denied.contains { $0.rawValue == outer.code }
      ? String(cString: strerror(EACCES)) : error.localizedDescription
  }
}
