import Foundation
import TestSupport
import Testing

/// The manual is complete: pages can be found, and what the program reads and writes is explained.
@Suite struct DocumentTests {
  static func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.file(path), encoding: .utf8)
  }

  /// The files that a document links to, from the checkout's root; web addresses are left out.
  static func links(in path: String) throws -> [String] {
    let folder = URL(fileURLWithPath: "/" + path).deletingLastPathComponent()
    return try text(path).matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/).map {
      String(folder.appendingPathComponent(String($0.1)).standardizedFileURL.path.dropFirst())
    }
  }

  @Test func theIndexLeadsToEveryPage() throws {
    var reached: Set<String> = ["docs/README.md"]
    var ahead = Array(reached)
    while let page = ahead.popLast() {
      for link in try Self.links(in: page) where link.hasSuffix(".md") {
        if reached.insert(link).inserted { ahead.append(link) }
      }
    }
    for page in try SourceFile.all(in: ["docs"], endings: [".md"]) {
      #expect(reached.contains(page.path), "\(page.path): no way to it from docs/README.md")
    }
  }

  @Test func linksOutsideTheManualLeadSomewhere() throws {
    for file in try SourceFile.all(in: ["Tests", "netlists", "circuits"], endings: [".md"]) {
      for link in try Self.links(in: file.path) {
        let exists = FileManager.default.fileExists(atPath: Repository.file(link).path)
        #expect(exists, "\(file.path): no file \(link)")
      }
    }
  }

  /// Words that a source file's expression finds stand in code type on a page.
  static func expectNames(
    in sources: [String], _ patterns: [Regex<(Substring, Substring)>], on page: String,
    atLeast count: Int
  ) throws {
    let manual = try text(page)
    var names = Set<String>()
    for source in sources {
      let code = try text(source)
      for pattern in patterns { names.formUnion(code.matches(of: pattern).map { String($0.1) }) }
    }
    #expect(names.count >= count, "\(sources): the expressions find \(names.sorted()) only")
    for name in names.sorted() {
      #expect(manual.contains("`\(name)`"), "\(page) does not explain '\(name)'")
    }
  }

  @Test func viewsConstantsAreExplained() throws {
    let energy = try SourceFile.all(in: ["Sources/Energy"], endings: [".swift"]).map(\.path)
    try Self.expectNames(
      in: energy + ["Sources/Experiments/Recall/OscillatorCell.swift"],
      [/\.read\(\s*"([a-z_]+)"/, /positive\("([a-z_]+)"/, /value\("([a-z_]+)"/],
      on: "docs/views.md", atLeast: 20)
  }

  @Test func resultVariablesAreExplained() throws {
    try Self.expectNames(
      in: ["Sources/Experiments/Recall/RecallDataset.swift"],
      [
        /Variable\(\s*"([a-z_]+)"/, /each\("([a-z_]+)"/, /Axis\(\s*"([a-z_]+)"/,
        /attributes\["([a-z_]+)"\]/,
      ], on: "docs/results.md", atLeast: 30)
  }

  @Test func columnsOfTrialsAreExplained() throws {
    try Self.expectNames(
      in: ["Sources/Commands/Campaign/CampaignTrials.swift"], [/name: "([a-z_]+)"/],
      on: "docs/report.md", atLeast: 12)
  }

  @Test func reportFieldsAreExplained() throws {
    try Self.expectNames(
      in: ["Sources/Commands/RecallReport.swift"], [/"([A-Za-z]+)":\s/], on: "docs/results.md",
      atLeast: 20)
  }
}
