import Foundation
import TestSupport
import Testing

/// The `oscine` that was built with these tests, run as a user runs it.
struct BuiltProgram {
  var status: Int32
  var output: String
  var errors: String

  /// Beside the test bundle, wherever the platform puts that.
  static func executable() throws -> URL {
    var folder = try #require(Bundle.main.executableURL).deletingLastPathComponent()
    let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
    var folders = [folder]
    for bundle in bundles {
      folders.append(URL(fileURLWithPath: bundle).deletingLastPathComponent())
    }
    for _ in 0..<3 {
      folder = folder.deletingLastPathComponent()
      folders.append(folder)
    }
    let candidates = folders.map { $0.appendingPathComponent("oscine") }
    return try #require(
      candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) },
      "no oscine beside the tests")
  }

  static func run(
    _ words: String..., in directory: URL? = nil, output: FileHandle? = nil
  ) throws -> BuiltProgram {
    try run(words, in: directory, output: output)
  }

  /// Runs it to its end in `directory` (the checkout's root when nil), without input.
  static func run(
    _ words: [String], in directory: URL? = nil, output: FileHandle? = nil
  ) throws -> BuiltProgram {
    try Scratch.with { scratch in
      let files = ["output", "errors"].map { scratch.appendingPathComponent($0) }
      for file in files { try Data().write(to: file) }
      let handles = try files.map { try FileHandle(forWritingTo: $0) }
      let process = Process()
      process.executableURL = try executable()
      process.arguments = words
      process.currentDirectoryURL = directory ?? Repository.root
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output ?? handles[0]
      process.standardError = handles[1]
      try process.run()
      process.waitUntilExit()
      return BuiltProgram(
        status: process.terminationStatus,
        output: try String(contentsOf: files[0], encoding: .utf8),
        errors: try String(contentsOf: files[1], encoding: .utf8))
    }
  }

  /// The one object that `--json` prints.
  func object() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(value as? [String: Any])
  }
}

/// Folders that live as long as a test.
enum Scratch {
  static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("oscine-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Names of everything in a folder, hidden files too.
  static func contents(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}
