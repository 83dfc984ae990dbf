import Foundation
import TestSupport
import Testing

/// What is wrong with a deck is told with its place, exits with 2 and leaves nothing behind.
@Suite struct BadDeckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var changes: [(String, String)]
    var identifier: String
    /// Line of the deck the message points to.
    var line: Int
    /// What the message says.
    var says: String

    init(
      _ name: String, _ from: String, _ to: String, _ identifier: String, line: Int,
      _ says: String
    ) {
      self.name = name
      changes = [(from, to)]
      self.identifier = identifier
      self.line = line
      self.says = says
    }

    var testDescription: String { name }
  }

  static let images = "images=\"images/*.png\""
  static let train = ".train rule=pseudoinverse into=W"

  static let decks: [Case] = [
    Case("size", "8x6", "9x6", "wrong-network-size", line: 11, "54 oscillators, the array 'w'"),
    Case("huge size", "8x6", "100000x100000", "wrong-network-size", line: 11, "couples 48"),
    Case("no pixel", "8x6", "0x6", "malformed-size", line: 11, "16x12"),
    Case(
      "too many images", images, "images=random(1000000)", "patterns-too-large", line: 11,
      "1.1 GiB"),
    Case(
      "dependent", images, "images=random(49)", "training-failed", line: 11,
      "at most 48 can be stored"),
    Case("tstop 0", "tstop=1u", "tstop=0", "out-of-range", line: 13, "greater than 0"),
    Case("tstop negative", "tstop=1u", "tstop=-1u", "out-of-range", line: 13, "greater than 0"),
    Case("tstop nan", "tstop=1u", "tstop={0/0}", "not-finite", line: 13, "not finite"),
    Case("tstop huge", "tstop=1u", "tstop=1e300", "run-too-long", line: 13, "shorten tstop"),
    Case("tstop a second", "tstop=1u", "tstop=1", "run-too-long", line: 13, "fastest rate"),
    Case("tstop tiny", "tstop=1u", "tstop=1e-320", "bad-stop-time", line: 13, "at least 1e-15"),
    Case(
      "step tiny", "samples=41", "samples=41 step=1e-30", "run-too-long", line: 13,
      "lengthen step"),
    Case("step 0", "samples=41", "samples=41 step=0", "out-of-range", line: 13, "'step'"),
    Case("trials 0", "trials=2", "trials=0", "out-of-range", line: 13, "'trials'"),
    Case("trials negative", "trials=2", "trials=-1", "out-of-range", line: 13, "'trials'"),
    Case("trials 1e12", "trials=2", "trials=1e12", "out-of-range", line: 13, "'trials'"),
    Case("trials 1e7", "trials=2", "trials=1e7", "recall-too-large", line: 13, "GiB; the limit"),
    Case("samples 1", "samples=41", "samples=1", "out-of-range", line: 13, "'samples'"),
    Case("samples 2.5", "samples=41", "samples=2.5", "out-of-range", line: 13, "whole number"),
    Case("samples 1e7", "samples=41", "samples=1e7", "recall-too-large", line: 13, "samples="),
    Case("corrupt 1.5", "corrupt(0.25)", "corrupt(1.5)", "out-of-range", line: 13, "0 to 1"),
    Case("corrupt -0.1", "corrupt(0.25)", "corrupt(-0.1)", "out-of-range", line: 13, "0 to 1"),
    Case("noise -1", "corrupt(0.25)", "noise(-1)", "out-of-range", line: 13, "'noise'"),
    Case("occlude 2", "corrupt(0.25)", "occlude(2)", "out-of-range", line: 13, "'occlude'"),
    Case("probes", "corrupt(0.25)", "corupt(0.25)", "unknown-choice", line: 13, "corrupt"),
    Case(
      "probe file", "corrupt(0.25)", "file(\"none.png\")", "no-such-file", line: 13, "none.png"),
    Case(
      "probe file of text", "corrupt(0.25)", "file(\"cells.json\")", "unusable-image", line: 13,
      "not a PNG"),
    Case("stop 0", "error<0.05", "error<0", "out-of-range", line: 13, "'stop'"),
    Case("no views", ".views file=\"cells.json\"", "*", "no-views-card", line: 0, ".views"),
    Case("no patterns", ".patterns", "*", "no-patterns-card", line: 0, ".patterns"),
    Case("no recall", ".recall", "*", "no-recall-card", line: 0, ".recall"),
    Case("no weights", train, "*", "no-weights", line: 8, ".train rule=pseudoinverse"),
    Case(
      "weights twice", "levels=64", "levels=64 weights=\"cells.json\"", "weights-given-twice",
      line: 8, "leave out one"),
    Case("rule", "pseudoinverse", "pseudoinvers", "unknown-choice", line: 12, "pseudoinverse"),
    Case("into", "into=W", "into=V", "unknown-synapse", line: 12, "'v'"),
    Case("two trains", train, "\(train)\n\(train)", "repeated-card", line: 13, "second .train"),
    Case(
      "two recalls", ".end\n", ".recall probes=noise(0.1) tstop=1u\n.end\n", "repeated-card",
      line: 14, "second .recall"),
    Case("circuit", "=envelope", "=circuit", "no-summing-line", line: 8, "line=summing_line"),
    Case("fidelity", "=envelope", "=envelop", "unknown-choice", line: 10, "envelope"),
    Case("reltol", "seed=1", "seed=1 reltol=0", "out-of-range", line: 10, "'reltol'"),
    Case("seed", "seed=1", "seed=-1", "out-of-range", line: 10, "'seed'"),
    Case("feedback nan", "feedback=60u", "feedback={0/0}", "not-finite", line: 5, "no number"),
    Case("feedback negative", "feedback=60u", "feedback=-1u", "bad-feedback", line: 7, "-1e-06 A"),
    Case(
      "bias", "feedback={feedback}", "feedback={feedback} bias=100u", "oscillator-below-threshold",
      line: 7, "critical current"),
    Case("no supply", "Vdd vdd 0 {vdd}", "*", "no-supply", line: 7, "Vdd vdd 0 0.8"),
    Case("supply", "vdd=0.8", "vdd=-0.8", "bad-supply", line: 6, "positive supply"),
    Case("crossed", "to=in[0:47]", "to=in[47:0]", "crossed-synapses", line: 8, "same order"),
    Case(
      "exchanged", "from=out[0:47] to=in[0:47]", "from=in[0:47] to=out[0:47]", "no-oscillator",
      line: 8, "first port"),
    Case("lengths", "to=in[0:47]", "to=in[0:46]", "array-length", line: 8, "48 sources"),
    Case("cell", "cell=delay_chain", "cell=delay", "unknown-cell", line: 8, "'delay'"),
    Case(
      "cell without view", "cell=delay_chain", "cell=delay_chain_stage", "views-lack-cell",
      line: 9, "delay_chain_stage"),
    Case("levels", "levels=64", "levels=1000000000", "too-many-levels", line: 8, "65536"),
    Case("levels 0", "levels=64", "levels=0", "out-of-range", line: 8, "'levels'"),
    Case("dead", "levels=64", "dead=2", "out-of-range", line: 8, "from 0 to 1"),
    Case("spread", "spread=1e-4", "spread=1e200", "out-of-range", line: 0, "'detuning'"),
    Case("temperature", ".end\n", ".temp -300\n.end\n", "out-of-range", line: 14, "-273.15"),
  ]

  @Test(arguments: decks)
  func isToldWithItsPlace(_ one: Case) throws {
    try SmallDeck.with { deck in
      // The deck ends without a line break; so that `.end` can be followed by one.
      try deck.write(
        one.changes.reduce(SmallDeck.text + "\n") { text, change in
          precondition(text.contains(change.0), "no '\(change.0)' in the deck")
          return text.replacingOccurrences(of: change.0, with: change.1)
        })
      let before = try Scratch.contents(deck.folder)
      let run = try deck.recall()
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("error[\(one.identifier)]"), "\(run.errors)")
      #expect(run.errors.contains(one.says), "\(run.errors)")
      if one.line > 0 { #expect(run.errors.contains("deck.cir:\(one.line):"), "\(run.errors)") }
      #expect(try Scratch.contents(deck.folder) == before)
    }
  }

  /// Odd but sound is told as a warning; what would be ignored is refused.
  @Test func warnings() throws {
    try SmallDeck.with([("feedback=60u", "feedback=0")]) { deck in
      let run = try deck.recall()
      #expect(run.status == 1 && run.errors.contains("warning[short-run]"), "\(run.errors)")
      #expect(try run.object()["reachedStop"] as? Bool == true)
    }
    try SmallDeck.with([(".end", ".sweep spread log(1e-5, 1e-1, 3)\n.end")]) { deck in
      let run = try deck.recall()
      #expect(run.status == 2 && run.errors.contains("error[not-simulated]"), "\(run.errors)")
      #expect(run.errors.contains("deck.cir:14:1"))
    }
  }

  /// An overflow in the equations is a failed run, which leaves no result.
  @Test func equationsThatOverflow() throws {
    try SmallDeck.with([(".end", ".temp 1e300\n.end")]) { deck in
      let run = try deck.recall()
      #expect(run.status == 1 && run.output.isEmpty)
      #expect(run.errors.contains("not finite"), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder.appendingPathComponent("out")).isEmpty)
    }
  }
}
