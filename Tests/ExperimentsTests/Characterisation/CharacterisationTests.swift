import Foundation
import Schematic
import TestSupport
import Testing

@testable import Experiments

@Suite struct CharacterisationTests {
  /// FNV-1a of the empty text and of "foobar", as its draft lists them.
  @Test func digests() {
    #expect(CellText.digest([]) == "fnv1a64:cbf29ce484222325")
    #expect(CellText.digest(Array("foobar".utf8)) == "fnv1a64:85944171f73967e8")
  }

  @Test(arguments: [
    ("/a/b/c.lib", "/a/b", "c.lib"), ("/a/c.lib", "/a/b/d", "../../c.lib"),
    ("/c/d.lib", "/a", "../c/d.lib"),
  ])
  func relativePaths(_ file: String, _ folder: String, _ path: String) {
    #expect(CellText.path(of: file, from: folder) == path)
  }

  @Test func digitsAndFits() {
    #expect(123456.789.rounded(digits: 3) == 123000)
    #expect((-0.00123456).rounded(digits: 2) == -0.0012)
    let line = LineFit([1, 2, 4], [5, 7, 11])
    #expect(abs(line.slope - 2) < 1e-14 && abs(line.intercept - 3) < 1e-14)
    #expect(line.residual < 1e-14)
    let x = [1.1, 1.2, 1.3, 1.4]
    let parabola = ParabolaFit(x, x.map { ($0 - 1) * (3 - $0) })
    #expect(abs(parabola.root - 1) < 1e-10)
    #expect(abs(parabola.slope(at: 1) - 2) < 1e-9)
  }

  @Test func kindsOfCells() throws {
    #expect(try LibraryCell.neuron().kind() == .oscillator)
    let stage = try LibraryCell.delayStage()
    #expect(try stage.kind() == .delay && stage.viewName == "delay_chain")
    #expect(try LibraryCell.delayChain().kind() == .synapse)
    let weight = try LibraryCell.named(
      "tapped_weight", ports: ["tap", "out", "vdd", "vss"], parameters: ["weight"],
      in: "tapped-chain.lib")
    #expect(try weight.kind() == nil)
  }

  /// Measured constants replace stand-ins; what was not measured stays, marked.
  @Test func standInsStayMarked() throws {
    func constant(_ value: Double, standIn: Bool) -> View.Constant {
      View.Constant(value: value, unit: "1", source: "here", standIn: standIn)
    }
    var library = ViewLibrary(cells: [
      View(
        cell: "a", kind: "delay",
        constants: ["x": constant(1, standIn: true), "y": constant(2, standIn: true)])
    ])
    library.replace(
      View(cell: "a", kind: "delay", constants: ["x": constant(3, standIn: false)]))
    let curve = { (name: String) in View.Curve(name: name, columns: []) }
    library.replace(View(cell: "a", kind: "delay", constants: [:], curves: [curve("one")]))
    library.replace(View(cell: "a", kind: "delay", constants: [:], curves: [curve("two")]))
    #expect(library.view(of: "a")?.curves?.map(\.name) == ["one", "two"])
    let constants = try #require(library.view(of: "a")).constants
    #expect(constants["x"]?.value == 3 && constants["x"]?.standIn == false)
    #expect(constants["y"]?.value == 2 && constants["y"]?.standIn == true)
  }

  /// The shipped views are those of the shipped cells' text.
  @Test(arguments: [
    "measured.json", "measured-185uA.json", "measured-ring.json", "measured-vanadium.json",
    "measured-spin-hall.json", "measured-vortex.json",
  ])
  func shippedViewsAreFresh(_ name: String) throws {
    let path = Repository.file("circuits/memory/\(name)").path
    let library = try ViewFile.read(ViewsCard(path: path, origin: .none))
    #expect(library.cells.filter { $0.provenance != nil }.count == 6)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(ViewFile.text(library) == text)
  }

  @Test func staleViewsAreRefused() throws {
    try Scratch.with { folder in
      let cell = folder.appendingPathComponent("cell.lib")
      try "* first".write(to: cell, atomically: true, encoding: .utf8)
      let view = View(
        cell: "a", kind: "delay", constants: [:],
        provenance: View.Provenance(
          program: "oscine", file: "cell.lib", digest: CellText.digest(Array("* first".utf8)),
          settings: [:]))
      let path = folder.appendingPathComponent("views.json").path
      try ViewFile.text(ViewLibrary(cells: [view])).write(
        toFile: path, atomically: true, encoding: .utf8)
      let card = ViewsCard(path: path, origin: .none)
      #expect(try ViewFile.read(card).cells == [view])
      for change in ["* second", nil] {
        if let change {
          try change.write(to: cell, atomically: true, encoding: .utf8)
        } else {
          try FileManager.default.removeItem(at: cell)
        }
        let faults = #expect(throws: Faults.self) { try ViewFile.read(card) }
        #expect(faults?.list.map(\.identifier) == ["stale-view"])
      }
    }
  }
}
