public import Numerics

/// A linear map from what N oscillators send to what N oscillators receive: W of docs/physics.md.
///
/// One operator serves one task at a time (it owns scratch memory); its weights are shared.
public protocol CouplingOperator: AnyObject {
  /// Number of oscillators N.
  var count: Int { get }

  /// "dense", "low rank", ... for reports.
  var name: String { get }

  /// results(:, k) = W sources(:, k) for every k < `columns`: as many trials advance together.
  ///
  /// Both are column-major N x columns and do not overlap.
  func apply(
    _ sources: UnsafePointer<Complex>, into results: UnsafeMutablePointer<Complex>, columns: Int)

  /// Estimated seconds a column, from the operation counts and measured rates in
  /// `CouplingCost`; only ratios between operators matter.
  var cost: Double { get }

  /// An operator with the same weights and its own scratch memory, for another task.
  func copy() -> any CouplingOperator
}

/// Rates behind the choice of an operator, in operations a second: orders of magnitude of one core
/// of a current processor. A wrong one costs time, never correctness.
enum CouplingCost {
  static let matrixProduct = 5e10
  static let thinMatrixProduct = 2.5e10
  static let indexed = 2e9
  static let transform = 6e9
}
