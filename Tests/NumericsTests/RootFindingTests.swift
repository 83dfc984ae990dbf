import Foundation
import Numerics
import Testing

@Suite struct RootFindingTests {
  @Test func closedForms() throws {
    let cases: [(ClosedRange<Double>, Double, (Double) -> Double)] = [
      (0...2, 2.0.squareRoot(), { $0 * $0 - 2 }),
      (-1...3, 0, { Foundation.exp($0) - 1 }),
      (2...4, Double.pi, Foundation.sin),
      (0...1, 0.7390851332151607, { $0 - Foundation.cos($0) }),
      (-10...1, Foundation.cbrt(-5), { $0 * $0 * $0 + 5 }),
    ]
    for (bracket, exact, function) in cases {
      let found = try #require(root(in: bracket, tolerance: 1e-12, of: function))
      #expect(abs(found - exact) <= 1e-12)
    }
  }

  /// Never more than one evaluation above bisection, whatever the function; far fewer if smooth.
  @Test func evaluationsAreBounded() throws {
    var count = 0
    let steep = try #require(
      root(in: 0...1, tolerance: 1e-10) { (x: Double) -> Double in
        count += 1
        return x < 0.123456789 ? -1e-300 : 1
      })
    #expect(abs(steep - 0.123456789) <= 1e-10)
    #expect(count <= 2 + 34 + 1)
    count = 0
    _ = root(in: 0...2, tolerance: 1e-12) { (x: Double) -> Double in
      count += 1
      return x * x - 2
    }
    #expect(count <= 12)
  }

  @Test func withoutAChangeOfSignThereIsNone() {
    #expect(root(in: 0...1, tolerance: 1e-9) { (x: Double) -> Double in x + 1 } == nil)
    #expect(root(in: 0...1, tolerance: 1e-9) { (_: Double) -> Double in Double.nan } == nil)
    #expect(root(in: 0...1, tolerance: 1e-9) { (x: Double) -> Double in x } == 0)
    #expect(root(in: 0...1, tolerance: 1e-9) { (x: Double) -> Double in x - 1 } == 1)
  }

  /// Times of a late crossing are told apart to the spacing of doubles, without an endless loop.
  @Test func toleranceBelowTheSpacing() throws {
    let found = try #require(
      root(in: 1e6...1e6 + 1, tolerance: 0) { (x: Double) -> Double in x - 1_000_000.3 })
    #expect(abs(found - 1_000_000.3) <= 2 * 1e6.ulp)
  }

  @Test func errorsOfTheFunctionArrive() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try root(in: 0...1, tolerance: 1e-9) { (x: Double) throws -> Double in
        if x > 0 && x < 1 { throw Refusal() }
        return x - 0.4
      }
    }
  }
}
