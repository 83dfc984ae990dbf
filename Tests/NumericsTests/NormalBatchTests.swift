import Foundation
import Numerics
import Testing

@Suite struct NormalBatchTests {
  private func normals(
    _ count: Int, seed: UInt64 = 5, sample: Int = 0, step: Int = 0,
    purpose: RandomPurpose = .thermalNoise
  ) -> [Double] {
    var result = [Double](repeating: .nan, count: count)
    NormalBatch(seed: seed, sample: sample, purpose: purpose)
      .fillNormals(&result, count: count, step: step)
    return result
  }

  /// Moments one to six of 400,000 numbers, each within four and a half standard errors.
  @Test func moments() {
    let values = normals(400_000)
    let n = Double(values.count)
    for (power, expected, variance) in [
      (1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96), (5, 0, 945), (6, 15, 10170),
    ] {
      var sum = 0.0
      for value in values { sum += Foundation.pow(value, Double(power)) }
      #expect(abs(sum / n - expected) < 4.5 * (variance / n).squareRoot(), "moment \(power)")
    }
  }

  /// The largest distance from the normal distribution function (Kolmogorov and Smirnov); 1.95 is
  /// passed with probability 0.999.
  @Test func distribution() {
    let values = normals(200_000, seed: 6).sorted()
    let n = Double(values.count)
    var distance = 0.0
    for (rank, value) in values.enumerated() {
      let expected = 0.5 * erfc(-value / 2.0.squareRoot())
      distance = max(
        distance, abs(Double(rank + 1) / n - expected), abs(Double(rank) / n - expected))
    }
    #expect(distance * n.squareRoot() < 1.95)
    #expect(distance * n.squareRoot() > 0.2)
  }

  /// Tails: how many of 2,000,000 numbers lie beyond 2, 3 and 4 standard deviations.
  @Test func tails() {
    let values = normals(2_000_000, seed: 7)
    let n = Double(values.count)
    for limit in [2.0, 3, 4] {
      let probability = erfc(limit / 2.0.squareRoot())
      let expected = n * probability
      let found = Double(values.lazy.filter { abs($0) > limit }.count)
      #expect(abs(found - expected) < 4.5 * expected.squareRoot(), "beyond \(limit)")
    }
    #expect(values.allSatisfy { abs($0) < 8.6 })
  }

  /// Neighbouring components, steps, samples, seeds and purposes are uncorrelated, and so are
  /// their squares (Box and Muller's pairs share a radius).
  @Test func correlations() {
    let n = 100_000
    let base = normals(n)
    let others = [
      normals(n, step: 1), normals(n, sample: 1), normals(n, seed: 6),
      normals(n, purpose: .corruption), Array(normals(n + 1).dropFirst()),
      Array(normals(n + 8).dropFirst(8)), Array(normals(n + 16).dropFirst(16)),
    ]
    for (index, other) in others.enumerated() {
      var product = 0.0
      var squares = 0.0
      for (a, b) in zip(base, other) {
        product += a * b
        squares += (a * a - 1) * (b * b - 1)
      }
      let root = Double(n).squareRoot()
      #expect(abs(product) < 4.5 * root, "pair \(index)")
      #expect(abs(squares) < 4.5 * 2 * root, "squares of pair \(index)")
    }
  }

  /// A component's number depends neither on how many are asked for nor on the alignment.
  @Test func numbersDoNotDependOnTheCount() {
    let many = normals(100, step: 17)
    for count in 0...100 { #expect(normals(count, step: 17) == Array(many.prefix(count))) }
    var shifted = [Double](repeating: 0, count: 101)
    shifted.withUnsafeMutableBufferPointer {
      NormalBatch(seed: 5, sample: 0, purpose: .thermalNoise)
        .fillNormals($0.baseAddress! + 1, count: 100, step: 17)
    }
    #expect(Array(shifted.dropFirst()) == many)
  }

  /// The lanes hold the blocks of the scalar generator, turned to normals by the library's
  /// functions.
  @Test func agreesWithTheScalarGenerator() {
    let values = normals(64, seed: 9, sample: 4, step: 3)
    let key: (UInt64, UInt64, UInt64, UInt64) = (9, 4, 0, RandomPurpose.thermalNoise.rawValue)
    func uniform(_ bits: UInt64) -> Double { (Double(bits >> 12) + 0.5) * 0x1p-52 }
    for group in 0..<2 {
      for lane in 0..<8 {
        let words = Threefry.block((3, UInt64(8 * group + lane), 1, 0), key: key)
        let radius = (-2 * Foundation.log(uniform(words.0))).squareRoot()
        let angle = 2 * Double.pi * uniform(words.1)
        #expect(abs(values[32 * group + lane] - radius * Foundation.cos(angle)) < 1e-14)
        #expect(abs(values[32 * group + lane + 8] - radius * Foundation.sin(angle)) < 1e-14)
        let second = (-2 * Foundation.log(uniform(words.2))).squareRoot()
        let turn = 2 * Double.pi * uniform(words.3)
        #expect(abs(values[32 * group + lane + 16] - second * Foundation.cos(turn)) < 1e-14)
        #expect(abs(values[32 * group + lane + 24] - second * Foundation.sin(turn)) < 1e-14)
      }
    }
  }
}
