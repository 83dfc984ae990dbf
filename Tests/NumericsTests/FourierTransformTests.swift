import Numerics
import Testing

@Suite struct FourierTransformTests {
  private func random(_ count: Int, seed: UInt64) -> [Complex] {
    var stream = RandomStream(seed: seed, purpose: .patterns)
    return (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }
  }

  /// The definition, in two dimensions.
  private func direct(_ x: [Complex], _ rows: Int, _ columns: Int, sign: Double) -> [Complex] {
    (0..<(rows * columns)).map { k in
      let (k1, k2) = (k / columns, k % columns)
      return x.indices.reduce(Complex.zero) { sum, n in
        let turns =
          Double(k1 * (n / columns)) / Double(rows) + Double(k2 * (n % columns)) / Double(columns)
        return sum + x[n] * Complex(modulus: 1, argument: sign * 2 * .pi * turns)
      }
    }
  }

  private func distance(_ a: [Complex], _ b: [Complex]) -> Double {
    zip(a, b).map { ($0 - $1).modulus }.max() ?? .infinity
  }

  @Test(arguments: [(1, 1), (1, 12), (12, 16), (5, 7), (1, 97)])
  func definition(rows: Int, columns: Int) {
    let x = random(rows * columns, seed: 1)
    for (direction, sign) in [(FourierDirection.forward, -1.0), (.backward, 1.0)] {
      let y = FourierTransform.transform(x, shape: [rows, columns], direction: direction)
      #expect(distance(y, direct(x, rows, columns, sign: sign)) < 1e-11)
    }
  }

  @Test func parsevalAndInverse() {
    let x = random(192, seed: 2)
    let y = FourierTransform.transform(x, shape: [12, 16], direction: .forward)
    let power = x.reduce(0) { $0 + $1.squaredModulus }
    #expect(abs(y.reduce(0) { $0 + $1.squaredModulus } / 192 - power) < 1e-10 * power)
    let back = FourierTransform.transform(
      y, shape: [12, 16], direction: .backward, scale: 1.0 / 192)
    #expect(distance(back, x) < 1e-13)
  }

  /// Trials innermost (stride = trials), trials outermost, and one at a time give the same.
  @Test func batchesAndStrides() {
    let trials = 5
    let points = 12
    let x = random(trials * points, seed: 3)
    let outer = FourierTransform(
      shape: [3, 4], batch: trials, direction: .forward, inPlace: false)
    let inner = FourierTransform(
      shape: [3, 4], batch: trials, stride: trials, distance: 1, direction: .forward,
      inPlace: true)
    #expect(outer.extent == x.count && inner.extent == x.count)
    var y = [Complex](repeating: .zero, count: x.count)
    outer.execute(x, into: &y)
    var interleaved = x
    for trial in 0..<trials {
      for point in 0..<points { interleaved[point * trials + trial] = x[trial * points + point] }
      let alone = Array(x[(trial * points)..<((trial + 1) * points)])
      let expected = FourierTransform.transform(alone, shape: [3, 4], direction: .forward)
      #expect(distance(Array(y[(trial * points)..<((trial + 1) * points)]), expected) < 1e-13)
    }
    interleaved.withUnsafeMutableBufferPointer { inner.execute($0.baseAddress!) }
    for trial in 0..<trials {
      for point in 0..<points {
        let difference = interleaved[point * trials + trial] - y[trial * points + point]
        #expect(difference.modulus < 1e-13)
      }
    }
  }

  @Test func unalignedBuffers() {
    let x = random(16, seed: 4)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 17 * 16, alignment: 16)
    defer { bytes.deallocate() }
    let shifted = (bytes + 8).bindMemory(to: Complex.self, capacity: 16)
    shifted.initialize(from: x, count: 16)
    FourierTransform(shape: [16], direction: .forward, inPlace: true).execute(shifted)
    let expected = FourierTransform.transform(x, direction: .forward)
    #expect(distance((0..<16).map { shifted[$0] }, expected) < 1e-13)
  }

  @Test func concurrentPlansAndExecutions() async {
    let x = random(60, seed: 5)
    let shared = FourierTransform(shape: [60], direction: .forward, inPlace: false)
    let expected = FourierTransform.transform(x, direction: .forward)
    await withTaskGroup(of: Double.self) { group in
      for _ in 0..<32 {
        group.addTask {
          var mine = [Complex](repeating: .zero, count: 60)
          shared.execute(x, into: &mine)
          let own = FourierTransform.transform(x, shape: [6, 10], direction: .forward)
          let back = FourierTransform.transform(
            own, shape: [6, 10], direction: .backward, scale: 1.0 / 60)
          return max(distance(mine, expected), distance(back, x))
        }
      }
      for await error in group { #expect(error < 1e-12) }
    }
  }

  @Test(arguments: [[1], [2], [9], [10], [3, 4], [4, 5], [2, 3, 4]])
  func realAgreesWithComplex(shape: [Int]) {
    let plan = RealFourierTransform(shape: shape, batch: 2)
    let x = random(2 * plan.count, seed: 6).map(\.real)
    let half = plan.forward(x)
    let last = shape[shape.count - 1]
    for member in 0..<2 {
      let part = x[(member * plan.count)..<((member + 1) * plan.count)].map { Complex($0) }
      let full = FourierTransform.transform(part, shape: shape, direction: .forward)
      for index in 0..<plan.spectrumCount {
        let (row, column) = (index / (last / 2 + 1), index % (last / 2 + 1))
        let difference = half[member * plan.spectrumCount + index] - full[row * last + column]
        #expect(difference.modulus < 1e-12)
      }
    }
    let back = plan.backward(half).map { $0 / Double(plan.count) }
    #expect(zip(back, x).allSatisfy { abs($0 - $1) < 1e-13 })
  }
}
