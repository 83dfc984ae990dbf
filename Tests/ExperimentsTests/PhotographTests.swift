import AssociativeMemory
import Numerics
import Testing

/// The twelve shipped photographs, 16 x 12 pixels, half circle: real images are correlated, so they
/// relax more slowly than random ones (docs/physics.md, section 4).
@Suite struct PhotographTests {
  /// The second eigenvalue of A, image by image, in 0.86 ... 0.96 as quoted with two digits.
  @Test func secondEigenvalues() throws {
    let memory = try MemoryUnderTest.photographs()
    #expect(memory.patterns.count == 12)
    let second = try (0..<12).map { 1 - (try memory.relaxation(of: $0).values[1]) }
    #expect(abs(try #require(second.min()) - 0.86) < 0.01, "\(second)")
    #expect(abs(try #require(second.max()) - 0.96) < 0.01, "\(second)")
  }

  /// 40 probes of each image with a quarter of the pixels randomised. The median is over all 480
  /// trials; the slowest image is that of a round of one probe for each image, and its time the
  /// median over the 40 rounds.
  @Test func timesToTarget() throws {
    let memory = try MemoryUnderTest.photographs()
    var times = [[Double?]](repeating: [], count: 12)
    for first in stride(from: 0, to: 40, by: 4) {
      let found = try memory.recallTimes(
        trials: Array(first..<first + 4), seed: 1, to: [0.05 * Double.pi], until: 100)
      for pattern in 0..<12 { times[pattern] += found[0][pattern] }
    }
    let all = times.flatMap { $0 }
    let median = try #require(Quantile.median(all))
    #expect(isNear(median, 4.3, within: 0.15), "median kappa t to 5 % is \(median)")
    let slowest = (0..<40).map { round in
      times.map { $0[round] ?? .infinity }.max() ?? .infinity
    }
    let slow = try #require(Quantile.median(slowest))
    #expect(isNear(slow, 17, within: 0.15), "the slowest image takes \(slow)")
    #expect(all.count { $0 == nil } <= 5, "99 of 100 recalls reach 5 %")
  }

  /// 20 draws of the frequencies at sigma = 0.02 kappa: the slope is the mean over draws and images
  /// of rms error over spread, the worst image the largest of these 240 numbers.
  @Test func spreadSlopes() throws {
    let memory = try MemoryUnderTest.photographs()
    let spread = 0.02
    let slopes = try (1...20).flatMap { seed in
      try memory.settledErrors(
        detuning: memory.detuning(spread: spread, seed: UInt64(seed)), until: 250
      ).map { $0 / spread }
    }
    let mean = moments(slopes).mean
    #expect(isNear(mean, 1.7, within: 0.15), "mean slope \(mean)")
    let worst = try #require(slopes.max())
    #expect(isNear(worst, 3.8, within: 0.15), "worst image \(worst)")
  }
}
