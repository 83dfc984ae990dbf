import Schematic
import Testing

@testable import Netlist

@Suite struct DiagnosticRendererTests {
  @Test func theExampleOfTheManual() {
    let reading = DeckText.read(
      ".model sto r rsh=1\n.subckt s a\nR1 a 0 stoo l=1\n.ends\nX1 a s")
    let fault = Fault(
      "unknown-model", "no model named 'stoo'",
      at: Origin(file: 0, offset: 44, length: 4), label: "did you mean 'sto'?",
      help: "see the manual", instancePath: "x1")
    #expect(
      DiagnosticRenderer.render(fault, in: reading.sources) == """
        error[unknown-model]: no model named 'stoo'
         --> test.cir:4:8
          |
        4 | R1 a 0 stoo l=1
          |        ^^^^ did you mean 'sto'?
          = in instance x1
          = help: see the manual
        """)
  }

  @Test func longLinesAreCutAroundTheCaret() {
    let ones = String(repeating: "1+", count: 500)
    let deck = "R1 a 0 {\(ones)$\(ones)1}"
    let text = DeckText.shown(DeckText.read(deck)).split(separator: "\n")
    #expect(text.count == 5)
    #expect(text.allSatisfy { $0.count < 130 })
    func column(_ mark: Character, of line: Substring) -> Int? {
      line.firstIndex(of: mark).map { line.distance(from: line.startIndex, to: $0) }
    }
    #expect(column("^", of: text[4]) != nil)
    #expect(column("^", of: text[4]) == column("$", of: text[3]))
    #expect(text[3].contains("| ...1+"))
    #expect(text[3].hasSuffix("..."))
  }

  @Test func tabsAccentsAndControlCharacters() {
    let text = DeckText.shown(DeckText.read("R1\té\u{1B}[31m\t0\tnowhere_at_all\t1"))
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\t"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.contains { $0.hasPrefix("2 | R1 é\u{FFFD}[31m 0 nowhere_at_all 1") })
  }

  @Test func continuationLinesPointIntoTheirOwnLine() {
    let text = DeckText.shown(DeckText.read(".param a=1\n* between\n+ b={nope}"))
    #expect(
      text == """
        error[unknown-parameter]: no parameter named 'nope'
         --> test.cir:4:6
          |
        4 | + b={nope}
          |      ^^^^
        """)
  }
}
