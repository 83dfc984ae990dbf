/// A dense complex matrix in column-major order, as BLAS and LAPACK expect it: element (i, j) is
/// `elements[i + j * rows]`.
public struct ComplexMatrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  public var elements: [Complex]

  /// - Precondition: `elements.count == rows * columns`.
  public init(rows: Int, columns: Int, elements: [Complex]) {
    precondition(elements.count == rows * columns, "a matrix needs rows * columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns,
      elements: [Complex](repeating: .zero, count: rows * columns))
  }

  @inlinable
  public subscript(row: Int, column: Int) -> Complex {
    get { elements[row + column * rows] }
    set { elements[row + column * rows] = newValue }
  }

  /// The conjugate transpose.
  public var adjoint: ComplexMatrix {
    var result = ComplexMatrix(rows: columns, columns: rows)
    for j in 0..<columns {
      for i in 0..<rows { result[j, i] = self[i, j].conjugate }
    }
    return result
  }
}

/// An N x N complex matrix of rank r held as `left * adjoint(right)`, both N x r: a product with a
/// vector costs O(N r), and so does its memory.
public struct LowRankMatrix: Equatable, Sendable {
  public let left: ComplexMatrix
  public let right: ComplexMatrix

  /// - Precondition: `left` and `right` have the same number of columns.
  public init(left: ComplexMatrix, right: ComplexMatrix) {
    precondition(left.columns == right.columns, "both factors have the rank's columns")
    self.left = left
    self.right = right
  }

  public var rank: Int { left.columns }
}

/// Coupling weights as a training rule gives them: W[i, j] couples source j to destination i.
public enum Weights: Equatable, Sendable {
  case dense(ComplexMatrix)
  case lowRank(LowRankMatrix)

  public var count: Int {
    switch self {
    case .dense(let matrix): matrix.rows
    case .lowRank(let matrix): matrix.left.rows
    }
  }
}
