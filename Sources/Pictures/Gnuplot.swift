import Foundation

/// The gnuplot program (5.4 or later), which draws all figures.
public struct Gnuplot: Sendable {
  /// Name to look up in the search path, or a path.
  public var program: String

  public init(program: String = "gnuplot") { self.program = program }

  /// Writes `<stem>.gp` and `<stem>.tsv` into `directory` and runs the script, which draws
  /// `<stem>.png` and, if told, `<stem>.svg`. Pictures appear whole or not at all; script and data
  /// stay beside them, and `gnuplot <stem>.gp` in that directory draws them again.
  ///
  /// - Throws: `PictureError`.
  func draw(
    script: String, data: String, stem: String, in directory: String, extensions: [String]
  ) throws {
    let folder = URL(fileURLWithPath: directory, isDirectory: true)
    let file = { (name: String) in folder.appendingPathComponent(name) }
    try writeWhole(Data(data.utf8), to: file("\(stem).tsv").path)
    try writeWhole(Data(script.utf8), to: file("\(stem).gp").path)
    let picture = file("\(stem).\(extensions[0])").path
    let temporary = ".\(stem).\(ProcessInfo.processInfo.processIdentifier).part"
    defer {
      for kind in extensions {
        try? FileManager.default.removeItem(at: file("\(temporary).\(kind)"))
      }
    }
    try run(
      ["-d", "-e", "stem = \(Gnuplot.quoted(temporary))", "./\(stem).gp"], in: folder, for: picture)
    for kind in extensions {
      let made = file("\(temporary).\(kind)").path
      guard let content = try? Data(contentsOf: URL(fileURLWithPath: made)), !content.isEmpty
      else { throw PictureError(picture, .plotterFailed, "gnuplot drew nothing") }
      // gnuplot does not notice a full disk.
      let end = Data((PictureFormat(rawValue: kind) ?? .png).end.utf8)
      guard content.suffix(16).range(of: end) != nil else {
        throw PictureError(picture, .unwritable, "the picture is cut off; is the disk full?")
      }
      guard rename(made, file("\(stem).\(kind)").path) == 0 else {
        throw PictureError(picture, .unwritable, String(cString: strerror(errno)))
      }
    }
  }

  private func run(_ arguments: [String], in folder: URL, for picture: String) throws {
    guard let executable = locate() else {
      throw PictureError(
        picture, .plotterMissing, "the program '\(program)' is not installed or not in PATH")
    }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let messages = Pipe()
    process.standardError = messages
    do {
      try process.run()
    } catch {
      throw PictureError(picture, .plotterMissing, systemReason(error))
    }
    let said = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let lines = said.split(separator: "\n").suffix(4).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let reason = lines.filter { !$0.isEmpty && $0 != "^" }.joined(separator: "; ")
      throw PictureError(
        picture, .plotterFailed,
        "gnuplot ended with status \(process.terminationStatus): \(reason)")
    }
  }

  private func locate() -> URL? {
    let manager = FileManager.default
    if program.contains("/") {
      return manager.isExecutableFile(atPath: program) ? URL(fileURLWithPath: program) : nil
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").lazy
      .map { URL(fileURLWithPath: String($0)).appendingPathComponent(program) }
      .first { manager.isExecutableFile(atPath: $0.path) }
  }

  /// A gnuplot string that means exactly `text`: octal for what gnuplot would interpret, among it
  /// the backquote, which would run a command.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\042"
      case "`": result += "\\140"
      case "\n": result += "\\n"
      case _ where scalar.value < 32: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A number of a data file; NaN, which gnuplot skips, for what is not finite.
  static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "NaN" }

  /// A word of a data file, whose fields are separated by tabs.
  static func field(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline || $0 == "\"" ? " " : $0 })
  }
}
