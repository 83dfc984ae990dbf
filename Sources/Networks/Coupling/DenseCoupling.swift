public import Numerics

/// All N^2 weights, applied to many trials at once by ZGEMM.
public final class DenseCoupling: CouplingOperator {
  public let matrix: ComplexMatrix
  public var count: Int { matrix.rows }
  public var name: String { "dense" }
  public var cost: Double { 8 * Double(count) * Double(count) / CouplingCost.matrixProduct }

  /// - Precondition: `matrix` is square.
  public init(_ matrix: ComplexMatrix) {
    precondition(matrix.rows == matrix.columns, "coupling weights are square")
    self.matrix = matrix
  }

  public func apply(
    _ sources: UnsafePointer<Complex>, into results: UnsafeMutablePointer<Complex>, columns: Int
  ) {
    matrix.elements.withUnsafeBufferPointer {
      DenseProduct.multiply(
        $0.baseAddress!, sources, into: results, rows: count, inner: count, columns: columns)
    }
  }

  public func copy() -> any CouplingOperator { DenseCoupling(matrix) }
}
