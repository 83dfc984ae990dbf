import Numerics
import Testing

@testable import Simulation

/// `ic=` of capacitors and inductors, held at the operating point of a transient analysis.
struct InitialValueTests {
  private func start(_ text: String, startsTransient: Bool = true) throws -> [Double] {
    let deck = try DeckCase(text)
    return try deck.operatingPoint.solve(startsTransient: startsTransient).x
  }

  /// A capacitor is a source of its voltage, an inductor one of its current.
  @Test func heldValues() throws {
    let x = try start(
      """
      v1 in 0 5
      r1 in out 1k
      c1 out 0 1p ic=2
      r2 in b 100
      l1 b 0 1m ic=20m
      """)
    // in, out, b, then the currents of v1 and l1
    #expect(abs(x[1] - 2) < 1e-5)
    #expect(abs(x[2] - 3) < 1e-5)
    #expect(x.contains { abs($0 - 0.02) < 1e-9 })
  }

  /// The current held in one of two coupled inductors induces nothing in the other.
  @Test func coupledInductors() throws {
    let x = try start(
      """
      i1 0 a 1m
      r1 a 0 1k
      l1 a 0 1m
      r2 b 0 1k
      l2 b 0 1m ic=10m
      k1 l1 l2 0.9
      """)
    #expect(abs(x[0]) < 1e-9)
    #expect(abs(x[1] + 10) < 1e-6)
  }

  @Test(arguments: ["", ".options dialect=ngspice"])
  func elsewhereTheyDoNotCount(dialect: String) throws {
    let deck = "v1 in 0 5\nr1 in out 1k\nr2 out 0 1k\nc1 out 0 1n ic=1\n" + dialect
    let x = try start(deck, startsTransient: !dialect.isEmpty)
    #expect(abs(x[1] - 2.5) < 1e-9)
  }
}
