import Foundation
import TestSupport

/// The installed ngspice, run on small decks.
enum Ngspice {
  static let path = ["/usr/bin/ngspice", "/usr/local/bin/ngspice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  static var isInstalled: Bool { path != nil }

  /// Runs `deck`, whose control block prints `name = value` lines, and returns them in order.
  static func values(_ deck: String) throws -> [Double] {
    guard let path else { return [] }
    return try Scratch.with { folder in
      let file = folder.appendingPathComponent("deck.cir")
      try deck.write(to: file, atomically: true, encoding: .utf8)
      let process = Process()
      let pipe = Pipe()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = ["-b", file.path]
      process.currentDirectoryURL = folder
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
        guard line.hasPrefix("value = ") else { return nil }
        return Double(line.dropFirst(8).trimmingCharacters(in: .whitespaces))
      }
    }
  }

  /// A deck that sets the sources named, finds the operating point for each row and prints the
  /// expressions.
  static func points(
    _ body: String, sources: [String], rows: [[Double]], expressions: [String]
  ) throws -> [[Double]] {
    var deck = "points\n\(body)\n.options reltol=1e-9 abstol=1e-18 vntol=1e-12\n.control\n"
    deck += "set numdgt=15\n"
    for row in rows {
      for (source, value) in zip(sources, row) { deck += "alter \(source) dc=\(value)\n" }
      deck += "op\n"
      for expression in expressions { deck += "let value = \(expression)\nprint value\n" }
    }
    deck += ".endc\n.end\n"
    let all = try values(deck)
    let width = expressions.count
    guard all.count == rows.count * width else { return [] }
    return rows.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
  }
}
