import Schematic
import Testing

@testable import Simulation

struct EquilibriumStabilityTests {
  static func instability(_ text: String) throws -> UnstableEquilibrium? {
    let deck = try DeckCase(text)
    return EquilibriumStability(deck.equations, at: try deck.rest()).instability()
  }

  /// Three saturating inverters of gain 4 with RC loads: x' = (-x - 4 x_before) / tau, so that
  /// lambda tau = -1 + 4 exp(i pi / 3).
  @Test func ringOscillator() throws {
    let found = try #require(
      try Self.instability(
        """
        b1 a1 0 v=-tanh(4*v(c))
        b2 b1 0 v=-tanh(4*v(a))
        b3 c1 0 v=-tanh(4*v(b))
        r1 a1 a 1k
        r2 b1 b 1k
        r3 c1 c 1k
        c1 a 0 1p
        c2 b 0 1p
        c3 c 0 1p
        """))
    #expect(abs(found.growth / 1e9 - 1) < 1e-3)
    #expect(abs(found.angularFrequency / (4e9 * 0.8660254037844386) - 1) < 1e-3)
    #expect(!found.nodes.isEmpty)
    #expect(found.description.contains(".ic"))
  }

  @Test func ringOfGainTooSmallRests() throws {
    #expect(
      try Self.instability(
        """
        b1 a1 0 v=-tanh(1.9*v(c))
        b2 b1 0 v=-tanh(1.9*v(a))
        b3 c1 0 v=-tanh(1.9*v(b))
        r1 a1 a 1k
        r2 b1 b 1k
        r3 c1 c 1k
        c1 a 0 1p
        c2 b 0 1p
        c3 c 0 1p
        """) == nil)
  }

  @Test func flipFlopAtItsSaddle() throws {
    let found = try #require(
      try Self.instability(
        """
        b1 a1 0 v=-tanh(3*v(b))
        b2 b1 0 v=-tanh(3*v(a))
        r1 a1 a 1k
        r2 b1 b 1k
        c1 a 0 1n
        c2 b 0 1n
        """))
    #expect(abs(found.growth / 2e6 - 1) < 1e-6)
    #expect(found.angularFrequency == 0)
    #expect(Set(found.nodes).isSuperset(of: ["a", "b"]))
  }

  /// A tank with a negative resistance: s^2 - s / (R C) + 1 / (L C) = 0.
  @Test func tankOscillator() throws {
    let found = try #require(
      try Self.instability(
        """
        l1 a 0 1u
        c1 a 0 1n
        g1 a 0 value={-1m*v(a) + 1m*v(a)**3}
        """))
    #expect(abs(found.growth / 0.5e6 - 1) < 1e-3)
    #expect(abs(found.angularFrequency / 31.618820e6 - 1) < 1e-3)
  }

  @Test(arguments: [
    "l1 a 0 1u\nc1 a 0 1n",
    "l1 a 0 1u\nc1 a 0 1n\nr1 a 0 1meg",
    "v1 in 0 1\nr1 in a 10\nl1 a b 1u\nc1 b 0 1n\nl2 b c 1u\nc2 c 0 1n\nr2 c 0 10",
    "g1 a 0 c 0 1m\nc1 a 0 1n\nr1 a 0 1e9\ng2 b 0 a 0 1m\nc2 b 0 1n\nr2 b 0 1e9\nr3 c 0 1",
    "v1 a 0 0.7\nr1 a b 1k\nd1 b 0 dd\n.model dd d cjo=1p",
    "v1 in 0 1\nr1 in a 50\nt1 a 0 b 0 z0=50 td=1n\nr2 b 0 1k",
  ])
  func stableCircuitsRaiseNoAlarm(_ text: String) throws {
    let found = try Self.instability(text)
    #expect(found == nil, "\(String(describing: found))")
  }

  /// An inverting loop through a delay: it oscillates where its gain exceeds 1.
  @Test(arguments: [(0.9, false), (1.1, true)])
  func delayedFeedback(_ gain: Double, _ isUnstable: Bool) throws {
    let found = try Self.instability(
      """
      b1 a 0 v=-tanh(\(gain)*v(b))
      r1 b 0 1k
      ydelay d1 b 0 a 0 td=1n
      """)
    #expect((found != nil) == isUnstable)
  }
}
