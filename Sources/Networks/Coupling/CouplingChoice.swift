// Which operator applies given weights at the lowest cost. All of them give the same product to
// rounding; the choice follows the operation counts in `CouplingCost`.

public import Numerics
public import Ranks

public enum CouplingChoice {
  /// The cheapest operator for weights in factors, which ranks may share.
  public static func best(
    for factors: LowRankMatrix, over ranks: Ranks = .alone
  ) -> any CouplingOperator {
    let lowRank = LowRankCoupling(factors, over: ranks)
    if !ranks.isAlone { return lowRank }
    let n = factors.left.rows
    let dense = 8 * Double(n) * Double(n) / CouplingCost.matrixProduct
    if lowRank.cost <= dense { return lowRank }
    return DenseCoupling(factors.expanded)
  }

  /// The cheapest operator for a dense matrix: it may turn out sparse, a convolution on the
  /// lattice, or of low rank.
  ///
  /// - Precondition: `matrix` is square.
  public static func best(for matrix: ComplexMatrix, lattice: Lattice? = nil)
    -> any CouplingOperator
  {
    var candidates: [any CouplingOperator] = [DenseCoupling(matrix)]
    let filled = matrix.elements.count { $0 != .zero }
    if filled * 4 < matrix.elements.count { candidates.append(SparseCoupling(matrix)) }
    if let lattice, lattice.count == matrix.rows {
      for boundary in Lattice.Boundary.allCases {
        let lattice = Lattice(width: lattice.width, height: lattice.height, boundary: boundary)
        if let convolution = convolution(matrix, lattice) { candidates.append(convolution) }
      }
    }
    if let lowRank = lowRank(matrix) { candidates.append(lowRank) }
    return candidates.min { $0.cost < $1.cost }!
  }

  /// The matrix as a convolution, where each weight depends on the displacement alone (to 1e-13 of
  /// the largest).
  static func convolution(_ matrix: ComplexMatrix, _ lattice: Lattice) -> ConvolutionCoupling? {
    let (w, h) = (lattice.width, lattice.height)
    let largest = matrix.elements.reduce(0) { max($0, $1.squaredModulus) }
    let tolerance = 1e-26 * largest
    func kernel(_ dx: Int, _ dy: Int) -> Complex {
      let (x, y) = (max(0, dx), max(0, dy))
      return matrix[x + y * w, (x - dx) + (y - dy) * w]
    }
    let periodic = lattice.boundary == .periodic
    for j in 0..<lattice.count {
      for i in 0..<lattice.count {
        var (dx, dy) = (i % w - j % w, i / w - j / w)
        if periodic {
          dx = (dx + w) % w
          dy = (dy + h) % h
        }
        if (matrix[i, j] - kernel(dx, dy)).squaredModulus > tolerance { return nil }
      }
    }
    return ConvolutionCoupling(lattice, kernel: kernel)
  }

  /// Above this size looking for the rank of a dense matrix, O(N^3), would take seconds.
  static let rankSearchLimit = 1000

  /// The matrix in factors of its numerical rank (to 1e-14 of its largest column).
  ///
  /// From A P = Q R: A = Q adjoint(adjoint(R P^T)).
  static func lowRank(_ matrix: ComplexMatrix) -> LowRankCoupling? {
    let n = matrix.rows
    guard n > 0, n <= rankSearchLimit, let qr = try? PivotedQR(matrix, tolerance: 1e-14),
      qr.rank > 0, qr.rank * 2 < n
    else { return nil }
    var right = ComplexMatrix(rows: n, columns: qr.rank)
    for place in 0..<n {
      for r in 0..<qr.rank { right[qr.pivots[place], r] = qr.triangle[r, place].conjugate }
    }
    return LowRankCoupling(LowRankMatrix(left: qr.basis, right: right))
  }
}
