public import Numerics
public import Ranks

/// Weights of rank r as `left * adjoint(right)`: O(N r) a product and in memory. Pseudo-inverse
/// weights of P images have rank P. Spread over ranks, each has its own rows of both factors, and
/// r numbers a column are summed over them.
public final class LowRankCoupling: CouplingOperator {
  public let matrix: LowRankMatrix
  private let ranks: Ranks
  private var projections: [Complex] = []

  public var count: Int { matrix.left.rows }
  public var name: String { "low rank (\(matrix.rank))" }
  public var cost: Double {
    16 * Double(count) * Double(matrix.rank) / CouplingCost.thinMatrixProduct
  }

  public init(_ matrix: LowRankMatrix, over ranks: Ranks = .alone) {
    precondition(matrix.left.rows == matrix.right.rows, "coupling weights are square")
    self.matrix = matrix
    self.ranks = ranks
  }

  public func apply(
    _ sources: UnsafePointer<Complex>, into results: UnsafeMutablePointer<Complex>, columns: Int
  ) {
    let rank = matrix.rank
    if projections.count < rank * columns {
      projections = [Complex](repeating: .zero, count: rank * columns)
    }
    projections.withUnsafeMutableBufferPointer { inner in
      matrix.right.elements.withUnsafeBufferPointer {
        DenseProduct.multiplyAdjoint(
          $0.baseAddress!, sources, into: inner.baseAddress!, rows: rank, inner: count,
          columns: columns)
      }
      UnsafeMutableRawPointer(inner.baseAddress!).withMemoryRebound(
        to: Double.self, capacity: 2 * rank * columns
      ) { ranks.sum($0, count: 2 * rank * columns) }
      matrix.left.elements.withUnsafeBufferPointer {
        DenseProduct.multiply(
          $0.baseAddress!, inner.baseAddress!, into: results, rows: count, inner: rank,
          columns: columns)
      }
    }
  }

  public func copy() -> any CouplingOperator { LowRankCoupling(matrix, over: ranks) }
}
