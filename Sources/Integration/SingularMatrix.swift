/// A sparse matrix that could not be factored: a pivot is zero, or a value is not finite.
public struct SingularMatrix: Error, Hashable, Sendable, CustomStringConvertible {
  /// The row left without a pivot: a combination of other rows, or empty.
  public let row: Int
  /// The column at which elimination stopped.
  public let column: Int
  /// Whether already the pattern leaves no choice of pivots, whatever the values.
  public let isStructural: Bool

  public init(row: Int, column: Int, isStructural: Bool) {
    self.row = row
    self.column = column
    self.isStructural = isStructural
  }

  public var description: String {
    let reason = isStructural ? "by its pattern" : "for these values"
    return "the matrix is singular \(reason) at row \(row), column \(column)"
  }
}
