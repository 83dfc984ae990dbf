public import Foundation

/// The `oscine` that was built with these tests, run as a user runs it.
public struct BuiltProgram: Sendable {
  public var status: Int32
  public var output: String
  public var errors: String

  /// Why a run could not be looked at.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
    public init(description: String) { self.description = description }
  }

  /// Beside the test bundle, wherever the platform puts that.
  public static func executable() throws -> URL {
    guard let own = Bundle.main.executableURL else {
      throw Failure(description: "the tests' own program has no path")
    }
    var folder = own.deletingLastPathComponent()
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
    guard
      let found = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path)
      })
    else { throw Failure(description: "no oscine beside the tests") }
    return found
  }

  public static func run(
    _ words: String..., in directory: URL? = nil, output: FileHandle? = nil
  ) throws -> BuiltProgram {
    try run(words, in: directory, output: output)
  }

  /// Runs it to its end in `directory` (the checkout's root when nil), without input.
  ///
  /// - Parameters:
  ///   - environment: set beside what the tests themselves have.
  ///   - launcher: a program and its first words that start it in its place, such as a shell with
  ///     limits; the program's path and words come behind.
  ///   - meanwhile: called while it runs.
  public static func run(
    _ words: [String], in directory: URL? = nil, output: FileHandle? = nil,
    environment: [String: String] = [:], launcher: [String] = [],
    meanwhile: (Process) throws -> Void = { _ in }
  ) throws -> BuiltProgram {
    try Scratch.with { scratch in
      let files = ["output", "errors"].map { scratch.appendingPathComponent($0) }
      for file in files { try Data().write(to: file) }
      let handles = try files.map { try FileHandle(forWritingTo: $0) }
      let process = Process()
      let all = launcher + [try executable().path] + words
      process.executableURL = URL(fileURLWithPath: all[0])
      process.arguments = Array(all.dropFirst())
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.currentDirectoryURL = directory ?? Repository.root
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output ?? handles[0]
      process.standardError = handles[1]
      try process.run()
      try meanwhile(process)
      process.waitUntilExit()
      return BuiltProgram(
        status: process.terminationStatus,
        output: try String(contentsOf: files[0], encoding: .utf8),
        errors: try String(contentsOf: files[1], encoding: .utf8))
    }
  }

  /// The one object that `--json` prints.
  public func object() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    guard let object = value as? [String: Any] else {
      throw Failure(description: "the output is no JSON object")
    }
    return object
  }
}
