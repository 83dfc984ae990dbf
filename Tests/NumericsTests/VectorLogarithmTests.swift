import Foundation
import Numerics
import Testing

@Suite struct VectorLogarithmTests {
  /// Units in the last place between the eight-lane logarithm and the C library's.
  private func worst(_ arguments: [Double]) -> Double {
    var worst = 0.0
    for start in stride(from: 0, to: arguments.count - 7, by: 8) {
      let x = arguments.withUnsafeBufferPointer { loadEight($0.baseAddress!, start) }
      let logarithm: SIMD8<Double> = naturalLogarithm(x)
      for lane in 0..<8 {
        let exact = Foundation.log(x[lane])
        worst = max(worst, abs(logarithm[lane] - exact) / max(exact.ulp, 0x1p-1074))
      }
    }
    return worst
  }

  @Test func agreesWithTheLibraryOverAllMagnitudes() {
    var stream = RandomStream(seed: 11, purpose: .patterns)
    let arguments = (0..<8000).map { _ in
      Foundation.exp(1400 * (stream.uniform() - 0.5))
    }
    #expect(worst(arguments) <= 1.5)
  }

  /// Around one the logarithm itself is small and only a careful reduction keeps its digits.
  @Test func keepsItsDigitsAroundOne() {
    var stream = RandomStream(seed: 12, purpose: .patterns)
    var arguments = (0..<8000).map { _ in 0.5 + stream.uniform() }
    for power in 1...52 {
      arguments += [
        1 - 0.5 * Foundation.pow(2, Double(-power)), 1 + Foundation.pow(2, Double(-power)),
      ]
    }
    #expect(worst(arguments) <= 1.5)
    #expect(naturalLogarithm(SIMD8<Double>(repeating: 1)) == SIMD8<Double>.zero)
  }

  @Test func reachesTheSmallestUniform() {
    let least: SIMD8<Double> = naturalLogarithm(SIMD8<Double>(repeating: 0x1p-53))
    #expect(abs(least[0] + 53 * Foundation.log(2)) < 1e-14)
  }
}
