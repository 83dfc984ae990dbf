// Sobol's low-discrepancy sequence: the first 2^k points have exactly one in each dyadic stratum of
// 2^-k of every axis. A digital shift drawn by the seed keeps that and moves the first point off
// the corner.
//
// Sources: I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967) 86; direction numbers of S. Joe,
// F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) 2635, doi:10.1137/070709359; P. Bratley, B. L. Fox, ACM
// Trans. Math. Softw. 14 (1988) 88 for the order by Gray codes, not used here: the points keep
// their own numbers.

import Numerics

public enum SobolSequence {
  /// Degree and inner coefficients of the primitive polynomial, and the first direction numbers.
  private static let directions: [(degree: Int, polynomial: UInt64, first: [UInt64])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
    (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]),
  ]
  private static let bits = 52
  public static let dimensionLimit = directions.count + 1

  /// The first `count` points in the unit cube, coordinates in [0, 1).
  /// - Precondition: at most `dimensionLimit` dimensions.
  public static func points(_ count: Int, dimensions: Int, seed: UInt64) -> [[Double]] {
    precondition(dimensions <= dimensionLimit, "the table has as many dimensions")
    var points = [[Double]](repeating: [], count: count)
    for dimension in 0..<dimensions {
      let columns = columns(dimension)
      var stream = RandomStream(seed: seed, instance: dimension, purpose: .design)
      let shift = stream.next() >> UInt64(64 - bits)
      for index in points.indices {
        var word = shift
        for bit in 0..<bits where index >> bit & 1 == 1 { word ^= columns[bit] }
        points[index].append(Double(word) * 0x1p-52)
      }
    }
    return points
  }

  /// The generator matrix of a dimension: what each bit of a point's number adds.
  private static func columns(_ dimension: Int) -> [UInt64] {
    guard dimension > 0 else { return (0..<bits).map { 1 << UInt64(bits - 1 - $0) } }
    let (degree, polynomial, first) = directions[dimension - 1]
    var columns = first.enumerated().map { $1 << UInt64(bits - 1 - $0) }
    for bit in degree..<bits {
      var column = columns[bit - degree] ^ (columns[bit - degree] >> UInt64(degree))
      for k in 1..<max(degree, 1) where polynomial >> UInt64(degree - 1 - k) & 1 == 1 {
        column ^= columns[bit - k]
      }
      columns.append(column)
    }
    return columns
  }
}
