// Latin hypercube: of n points, each axis has exactly one in each of its n strata.
//
// Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239,
// doi:10.2307/1268522.

import Numerics

public enum LatinHypercube {
  /// `count` points in the unit cube, coordinates in [0, 1).
  public static func points(_ count: Int, dimensions: Int, seed: UInt64) -> [[Double]] {
    var points = [[Double]](repeating: [], count: count)
    for dimension in 0..<dimensions {
      var stream = RandomStream(seed: seed, instance: dimension, purpose: .design)
      var strata = Array(0..<count)
      strata.shuffle(using: &stream)
      for index in points.indices {
        points[index].append((Double(strata[index]) + stream.uniform()) / Double(count))
      }
    }
    return points
  }
}
