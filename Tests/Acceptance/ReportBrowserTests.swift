import Foundation
import TestSupport
import Testing

/// A campaign's page in a browser, which runs its script: Chromium without a screen.
@Suite(.enabled(if: Browser.program != nil, "no chromium on the PATH"))
struct ReportBrowserTests {
  struct Found: Decodable {
    struct Sorted: Decodable {
      var up: [String]
      var upTold: String
      var down: [String]
      var downTold: String
      var others: Int
    }
    struct Film: Decodable {
      var beginsWithProbe: Bool
      var whilePlaying: String
      var advanced: Bool
      var pauses: Bool
      var steps: Bool
      var told: String
      var moved: Bool
    }
    struct Theme: Decodable {
      var before: String
      var after: String
    }
    var errors: [String]
    var figures: [Bool]
    var uniqueIds: Bool
    var danglingUses: Int
    var sorted: Sorted
    var film: Film
    var theme: Theme
  }

  @Test(.enabled(if: FileManager.hasProgram("gnuplot"), "gnuplot is not on the PATH"))
  func thePageWorks() throws {
    let found: Found = try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, store: "a.campaign").status == 0)
      let run = try BuiltProgram.run(["report", "a.campaign", "-q"], in: deck.folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      return try Self.look(at: URL(fileURLWithPath: deck.path("a.html")))
    }
    #expect(found.errors.isEmpty, "\(found.errors)")
    #expect(found.figures == [true, true, true, true])
    #expect(found.uniqueIds && found.danglingUses == 0)
    let errors = found.sorted.up.compactMap(Double.init)
    #expect(errors.count == 4 && errors == errors.sorted())
    #expect(found.sorted.down == found.sorted.up.reversed())
    #expect(found.sorted.upTold == "ascending" && found.sorted.downTold == "descending")
    #expect(found.sorted.others == 0)
    let film = found.film
    #expect(film.beginsWithProbe && film.advanced && film.pauses && film.steps && film.moved)
    #expect(film.whilePlaying == "Pause")
    #expect(film.told.hasPrefix("500 ns, error "), "\(film.told)")
    #expect(found.theme.before != found.theme.after)
  }

  /// What `Tests/Browser/report.js` finds on a page, of which it looks at a copy.
  static func look(at page: URL) throws -> Found {
    let script = try String(contentsOf: Repository.file("Tests/Browser/report.js"), encoding: .utf8)
    let watch = """
      <script>
      window.testErrors = [];
      addEventListener("error", (event) => window.testErrors.push(String(event.message)));
      addEventListener("securitypolicyviolation", (event) =>
        window.testErrors.push(event.violatedDirective));
      console.error = (...words) => window.testErrors.push(words.join(" "));
      </script>
      """
    var text = try String(contentsOf: page, encoding: .utf8)
    text = text.replacingOccurrences(of: "</head>", with: watch + "</head>")
    text = text.replacingOccurrences(of: "</body>", with: "<script>\(script)</script></body>")
    let copy = page.deletingPathExtension().appendingPathExtension("test.html")
    try text.write(to: copy, atomically: true, encoding: .utf8)
    let tree = try Browser.tree(of: copy)
    let match = try #require(tree.firstMatch(of: /data-found="([^"]*)"/), "the script has not run")
    let json = match.1.replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    return try JSONDecoder().decode(Found.self, from: Data(json.utf8))
  }
}

enum Browser {
  static let program: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").flatMap { ["\($0)/chromium", "\($0)/chromium-browser"] }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// The page's elements after its scripts and ten seconds of its own clock.
  static func tree(of page: URL) throws -> String {
    try Scratch.with { folder in
      let output = folder.appendingPathComponent("tree")
      try Data().write(to: output)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(program))
      process.arguments = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.path)/profile", "--window-size=1300,1000",
        "--virtual-time-budget=10000", "--dump-dom", page.absoluteString,
      ]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return try String(contentsOf: output, encoding: .utf8)
    }
  }
}
