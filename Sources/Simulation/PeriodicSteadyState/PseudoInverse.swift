// The shortest least-squares solution of a singular system, by its singular value decomposition.

import Numerics

/// The pseudo-inverse of a square matrix without its smallest singular values.
struct PseudoInverse {
  private let singular: SingularValues
  private let rank: Int
  /// How many singular values were left out.
  let defect: Int

  /// - Parameter cutoff: of singular values, beside the largest (at most 1 of it).
  /// - Throws: `FactorisationFailure`.
  init(_ matrix: RealMatrix, cutoff: Double) throws(FactorisationFailure) {
    let elements = matrix.elements.map { Complex($0) }
    singular = try SingularValues(
      ComplexMatrix(rows: matrix.rows, columns: matrix.columns, elements: elements))
    let least = cutoff * min(1, singular.values.first ?? 0)
    rank = singular.values.prefix { $0 > least }.count
    defect = singular.values.count - rank
  }

  func solve(_ right: [Double]) -> [Double] {
    var solution = [Double](repeating: 0, count: right.count)
    for k in 0..<rank {
      let weight =
        right.indices.reduce(0) { $0 + singular.left[$1, k].real * right[$1] }
        / singular.values[k]
      for row in solution.indices { solution[row] += weight * singular.right[row, k].real }
    }
    return solution
  }
}
