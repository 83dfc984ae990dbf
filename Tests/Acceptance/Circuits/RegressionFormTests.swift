import Foundation
import TestSupport
import Testing

/// Forms that decks of other simulators have, each against a value worked out by hand.
@Suite struct RegressionFormTests {
  private static func printed(
    _ body: String, _ name: String, analysis: String = "tran"
  ) throws -> [Double] {
    try Scratch.with { folder in
      let run = try OwnRun("forms\n\(body)\n.end\n", analysis: analysis, in: folder)
      return try #require(run.values(name))
    }
  }

  private static func measures(_ body: String) throws -> [String: Double] {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("forms.cir")
      try "forms\n\(body)\n.end\n".write(to: file, atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run(
        "run", file.path, "-o", folder.path, "--quiet", in: folder)
      #expect(run.status == 0, "\(run.errors)")
      var found: [String: Double] = [:]
      for line in run.output.split(separator: "\n") {
        let words = line.split(separator: " ")
        if words.count >= 3, words[1] == "=" { found[String(words[0])] = Double(words[2]) }
      }
      return found
    }
  }

  /// The integral of a sine over a quarter of its period is 1/omega, printed and measured.
  @Test func integralsArePrintedAndMeasured() throws {
    let deck = """
      V1 a 0 sin(0 1 1k)
      R1 a 0 1k
      .tran 1u 0.25m
      .print tran V(a) {sdt(V(a))} {2*sdt(I(R1))}
      .measure tran e max {sdt(V(a))}
      .options reltol=1e-5
      """
    let exact = 1 / (2 * Double.pi * 1e3)
    let last = try #require(try Self.printed(deck, "{sdt(v(a))}").last)
    #expect(abs(last / exact - 1) < 1e-4)
    let current = try #require(try Self.printed(deck, "{2*sdt(i(r1))}").last)
    #expect(abs(current / (2e-3 * exact) - 1) < 1e-4)
    let measured = try #require(try Self.measures(deck)["e"])
    #expect(abs(measured / exact - 1) < 1e-4)
  }

  /// Half of where a charging capacitor ends up at 3 time constants, by name of that measure, of an
  /// equation of it, and behind a trigger.
  @Test func measuresAreLevelsOfOthers() throws {
    let deck = """
      V1 in 0 1
      R1 in a 1k
      C1 a 0 1n
      .ic V(a)=0
      .tran 10n 3u uic
      .measure tran half param='top/2'
      .measure tran early when V(a)=half rise=1
      .measure tran top max V(a)
      .measure tran same trig at=0 targ V(a) val={0.5*top} rise=1
      .measure tran none when V(a)={9*top}
      .options reltol=1e-6
      """
    let top = 1 - exp(-3.0)
    let exact = -1e-6 * log(1 - top / 2)
    let found = try Self.measures(deck)
    for name in ["early", "same"] {
      #expect(abs(try #require(found[name]) / exact - 1) < 1e-4, "\(name)")
    }
    #expect(found["none"] == nil)
  }

  /// A root of a voltage that swings below 0 is 0 there.
  @Test func functionsGoOnOutsideOfTheirDomain() throws {
    let deck = """
      V1 a 0 sin(0 1 1k)
      B1 b 0 V={sqrt(V(a))}
      B2 c 0 V={acos(2*V(a))}
      B3 d 0 V={V(a)**0.5}
      .tran 10u 1m
      .print tran V(a) V(b) V(c) V(d)
      """
    let a = try Self.printed(deck, "v(a)")
    let columns = try ["v(b)", "v(c)", "v(d)"].map { try Self.printed(deck, $0) }
    for k in a.indices where abs(a[k]) > 1e-3 && abs(abs(a[k]) - 0.5) > 1e-3 {
      #expect(abs(columns[0][k] - max(0, a[k]).squareRoot()) < 1e-3)
      #expect(abs(columns[1][k] - acos(min(1, max(-1, 2 * a[k])))) < 1e-2)
      #expect(abs(columns[2][k] - max(0, a[k]).squareRoot()) < 1e-3)
    }
  }

  /// A sweep of one value is one point.
  @Test func aSweepFromAValueToItselfIsOnePoint() throws {
    let v = try Self.printed(
      "V1 a 0 1\nR1 a 0 1k\n.dc V1 5 5 1\n.print dc V(a)", "v(a)", analysis: "dc")
    #expect(v == [5])
  }

  /// A parameter of one of two calls of a subcircuit is stepped: 1 V over 1 k and 1 k, 2 k, 3 k.
  @Test func aParameterOfOneCallIsStepped() throws {
    let deck = """
      V1 a 0 1
      X1 a b half r=1k
      X2 b 0 half r=1k
      .subckt half p q params: r=5k
      R1 p q {r}
      .ends
      .op
      .step X2:r list 1k 2k 3k
      .print op V(b)
      """
    let v = try Self.printed(deck, "v(b)", analysis: "op")
    #expect(v.count == 3)
    for (k, ratio) in [0.5, 2.0 / 3, 0.75].enumerated() { #expect(abs(v[k] - ratio) < 1e-6) }
    let wrong = deck.replacingOccurrences(of: "X2:r", with: "X2:s")
    #expect(throws: BuiltProgram.Failure.self) {
      _ = try Self.printed(wrong, "v(b)", analysis: "op")
    }
  }
}
