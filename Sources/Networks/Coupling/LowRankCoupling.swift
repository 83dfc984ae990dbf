public import Numerics

/// Weights of rank r as `left * adjoint(right)`: O(N r) a product and in memory. Pseudo-inverse
/// weights of P images have rank P.
public final class LowRankCoupling: CouplingOperator {
  public let matrix: LowRankMatrix
  private var projections: [Complex] = []

  public var count: Int { matrix.left.rows }
  public var name: String { "low rank (\(matrix.rank))" }
  public var cost: Double {
    16 * Double(count) * Double(matrix.rank) / CouplingCost.thinMatrixProduct
  }

  public init(_ matrix: LowRankMatrix) {
    precondition(matrix.left.rows == matrix.right.rows, "coupling weights are square")
    self.matrix = matrix
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
      matrix.left.elements.withUnsafeBufferPointer {
        DenseProduct.multiply(
          $0.baseAddress!, inner.baseAddress!, into: results, rows: count, inner: rank,
          columns: columns)
      }
    }
  }

  public func copy() -> any CouplingOperator { LowRankCoupling(matrix) }
}
