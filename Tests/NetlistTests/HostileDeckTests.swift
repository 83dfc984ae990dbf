import Foundation
import Schematic
import Testing

@testable import Netlist

/// Decks made to harm: each gets its located fault, quickly.
@Suite(.timeLimit(.minutes(1))) struct HostileDeckTests {
  @Test func hugeArrays() {
    #expect(
      DeckText.identifiers(
        """
        .subckt s a
        R1 a 0 1
        .ends
        X[0:999999999] a s
        R[0:99999999999999999999] a 0 1
        R2[0:9999999][0:9999999] a 0 1
        R3 n[0:999999999] 0 1
        """) == [
          "array-too-large", "malformed-array", "array-too-large", "array-too-large",
        ])
  }

  @Test func exponentialSubcircuits() {
    let levels = (1...30).map { level in
      ".subckt s\(level) a\n" + (0..<10).map { "X\($0) a s\(level - 1)" }.joined(separator: "\n")
        + "\n.ends"
    }
    let deck = ".subckt s0 a\nR1 a 0 1\n.ends\n" + levels.joined(separator: "\n") + "\nX1 a s30"
    #expect(DeckText.identifiers(deck) == ["circuit-too-large"])
  }

  @Test func deepBlocks() {
    let deepIf = String(repeating: ".if (1)\n", count: 100_000)
    #expect(DeckText.identifiers(deepIf).contains("nesting-too-deep"))
    let deepSubcircuit = (0..<100_000).map { ".subckt s\($0) a\n" }.joined()
    #expect(DeckText.identifiers(deepSubcircuit).contains("nesting-too-deep"))
    let calls = (1...150).map { ".subckt s\($0) a\nX1 a s\($0 - 1)\n.ends" }
    #expect(
      DeckText.identifiers(
        ".subckt s0 a\nR1 a 0 1\n.ends\n" + calls.joined(separator: "\n") + "\nX1 a s150")
        == ["nesting-too-deep"])
  }

  @Test func deepIncludes() throws {
    var files = ["top.cir": "title\n.include \"0.lib\"\n"]
    for level in 0..<100 { files["\(level).lib"] = ".include \"\(level + 1).lib\"\n" }
    let folder = try DeckText.folder(files)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(DeckText.read(folder, "top.cir").faults.map(\.identifier) == ["nesting-too-deep"])
  }

  @Test func bytesThatAreNoText() {
    func identifiers(_ bytes: [UInt8]) -> [String] {
      DeckReader.read(
        text: Array("title\nR1 a 0 1\nR2 a b".utf8) + bytes + Array(" 1".utf8), path: "t.cir",
        devices: [DeckText.resistor]
      ).faults.map(\.identifier).filter { ["nul-byte", "invalid-utf8"].contains($0) }
    }
    #expect(identifiers([0, 10]) == ["nul-byte"])
    #expect(identifiers([0xFF, 10]) == ["invalid-utf8"])
    #expect(identifiers([0xC0, 0x80, 10]) == ["invalid-utf8"])
    #expect(identifiers([0xED, 0xA0, 0x80]) == ["invalid-utf8"])
    #expect(identifiers([0xE2, 0x82]) == ["invalid-utf8"])
    #expect(identifiers(Array("µΩ€😀".utf8)).isEmpty)
  }

  @Test func windowsFiles() throws {
    let text: [UInt8] = [0xEF, 0xBB, 0xBF] + "title\r\nR1\ta\t0\r\n+\t2k ; two\r\n.END\r\n".utf8
    let reading = DeckReader.read(text: text, path: "t.cir", devices: [DeckText.resistor])
    #expect(reading.circuit?.title == "title")
    #expect(reading.circuit?.resistance("r1") == 2000)
  }

  @Test func aLineOfMegabytes() {
    let words = String(repeating: "a ", count: 1_100_000)
    #expect(DeckText.identifiers("R1 \(words)").count == 1)
    let sum = String(repeating: "1+", count: 1_100_000) + "1"
    #expect(DeckText.identifiers(".param p={\(sum)}") == ["expression-too-long"])
    #expect(DeckText.identifiers(String(repeating: "x", count: 4_000_000)).count == 1)
    let name = String(repeating: "n", count: 4_000_000)
    #expect(DeckText.identifiers("R1 \(name) 0 1k") == ["name-too-long"])
  }

  @Test func statementsOfTooManyWords() {
    let words = (0..<12_000).map { "n\($0)" }.joined(separator: " ")
    let pairs = (0..<12_000).map { "p\($0)=1" }.joined(separator: " ")
    for deck in [
      "X1 \(words)", ".subckt s \(words)\n.ends", ".param \(pairs)", ".model m r \(pairs)",
      ".func f(\(words)) {1}",
    ] { #expect(DeckText.identifiers(deck).contains("too-many-arguments")) }
  }

  @Test func noLimitlessFaults() {
    let deck = (0..<5000).map { "Q\($0) a b c m" }.joined(separator: "\n")
    let faults = DeckText.read(deck).faults
    #expect(faults.count == FaultCollector.limit + 1)
    #expect(faults[0].identifier == "too-many-faults")
  }

  @Test func emptyAndBrokenOff() {
    for text in [
      "", "\n", "title", "title\n+", "title\n.", "title\n.param", "title\nX", "title\nY",
    ] {
      let reading = DeckReader.read(text: Array(text.utf8), path: "t.cir", devices: [])
      #expect(reading.circuit == nil || reading.faults.allSatisfy { $0.severity == .warning })
    }
  }
}
