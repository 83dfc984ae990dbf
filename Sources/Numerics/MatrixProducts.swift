// Products of whole matrices through BLAS. The corresponding C functions are cblas_zgemm and
// cblas_dgemm.

import CLAPACK

/// Which form of a factor a product takes.
public enum MatrixForm: Sendable {
  case plain
  /// The conjugate transpose.
  case adjoint

  var raw: CBLAS_TRANSPOSE { self == .plain ? CblasNoTrans : CblasConjTrans }
}

/// The product `form(a) * form(b)`.
/// - Precondition: the inner dimensions agree.
public func multiply(
  _ a: ComplexMatrix, _ aForm: MatrixForm, _ b: ComplexMatrix, _ bForm: MatrixForm
) -> ComplexMatrix {
  let rows = aForm == .plain ? a.rows : a.columns
  let inner = aForm == .plain ? a.columns : a.rows
  let columns = bForm == .plain ? b.columns : b.rows
  precondition(inner == (bForm == .plain ? b.rows : b.columns), "inner dimensions differ")
  var product = ComplexMatrix(rows: rows, columns: columns)
  guard rows > 0, columns > 0, inner > 0 else { return product }
  var one = Complex.one
  var zero = Complex.zero
  product.elements.withUnsafeMutableBufferPointer { c in
    a.elements.withUnsafeBufferPointer { a0 in
      b.elements.withUnsafeBufferPointer { b0 in
        cblas_zgemm(
          CblasColMajor, aForm.raw, bForm.raw, blasint(rows), blasint(columns), blasint(inner),
          &one, a0.baseAddress, blasint(a.rows), b0.baseAddress, blasint(b.rows), &zero,
          c.baseAddress, blasint(rows))
      }
    }
  }
  return product
}

/// The product of two complex matrices.
/// - Precondition: `a.columns == b.rows`.
public func multiply(_ a: ComplexMatrix, _ b: ComplexMatrix) -> ComplexMatrix {
  multiply(a, .plain, b, .plain)
}

/// The product of two real matrices.
/// - Precondition: `a.columns == b.rows`.
public func multiply(_ a: RealMatrix, _ b: RealMatrix) -> RealMatrix {
  precondition(a.columns == b.rows, "inner dimensions differ")
  var product = RealMatrix(rows: a.rows, columns: b.columns)
  guard a.rows > 0, b.columns > 0, a.columns > 0 else { return product }
  product.elements.withUnsafeMutableBufferPointer { c in
    cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, blasint(a.rows), blasint(b.columns),
      blasint(a.columns), 1, a.elements, blasint(a.rows), b.elements, blasint(b.rows), 0,
      c.baseAddress, blasint(a.rows))
  }
  return product
}

extension LowRankMatrix {
  /// All N x N elements written out.
  public var expanded: ComplexMatrix { multiply(left, .plain, right, .adjoint) }
}

extension Weights {
  /// All N x N elements written out.
  public var expanded: ComplexMatrix {
    switch self {
    case .dense(let matrix): matrix
    case .lowRank(let matrix): matrix.expanded
    }
  }

  /// The product with a matrix of N rows (states in its columns).
  public func product(with states: ComplexMatrix) -> ComplexMatrix {
    switch self {
    case .dense(let matrix): multiply(matrix, states)
    case .lowRank(let matrix):
      multiply(matrix.left, multiply(matrix.right, .adjoint, states, .plain))
    }
  }
}
