import Testing

/// What ships is headed by what a reader needs to know first.
@Suite struct DeckHeadTests {
  /// The comment lines before the first line that is none (a deck's title apart), in lower case.
  static func head(_ file: SourceFile, titled: Bool) -> String {
    file.lines.dropFirst(titled ? 1 : 0)
      .prefix { $0.hasPrefix("*") || $0.allSatisfy(\.isWhitespace) }
      .joined(separator: "\n").lowercased()
  }

  @Test func decksSayWhatToSeeAndHowToRun() throws {
    for file in try SourceFile.all(in: ["netlists"], endings: [".cir"]) {
      let head = Self.head(file, titled: true)
      #expect(head.contains(/\bsee\b/), "\(file.path): say in its head what to see")
      #expect(head.contains(/\boscine [a-z]+\b/), "\(file.path): say in its head how to run it")
    }
  }

  @Test func partsSayTheirPortsUnitsAndSource() throws {
    for file in try SourceFile.all(in: ["circuits"], endings: [".lib"]) {
      let head = Self.head(file, titled: false)
      for word in ["ports", "units", "source"] {
        #expect(head.contains(word), "\(file.path): its head lacks its \(word)")
      }
    }
  }
}
