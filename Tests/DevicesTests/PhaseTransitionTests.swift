import Numerics
import Testing

@testable import Devices

/// The thresholds of an insulator-metal transition.
@Suite struct PhaseTransitionTests {
  /// The folds of |v| = V(x) + width artanh(2 x - 1), found by a scan, are the thresholds.
  @Test(arguments: [0.005, 0.02, 0.2, 1.0]) func foldsAreTheThresholds(_ width: Double) {
    let (upper, lower) = (2.0, 1.0)
    let span = PhaseTransition.span(distance: upper - lower, width: width)
    let curve = (1..<100_000).map { k -> Double in
      let x = Double(k) / 100_000
      return 1.5 + (0.5 - x) * span + width * areaTangent(2 * x - 1)
    }
    // from 0 the voltage rises to the first fold, falls to the second, and rises again
    let first = curve[..<50_000].max() ?? 0
    let second = curve[50_000...].min() ?? 0
    #expect(abs(first - upper) < 1e-6)
    #expect(abs(second - lower) < 1e-6)
  }
}
