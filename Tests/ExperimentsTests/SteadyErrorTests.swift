import AssociativeMemory
import Integration
import Networks
import Numerics
import Testing

/// Linear stability of stored images, and the error that a small frequency spread leaves.
@Suite struct SteadyErrorTests {
  static func memories() throws -> [MemoryUnderTest] {
    [try .random(seed: 3), try .photographs()]
  }

  /// A = Re(diag(conj x) W diag(x)) has its eigenvalues in [0, 1], and exactly one equal to 1.
  @Test func eigenvalues() throws {
    for memory in try Self.memories() {
      for pattern in memory.patterns.phases.indices {
        let values = try memory.relaxation(of: pattern).values
        #expect(abs(values[0]) < 1e-12)
        #expect(values[1] > 0.01, "only a global phase is free")
        #expect(values.allSatisfy { $0 > -1e-12 && $0 < 1 + 1e-12 })
      }
    }
  }

  /// At a stored image the right-hand side vanishes and its Jacobian is -(I - A).
  @Test func jacobianIsMinusRelaxation() throws {
    for memory in try Self.memories() {
      let n = memory.count
      let system = memory.system(trials: 1)
      var stream = RandomStream(seed: 5, purpose: .parameter)
      let direction = (0..<n).map { _ in stream.normal() }
      for pattern in [0, 5, 11] {
        let state = memory.patterns.phases[pattern]
        var result = [Double](repeating: .nan, count: n)
        system.derivative(at: 0, of: state, into: &result)
        #expect(result.allSatisfy { abs($0) < 1e-12 })
        system.jacobianProduct(at: 0, state: state, with: direction, into: &result)
        let a = memory.stability(of: pattern)
        for i in 0..<n {
          let expected = (0..<n).reduce(-direction[i]) { $0 + a[i, $1] * direction[$1] }
          #expect(abs(result[i] - expected) < 1e-11)
        }
      }
    }
  }

  /// Integrated to its steady state, the error of every pixel is the pseudo-inverse of I - A
  /// applied to the frequencies over kappa, to 1 % of its norm.
  @Test func steadyError() throws {
    // The slowest modes decay at 0.25 and 0.05 kappa: e^{-15} of them is left.
    for (memory, end) in zip(try Self.memories(), [60.0, 300.0]) {
      let n = memory.count
      let detuning = memory.detuning(spread: 1e-3, seed: 8)
      let state = try memory.settled(detuning: detuning, until: end, relative: 1e-9)
      for (pattern, image) in memory.patterns.phases.enumerated() {
        let expected = try memory.relaxation(of: pattern).pseudoInverse(times: detuning)
        let raw = (0..<n).map { state[pattern * n + $0] - image[$0] }
        let (mean, _) = moments(raw)
        let size = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let miss = (0..<n).reduce(0.0) {
          let difference = raw[$1] - mean - expected[$1]
          return $0 + difference * difference
        }.squareRoot()
        #expect(miss < 0.01 * size, "image \(pattern): off by \(miss / size)")
        let rms = state.withUnsafeBufferPointer {
          memory.rms($0.baseAddress! + pattern * n, pattern).value
        }
        #expect(isNear(rms, size / Double(n).squareRoot(), within: 0.01))
      }
    }
  }
}
