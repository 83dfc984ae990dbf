import Devices
import Foundation
import TestSupport
import Testing

@testable import Netlist

/// A deck that is read many times: from the text of its first reading, cells alone, other samples.
@Suite struct ReadingAgainTests {
  static let path = Repository.file("netlists/recall.cir").path

  /// Without what is inside them, cells, synapses and parameters are the same.
  @Test func cellsAlone() throws {
    let whole = try #require(DeckReader.read(path: Self.path, devices: Catalogue.all).circuit)
    let cells = try #require(
      DeckReader.read(path: Self.path, cells: .nothing, devices: Catalogue.all).circuit)
    #expect(cells.cells.map(\.parameters) == whole.cells.map(\.parameters))
    #expect(cells.cells.count == 192)
    #expect(cells.instances.map(\.name) == ["vdd"] && whole.instances.count > 2000)
    #expect(
      cells.synapses[0].from.map { cells.nodeNames[Int($0)] } == (0..<192).map { "out[\($0)]" })
    #expect(cells.parameters == whole.parameters && cells.dependsOnSample)
  }

  /// Of very many elements those of one call of each subcircuit are read, and their mistakes found.
  @Test func oneOfEachCell() throws {
    func read(_ count: Int, _ value: String) throws -> DeckReader.Reading {
      let folder = try DeckText.folder([
        "a.cir": """
        title
        .subckt part x
        R1 x 0 \(value)
        R2 x 0 1
        .ends
        X[0:\(count - 1)] a part
        .end

        """
      ])
      defer { try? FileManager.default.removeItem(at: folder) }
      return DeckReader.read(
        path: folder.appendingPathComponent("a.cir").path, cells: .oneOfEach,
        devices: Catalogue.all)
    }
    let many = try #require(try read(100_000, "1").circuit)
    #expect(many.cells.count == 100_000 && many.instances.map(\.cell) == [0, 0])
    #expect(try read(100, "1").circuit?.instances.count == 200)
    let wrong = try read(100_000, "{q}")
    #expect(wrong.circuit == nil && wrong.faults.count == 1)
  }

  @Test func samplesDiffer() throws {
    func detuning(_ sample: Int) throws -> [Double?] {
      let reading = DeckReader.read(
        path: Self.path, sample: sample, cells: .nothing, devices: Catalogue.all)
      return try #require(reading.circuit).cells.map { $0.parameters["detuning"] }
    }
    #expect(try detuning(0) == detuning(0))
    #expect(try zip(detuning(0), detuning(1)).allSatisfy { $0 != $1 })
  }

  /// An edit between two readings is not seen by the second.
  @Test func theTextOfTheFirstReadingStays() throws {
    let folder = try DeckText.folder([
      "a.cir": "title\n.include \"b.inc\"\nR1 a 0 {p}\n.end\n", "b.inc": ".param p=5\n",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.cir").path
    let first = DeckReader.read(path: path, devices: Catalogue.all)
    #expect(first.circuit?.parameters == ["p": 5] && first.circuit?.dependsOnSample == false)
    try ".param p=6\n".write(
      to: folder.appendingPathComponent("b.inc"), atomically: true, encoding: .utf8)
    let again = DeckReader.read(path: path, texts: first.texts, devices: Catalogue.all)
    #expect(again.circuit?.parameters == ["p": 5])
    #expect(DeckReader.read(path: path, devices: Catalogue.all).circuit?.parameters == ["p": 6])
  }

  /// A card of the command line is read behind the deck, and its mistakes are shown in it.
  @Test func cardsOfTheCommandLine() throws {
    let good = DeckReader.read(
      path: Self.path, cards: [(".sweep spread int(1, 4, 9)", "--axis")], devices: Catalogue.all)
    let cards = try #require(good.circuit).cards
    guard case .sweep(let card) = cards[cards.count - 1] else {
      Issue.record("no sweep")
      return
    }
    #expect(card.axes[0].spacing == .whole && card.axes[0].values == [1, 2, 3, 4])
    let bad = DeckReader.read(
      path: Self.path, cards: [(".sweep sprad lin(1, 4, 9)", "--axis")], devices: Catalogue.all)
    let fault = try #require(bad.faults.first)
    #expect(fault.identifier == "unknown-parameter")
    #expect(bad.sources.file(fault.origin)?.path == "--axis")
  }
}
