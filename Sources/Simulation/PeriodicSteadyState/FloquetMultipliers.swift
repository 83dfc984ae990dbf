// Floquet multipliers, the eigenvalues of the monodromy matrix: what one period makes of a small
// deviation from the orbit. Of circuits with few states the matrix is formed column by column; of
// larger ones Arnoldi's method finds the largest, which are those that count.

public import Numerics

/// The multipliers of an orbit.
public struct FloquetMultipliers: Sendable {
  /// By falling modulus; those that rounding cannot tell from 0 are left out.
  public internal(set) var values: [Complex]
  /// Whether all others are known to be smaller.
  public internal(set) var isComplete: Bool
  /// Of an autonomous orbit: by how much the one that belongs to shifts in time differs from 1.
  public internal(set) var errorOfUnit: Double?

  /// Of the deviation that fades most slowly (or grows): without the 1 of an autonomous orbit.
  public var slowest: Complex? { errorOfUnit == nil ? values.first : others.first }

  /// Without the 1 of an autonomous orbit.
  public var others: [Complex] {
    guard errorOfUnit != nil, let unit = unitIndex else { return values }
    var rest = values
    rest.remove(at: unit)
    return rest
  }

  private var unitIndex: Int? {
    values.indices.min {
      (values[$0] - .one).squaredModulus < (values[$1] - .one).squaredModulus
    }
  }

  static let denseLimit = 200
  static let arnoldiDimension = 120
  /// Smaller multipliers are noise.
  static let smallest = 1e-12

  init(_ newton: PeriodicNewton, isAutonomous: Bool) throws {
    let count = newton.states.count
    let found: [Complex]
    if count <= Self.denseLimit {
      var matrix = RealMatrix(rows: count, columns: count)
      for column in 0..<count {
        var unit = [Double](repeating: 0, count: count)
        unit[column] = 1
        for (row, value) in newton.monodromy(unit).enumerated() { matrix[row, column] = value }
      }
      found = count > 0 ? try eigenvalues(of: matrix) : []
      isComplete = true
    } else {
      found = try Self.arnoldi(count, newton.monodromy)
      isComplete = false
    }
    values = found.filter { $0.modulus > Self.smallest }.sorted { $0.modulus > $1.modulus }
    if isAutonomous, let unit = unitIndex { errorOfUnit = (values[unit] - .one).modulus }
  }

  /// The eigenvalues of the projection on a Krylov space.
  private static func arnoldi(
    _ count: Int, _ apply: ([Double]) -> [Double]
  ) throws -> [Complex] {
    // no symmetry of the circuit is one of this vector
    let start = (0..<count).map { k in
      (Double(k + 1) * 0.6180339887498949).truncatingRemainder(dividingBy: 1) - 0.5
    }
    let size = KrylovSolver.norm(start)
    var basis = [start.map { $0 / size }]
    var columns: [[Double]] = []
    var heights: [Double] = []
    while columns.count < arnoldiDimension {
      var next = apply(basis[basis.count - 1])
      let before = KrylovSolver.norm(next)
      columns.append(KrylovSolver.orthogonalise(&next, basis))
      let height = KrylovSolver.norm(next)
      heights.append(height)
      if !(height > 1e-14 * max(before, 1e-14)) { break }
      basis.append(next.map { $0 / height })
    }
    let dimension = columns.count
    var matrix = RealMatrix(rows: dimension, columns: dimension)
    for (j, column) in columns.enumerated() {
      for (i, value) in column.enumerated() { matrix[i, j] = value }
      if j + 1 < dimension { matrix[j + 1, j] = heights[j] }
    }
    // only the largest have converged
    return try eigenvalues(of: matrix).filter { $0.modulus > 1e-6 }
  }
}
