import Foundation
import Testing

@testable import Netlist

@Suite struct IncludeTests {
  @Test func includesAndSections() throws {
    let folder = try DeckText.folder([
      "top.cir": "title\n.include \"lib/a.lib\"\n.lib 'lib/corners.lib' Fast\nR1 a 0 {k*s}\n",
      "lib/a.lib": ".param k=2\n.include b.lib\n.end\n.param k=3\n",
      "lib/b.lib": ".subckt s a\nR1 a 0 1\n.ends\n",
      "lib/corners.lib": ".lib slow\n.param s=1\n.endl\n.lib FAST\n.param s=5\n.endl fast\n",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let reading = DeckText.read(folder, "top.cir")
    #expect(reading.faults.isEmpty, "\(DeckText.shown(reading))")
    #expect(reading.circuit?.resistance("r1") == 10)
  }

  @Test func cyclesMissingFilesFoldersAndSections() throws {
    let folder = try DeckText.folder([
      "top.cir": """
      title
      .include "a.lib"
      .include "gone.lib"
      .include "sub"
      .lib "c.lib" slwo
      """,
      "a.lib": ".include \"b.lib\"\n", "b.lib": ".include \"a.lib\"\n", "sub/x": "",
      "c.lib": ".lib slow\n.endl\n",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let reading = DeckText.read(folder, "top.cir")
    #expect(
      reading.faults.map(\.identifier) == [
        "no-such-file", "file-is-folder", "unknown-section", "include-cycle",
      ])
    #expect(reading.faults[2].label == "did you mean 'slow'?")
    let cycle = DiagnosticRenderer.render(reading.faults[3], in: reading.sources)
      .replacing(folder.path, with: "")
    #expect(
      cycle == """
        error[include-cycle]: 'a.lib' includes itself
         --> /b.lib:1:10
          |
        1 | .include "a.lib"
          |          ^^^^^^^ it is being read already
          = included at /a.lib:1
          = included at /top.cir:2
        """)
  }

  @Test func aMissingDeck() {
    let reading = DeckReader.read(path: "/nowhere/at all.cir", devices: [])
    #expect(DeckText.shown(reading) == "error[no-such-file]: no file '/nowhere/at all.cir'")
    #expect(reading.circuit == nil)
  }

  /// Thirty files that include the next one twice are a thousand million readings.
  @Test func includesDoNotMultiplyWithoutBound() throws {
    var files = ["top.cir": "title\n.include \"f0.inc\"\nR1 a 0 1\n", "f30.inc": "* nothing\n"]
    for depth in 0..<30 {
      files["f\(depth).inc"] = String(repeating: ".include \"f\(depth + 1).inc\"\n", count: 2)
    }
    let folder = try DeckText.folder(files)
    defer { try? FileManager.default.removeItem(at: folder) }
    let reading = DeckText.read(folder, "top.cir")
    #expect(reading.faults.map(\.identifier) == ["deck-too-large"])
  }
}
