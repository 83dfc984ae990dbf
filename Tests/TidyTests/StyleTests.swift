import Foundation
import TestSupport
import Testing

/// Rules on the text of files, of which a reader would tire.
@Suite struct StyleTests {
  static let longest = 400
  static let widest = 100

  @Test func filesAreShort() throws {
    for file in try SourceFile.swift() {
      #expect(file.lines.count - 1 <= Self.longest, "\(file.path): a file is one noun; cut it")
    }
  }

  @Test func linesAreNarrowAndClean() throws {
    let code = try SourceFile.swift()
    let decks = try SourceFile.all(in: ["netlists", "circuits"], endings: [".cir", ".lib"])
    #expect(code.count > 20)
    for file in code + decks {
      for (index, line) in file.lines.enumerated() {
        let place = "\(file.path):\(index + 1)"
        #expect(line.count <= Self.widest, "\(place): wider than \(Self.widest) columns")
        #expect(!line.contains("\t"), "\(place): a tab")
        #expect(line.last != " ", "\(place): a trailing blank")
      }
    }
  }

  @Test func documentsAreClean() throws {
    var documents = try SourceFile.all(in: ["docs"], endings: [".md"])
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
      let text = try String(contentsOf: Repository.file(name), encoding: .utf8)
      documents.append(SourceFile(path: name, lines: text.components(separatedBy: "\n")))
    }
    for file in documents {
      for (index, line) in file.lines.enumerated() {
        let place = "\(file.path):\(index + 1)"
        #expect(!line.contains("\t"), "\(place): a tab")
        #expect(line.last != " ", "\(place): a trailing blank")
      }
    }
  }

  @Test func nothingIsLeftUnfinished() throws {
    // Put together here, so that this file does not find itself.
    let markers = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", ".dis" + "abled("]
    for file in try SourceFile.swift() {
      for (index, line) in file.lines.enumerated() {
        for marker in markers where line.contains(marker) {
          Issue.record("\(file.path):\(index + 1): \(marker)")
        }
      }
    }
  }

  /// Links between documents, and from them to files, lead somewhere.
  @Test func linksLeadSomewhere() throws {
    var documents = try SourceFile.all(in: ["docs"], endings: [".md"]).map(\.path)
    documents += ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    for path in documents {
      let file = Repository.file(path)
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
        let target = file.deletingLastPathComponent().appendingPathComponent(String(match.1))
        #expect(
          FileManager.default.fileExists(atPath: target.path), "\(path): no file \(match.1)")
      }
    }
  }

  static let formatter: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = path.split(separator: ":").map(String.init) + ["/opt/swift/usr/bin"]
    return folders.map { "\($0)/swift-format" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  @Test(.enabled(if: StyleTests.formatter != nil, "swift-format is not installed"))
  func formatterIsSilent() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.formatter))
    process.arguments = ["lint", "--strict", "--recursive", "Package.swift", "Sources", "Tests"]
    process.currentDirectoryURL = Repository.root
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    try process.run()
    let told = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: told, as: UTF8.self))")
  }
}
