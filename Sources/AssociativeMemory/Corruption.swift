import Numerics

/// How a probe is made from a stored image.
public enum Corruption: Equatable, Sendable {
  /// This fraction of the pixels, exactly round(f N) chosen without replacement, gets phases drawn
  /// uniformly over the encoding's range.
  case randomise(fraction: Double)
  /// Gaussian noise on every pixel, its standard deviation in units of the range. On the half
  /// circle the result is clipped to the range, as grey levels are; on the full circle it wraps.
  case gaussian(deviation: Double)
  /// A rectangle at a random place is set to mid-range. Its sides are sqrt(f) times the image's,
  /// rounded so that the area comes nearest to the fraction.
  case occlude(fraction: Double)
  /// The probes themselves: phases, one array for each pattern.
  case given([[Double]])

  /// - Throws: `PatternFailure` when a number is out of range or given probes do not fit
  ///   `patterns`.
  public func check(for patterns: PatternSet) throws(PatternFailure) {
    switch self {
    case .randomise(let fraction), .occlude(let fraction):
      guard fraction >= 0, fraction <= 1 else { throw .fractionOutOfRange(fraction) }
    case .gaussian(let deviation):
      guard deviation >= 0, deviation.isFinite else { throw .deviationOutOfRange(deviation) }
    case .given(let probes):
      guard probes.count == patterns.count else {
        throw .wrongNumberOfProbes(found: probes.count, expected: patterns.count)
      }
      _ = try PatternSet(
        names: patterns.names.map { "probe of " + $0 }, width: patterns.width,
        height: patterns.height, encoding: patterns.encoding, phases: probes)
    }
  }

  /// The probe's phases in radians, of the pixels that are here. Depends on (seed, trial, pattern)
  /// alone: every rank draws for all pixels and keeps its own.
  /// - Precondition: `check(for:)` passes.
  public func probe(
    of pattern: Int, in patterns: PatternSet, trial: Int, seed: UInt64
  ) -> [Double] {
    var stream = RandomStream(
      seed: seed, sample: trial, instance: pattern, purpose: .corruption)
    var phases = patterns.phases[pattern]
    let range = patterns.encoding.range
    let here = patterns.block.range
    let first = here.lowerBound
    switch self {
    case .randomise(let fraction):
      let count = Int((fraction * Double(patterns.pixelCount)).rounded())
      for pixel in Self.choose(count, of: patterns.pixelCount, &stream) {
        let phase = range * stream.uniform()
        if here.contains(pixel) { phases[pixel - first] = phase }
      }
    case .gaussian(let deviation):
      for _ in 0..<first { _ = stream.normal() }
      for pixel in phases.indices {
        let phase = phases[pixel] + deviation * range * stream.normal()
        switch patterns.encoding {
        case .half: phases[pixel] = min(max(phase, 0), range)
        case .full: phases[pixel] = phase - range * (phase / range).rounded(.down)
        }
      }
    case .occlude(let fraction):
      let (width, height) = Self.rectangle(fraction, patterns.width, patterns.height)
      let left = Int.random(in: 0...(patterns.width - width), using: &stream)
      let top = Int.random(in: 0...(patterns.height - height), using: &stream)
      for row in top..<(top + height) {
        for column in left..<(left + width) {
          let pixel = row * patterns.width + column
          if here.contains(pixel) { phases[pixel - first] = range / 2 }
        }
      }
    case .given(let probes):
      phases = Array(probes[pattern][here])
    }
    return phases
  }

  /// `count` different indices below `limit`, by a partial Fisher-Yates shuffle.
  private static func choose(
    _ count: Int, of limit: Int, _ stream: inout RandomStream
  ) -> [Int] {
    var indices = Array(0..<limit)
    for k in 0..<count {
      indices.swapAt(k, Int.random(in: k..<limit, using: &stream))
    }
    return Array(indices[0..<count])
  }

  private static func rectangle(_ fraction: Double, _ width: Int, _ height: Int) -> (Int, Int) {
    let area = fraction * Double(width * height)
    let ideal = fraction.squareRoot() * Double(width)
    var best = (0, 0)
    for candidate in [Int(ideal.rounded(.down)), Int(ideal.rounded(.up))] where candidate > 0 {
      let rows = min(max(Int((area / Double(candidate)).rounded()), 0), height)
      if abs(Double(candidate * rows) - area) < abs(Double(best.0 * best.1) - area) {
        best = (candidate, rows)
      }
    }
    return best
  }
}
