import Foundation
import TestSupport
import Testing

/// The files of measures beside the results.
@Suite struct MeasureFileTests {
  private static let deck = """
    measures
    .param top=2
    v1 a 0 pwl(0 0 1m {top} 2m 0)
    r1 a 0 1k
    .tran 10u 2m
    .step top list 2 4
    .options measure OPTION
    .measure tran m1 max v(a) precision=3
    .measure tran m2 when v(a)=9 default_val=7
    .measure tran_cont m3 when v(a)=1
    .measure tran m4 four v(a) at=500 numfreq=3 gridsize=4
    .measure tran m5 min v(a) print=none
    .measure tran m6 four v(a) at=1
    .end
    """

  private func files(_ option: String) throws -> [String: String] {
    var found: [String: String] = [:]
    try DeckTests.withDeck(Self.deck.replacingOccurrences(of: "OPTION", with: option)) { folder in
      let run = try BuiltProgram.run("run", "deck.cir", "--format", "csv", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for name in try Scratch.contents(folder) where name.contains(".mt") {
        found[name] = try String(
          contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      }
    }
    return found
  }

  @Test func oneFileAStepAndOneAContinuousMeasure() throws {
    let files = try files("measdgt=6")
    #expect(
      files.keys.sorted() == [
        "deck.cir.mt0", "deck.cir.mt1", "deck.cir_m3.mt0", "deck.cir_m3.mt1",
      ])
    #expect(files["deck.cir_m3.mt0"] == "M3 = 5.000000e-04\nM3 = 1.500000e-03\n")
    #expect(files["deck.cir_m3.mt1"] == "M3 = 2.500000e-04\nM3 = 1.750000e-03\n")
    let lines = try #require(files["deck.cir.mt1"]).split(separator: "\n").map(String.init)
    #expect(lines[0] == "M1 = 4.000000e+00" && lines[1] == "M2 = FAILED")
    // samples 0, 2, 4, 2: mean 2, fundamental 2 behind a sine by a quarter, no second harmonic
    #expect(lines[2].hasPrefix("M4:  No. Harmonics: 3, THD: "))
    let rows = lines[4...6].map { $0.split(separator: " ").map(String.init) }
    let numbers = rows.map { $0.compactMap(Double.init) }
    let wanted: [[Double]] = [[0, 0, 2, 0], [1, 500, 2, -90], [2, 1000, 0]]
    for (row, values) in zip(numbers, wanted) {
      for (number, value) in zip(row, values) { #expect(abs(number - value) < 1e-4) }
    }
    #expect(lines.last == "M6: FAILED" && lines.count == 8)
  }

  @Test func failuresAsNumbers() throws {
    let own = try files("measfail=0 use_cont_files=0")
    #expect(own.keys.sorted() == ["deck.cir.mt0", "deck.cir.mt1"])
    #expect(
      own["deck.cir.mt0"]?.contains("M1 = 2.000e+00\nM2 = 7.000000000000000e+00\nM3 = ") == true)
    let common = try files("measfail=0 default_val=-5 measdgt=1")
    #expect(common["deck.cir.mt0"]?.contains("M2 = -5.0e+00\n") == true)
  }

  @Test(arguments: ["measout=0", "measprint=none", "measprint=stdout"])
  func noFiles(option: String) throws {
    #expect(try files(option).isEmpty)
  }
}
