import Foundation
import TestSupport
import Testing

/// `ic=` and `off` of diodes and transistors.
@Suite struct InitialStateTests {
  private static func first(_ deck: String, _ name: String, analysis: String = "tran") throws
    -> Double
  {
    try Scratch.with { folder in
      let run = try OwnRun(deck, analysis: analysis, in: folder)
      return try #require(run.values(name)?.first)
    }
  }

  /// A reverse-biased diode's own capacitance keeps its voltage at first, and the node behind.
  @Test func conditionsOfDevicesHoldWithTheirCharges() throws {
    let deck = """
      a charged diode, and a transistor above it
      V1 in 0 0
      R1 in a 1k
      D1 0 a dm ic=-3
      M1 d a a 0 nm ic=2
      R2 d in 1k
      .model dm d cjo=10n
      .model nm nmos vto=1 cbd=10n cbs=10n
      .tran 1n 10n uic
      .print tran V(a) V(d)
      .end
      """
    #expect(abs(try Self.first(deck, "V(a)") - 3) < 1e-3)
    #expect(abs(try Self.first(deck, "V(d)") - 5) < 1e-3)
  }

  /// A latch rests with either output high: the transistor that is off has the high one.
  @Test(arguments: [("M1", "V(a)"), ("M2", "V(b)")])
  func offChoosesTheStateOfALatch(_ off: String, _ high: String) throws {
    let deck = """
      two states
      V1 vdd 0 5
      R1 vdd a 10k
      R2 vdd b 10k
      M1 a b 0 0 nm w=100u l=1u \(off == "M1" ? "off" : "")
      M2 b a 0 0 nm w=100u l=1u \(off == "M2" ? "off" : "")
      .model nm nmos vto=1 kp=20u
      .op
      .print op V(a) V(b)
      .end
      """
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("latch.cir")
      try deck.write(to: file, atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run(
        "run", file.path, "--format", "csv", "-o", folder.path, "--quiet")
      #expect(run.status == 0)
      let text = try String(
        contentsOf: folder.appendingPathComponent("latch.cir.op.csv"), encoding: .utf8)
      let rows = text.split(separator: "\n").map { $0.split(separator: ",") }
      let place = try #require(rows.first?.firstIndex { $0 == high })
      #expect(try #require(Double(rows[1][place])) > 4)
    }
  }
}
