// GMRES without restart: the residual is minimal over the Krylov space, which is kept whole. The
// operators here are the identity less a monodromy matrix, most of whose eigenvalues are tiny, so
// that a few dozen vectors do; and as many as unknowns always do.
//
// Source: Y. Saad, M. H. Schultz, SIAM J. Sci. Stat. Comput. 7 (1986) 856, doi:10.1137/0907058.

import Numerics

/// Solves linear equations whose matrix is known by what it does to a vector.
struct KrylovSolver {
  /// Of the residual beside the right-hand side.
  var tolerance = 1e-12
  var dimensionMaximum = 400

  /// The solution of `apply(x) = b`, and how large its residual is beside b.
  func solve(
    _ b: [Double], _ apply: ([Double]) -> [Double]
  ) -> (x: [Double], residual: Double) {
    let size = Self.norm(b)
    if !(size > 0) { return (b, 0) }
    var basis = [b.map { $0 / size }]
    /// Columns of the upper triangle that rotations leave of the Hessenberg matrix.
    var triangle: [[Double]] = []
    var rotations: [(c: Double, s: Double)] = []
    var right = [size]
    let limit = min(dimensionMaximum, b.count)
    while triangle.count < limit {
      var next = apply(basis[basis.count - 1])
      var column = Self.orthogonalise(&next, basis)
      let height = Self.norm(next)
      for (k, rotation) in rotations.enumerated() {
        (column[k], column[k + 1]) = (
          rotation.c * column[k] + rotation.s * column[k + 1],
          rotation.c * column[k + 1] - rotation.s * column[k]
        )
      }
      let k = triangle.count
      let length = (column[k] * column[k] + height * height).squareRoot()
      if !(length > 0) { break }
      let rotation = (c: column[k] / length, s: height / length)
      rotations.append(rotation)
      column[k] = length
      triangle.append(column)
      right.append(-rotation.s * right[k])
      right[k] *= rotation.c
      if !(abs(right[k + 1]) > tolerance * size) || height <= 1e-15 * length { break }
      basis.append(next.map { $0 / height })
    }
    let weights = Self.backSubstitute(triangle, right)
    var x = [Double](repeating: 0, count: b.count)
    for (weight, vector) in zip(weights, basis) {
      for k in x.indices { x[k] += weight * vector[k] }
    }
    return (x, abs(right[triangle.count]) / size)
  }

  /// Twice, so that rounding does not bend the basis; the coefficients of both together.
  static func orthogonalise(_ vector: inout [Double], _ basis: [[Double]]) -> [Double] {
    var coefficients = [Double](repeating: 0, count: basis.count)
    for _ in 0..<2 {
      for (k, other) in basis.enumerated() {
        var product = 0.0
        for i in vector.indices { product += vector[i] * other[i] }
        for i in vector.indices { vector[i] -= product * other[i] }
        coefficients[k] += product
      }
    }
    return coefficients
  }

  private static func backSubstitute(_ triangle: [[Double]], _ right: [Double]) -> [Double] {
    var solution = Array(right.prefix(triangle.count))
    for k in solution.indices.reversed() {
      for j in (k + 1)..<max(k + 1, solution.count) { solution[k] -= triangle[j][k] * solution[j] }
      solution[k] /= triangle[k][k]
    }
    return solution
  }

  static func norm(_ vector: [Double]) -> Double {
    // entries of all sizes: without the scale, tiny ones would vanish
    let largest = vector.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    return largest * vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }
}
