import Foundation
import Netlist
import TestSupport
import Testing

@Suite struct DiagnosticsTests {
  @Test func alphabeticalAndUnique() {
    let identifiers = Diagnostics.all.map(\.identifier)
    #expect(identifiers == Set(identifiers).sorted())
  }

  /// Every identifier a fault of the deck is made with has its line, and every line its use.
  @Test func agreesWithTheSource() throws {
    var used: Set<String> = []
    for room in [
      "Netlist", "Schematic", "Devices", "Simulation", "Networks", "Experiments", "Energy",
      "Commands",
    ] {
      let folder = Repository.file("Sources/\(room)")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /Fault\(\s*"([a-z0-9-]+)",/) { used.insert(String(match.1)) }
        // a condition chooses between two
        for match in text.matches(of: /Fault\(\s*[A-Za-z]+ \? "([a-z-]+)" : "([a-z-]+)",/) {
          used.formUnion([String(match.1), String(match.2)])
        }
        // only(patterns, "patterns")
        for match in text.matches(of: /only\([a-z]+, "([a-z]+)"\)/) {
          used.insert("no-\(match.1)-card")
        }
        // duplicate("model", ...)
        for match in text.matches(of: /duplicate\("([a-z]+)"/) {
          used.insert("duplicate-\(match.1)")
        }
      }
    }
    let listed = Set(Diagnostics.all.map(\.identifier))
    #expect(used.subtracting(listed).sorted() == [])
    #expect(listed.subtracting(used).sorted() == [])
    #expect(used.count > 90)
  }

  @Test func theManualsPage() throws {
    let page = try String(contentsOf: Repository.file("docs/diagnostics.md"), encoding: .utf8)
    #expect(page == Diagnostics.page)
  }
}
