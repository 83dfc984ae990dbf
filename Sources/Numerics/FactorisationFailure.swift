import CLAPACK

/// A factorisation that LAPACK could not complete, with its raw code.
public enum FactorisationFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The matrix holds a NaN or an infinity.
  case notFinite
  /// The matrix is singular to working precision; the position of the zero pivot.
  case singular(pivot: Int)
  /// An iteration inside LAPACK did not converge.
  case notConverged(function: String, code: Int)

  public var description: String {
    switch self {
    case .notFinite: "the matrix holds a value that is not finite"
    case .singular(let pivot): "the matrix is singular (zero pivot at \(pivot))"
    case .notConverged(let function, let code):
      "\(function) did not converge (code \(code)); scale the matrix nearer to 1"
    }
  }
}

/// LAPACKE's negative codes mean a wrong argument, which is our own mistake, or no memory.
func check(
  _ code: Int32, _ function: String
) throws(FactorisationFailure) {
  precondition(code >= 0, "\(function) was called wrongly or had no memory (code \(code))")
  if code > 0 { throw .notConverged(function: function, code: Int(code)) }
}

func requireFinite(_ matrix: ComplexMatrix) throws(FactorisationFailure) {
  if !matrix.elements.allSatisfy(\.isFinite) { throw .notFinite }
}

func requireFinite(_ matrix: RealMatrix) throws(FactorisationFailure) {
  if !matrix.elements.allSatisfy(\.isFinite) { throw .notFinite }
}

/// Lends a buffer of `Complex` to LAPACK under the C structure's name; the layouts are the same.
func withLapackElements<Result>(
  _ elements: inout [Complex],
  _ body: (UnsafeMutablePointer<oscine_complex_double>?) -> Result
) -> Result {
  elements.withUnsafeMutableBufferPointer { buffer in
    let raw = UnsafeMutableRawBufferPointer(buffer)
    return raw.withMemoryRebound(to: oscine_complex_double.self) { body($0.baseAddress) }
  }
}
