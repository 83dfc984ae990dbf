import Foundation
import TestSupport
import Testing

/// `.ac data=` and `.noise data=` whose rows set more than the frequency.
@Suite struct TableSweepTests {
  private static func rows(_ deck: String, _ kind: String) throws -> [[Double]] {
    var rows: [[Double]] = []
    try DeckTests.withDeck(deck) { folder in
      let run = try BuiltProgram.run("run", "deck.cir", "--format", "csv", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let file = folder.appendingPathComponent("deck.cir.\(kind).csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      rows = text.split(separator: "\n").map { line in
        line.split(separator: ",").compactMap { Double($0) }
      }.filter { !$0.isEmpty }
    }
    return rows
  }

  /// A step sets what the analysis' own card is computed from.
  @Test func cardsFollowTheirSteps() throws {
    let deck = """
      a ramp until the end of each step
      .param last=1u
      V1 1 0 pwl(0 0 10u 10)
      R1 1 0 1k
      .step last 1u 3u 1u
      .tran 10n {last}
      .measure tran reached max v(1)
      .end
      """
    try DeckTests.withDeck(deck) { folder in
      let run = try BuiltProgram.run("run", "deck.cir", "--json", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      let analyses = try #require(object?["analyses"] as? [[String: Any]])
      let steps = try #require(analyses.first?["steps"] as? [[String: Any]])
      let reached = try steps.map { step in
        let measures = try #require(step["measures"] as? [String: Any])
        return try #require(measures["reached"] as? Double)
      }
      try #require(reached.count == 3)
      for (value, expected) in zip(reached, [1.0, 2, 3]) { #expect(abs(value - expected) < 1e-6) }
    }
  }

  /// |v(2)| = 1/sqrt(1 + (omega R C)^2) with each row's R, C and amplitude.
  @Test func elementsFollowTheirRows() throws {
    let rows = try Self.rows(
      """
      a low pass
      .param half=1
      V1 1 0 AC 1
      R1 1 2 1k
      C1 2 0 {2u*half}
      .data t
      + freq r1:r half v1:acmag
      + 10 1k 0.5 1
      + 100 2k 1 3
      + 1k 2k 1 3
      .enddata
      .ac data=t
      .print ac {vm(2)} {r1:r} {half} {v1:acmag} {r1:temp}
      .end
      """, "ac")
    let expected = [(10.0, 1e3, 0.5, 1.0), (100, 2e3, 1, 3), (1e3, 2e3, 1, 3)]
    try #require(rows.count == expected.count)
    for (row, (frequency, resistance, half, amplitude)) in zip(rows, expected) {
      let lag = 2 * Double.pi * frequency * resistance * 2e-6 * half
      // quantities of elements are complex columns
      try #require(row.count == 9)
      #expect(abs(row[1] - amplitude / (1 + lag * lag).squareRoot()) < 1e-9)
      #expect(Array(row.dropFirst(2)) == [resistance, 0, half, amplitude, 0, 27, 0])
    }
  }

  /// 4kTR of the row's resistor, filtered.
  @Test func noiseFollowsItsRows() throws {
    let rows = try Self.rows(
      """
      noise of a low pass
      V1 1 0 AC 1
      R1 1 2 1k
      C1 2 0 1u
      .data t
      + freq r1:r
      + 10 1k
      + 100 2k
      .enddata
      .noise v(2) V1 data=t
      .print noise onoise inoise
      .end
      """, "noise")
    try #require(rows.count == 2)
    for (row, (frequency, resistance)) in zip(rows, [(10.0, 1e3), (100, 2e3)]) {
      let lag = 2 * Double.pi * frequency * resistance * 1e-6
      let thermal = 4 * 1.380649e-23 * 300.15 * resistance
      #expect(abs(row[1] / (thermal / (1 + lag * lag)) - 1) < 1e-6)
      #expect(abs(row[2] / thermal - 1) < 1e-6)
    }
  }
}
