public import Numerics

/// An array of a `.npy` file: phases, weights.
///
/// Source of the format: NumPy Enhancement Proposal 1 and numpy/lib/format.py, versions 1.0, 2.0
/// and 3.0.
public struct NumPyArray: Equatable, Sendable {
  /// The elements in row-major (C) order, whatever the order in the file was.
  public enum Elements: Equatable, Sendable {
    /// float64; also what integers and booleans of a file become.
    case float64([Double])
    case float32([Float])
    case complex128([Complex])
    /// complex64 of a file, widened; written as complex64 again.
    case complex64([Complex])
  }

  /// Points along each dimension, slowest first; none for a single number.
  public var shape: [Int]
  public var elements: Elements

  /// - Precondition: `elements` fill `shape`.
  public init(shape: [Int], _ elements: Elements) {
    self.shape = shape
    self.elements = elements
    precondition(count == shape.reduce(1, *), "the elements fill the shape")
  }

  /// A matrix, element (i, j) at index [i][j] of the array.
  public init(_ matrix: ComplexMatrix) {
    var rowMajor: [Complex] = []
    rowMajor.reserveCapacity(matrix.elements.count)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { rowMajor.append(matrix[row, column]) }
    }
    self.init(shape: [matrix.rows, matrix.columns], .complex128(rowMajor))
  }

  public var count: Int {
    switch elements {
    case .float64(let values): values.count
    case .float32(let values): values.count
    case .complex128(let values), .complex64(let values): values.count
    }
  }

  /// The elements as doubles; nil if they are complex.
  public var doubles: [Double]? {
    switch elements {
    case .float64(let values): values
    case .float32(let values): values.map(Double.init)
    case .complex128, .complex64: nil
    }
  }

  /// The elements as complex numbers.
  public var complexes: [Complex] {
    switch elements {
    case .float64(let values): values.map { Complex($0) }
    case .float32(let values): values.map { Complex(Double($0)) }
    case .complex128(let values), .complex64(let values): values
    }
  }

  /// The array as a matrix; nil unless it has two dimensions.
  public var matrix: ComplexMatrix? {
    guard shape.count == 2 else { return nil }
    let values = complexes
    var result = ComplexMatrix(rows: shape[0], columns: shape[1])
    for row in 0..<shape[0] {
      for column in 0..<shape[1] { result[row, column] = values[row * shape[1] + column] }
    }
    return result
  }

  /// The indices, one a dimension, of the first element that is NaN or infinite; nil if all are
  /// finite.
  public var firstNonFinite: [Int]? {
    let position: Int? =
      switch elements {
      case .float64(let values): values.firstIndex { !$0.isFinite }
      case .float32(let values): values.firstIndex { !$0.isFinite }
      case .complex128(let values), .complex64(let values): values.firstIndex { !$0.isFinite }
      }
    guard var rest = position else { return nil }
    var indices = [Int](repeating: 0, count: shape.count)
    for dimension in shape.indices.reversed() {
      indices[dimension] = rest % shape[dimension]
      rest /= shape[dimension]
    }
    return indices
  }

  /// Reads a `.npy` file: real, complex, integer or boolean elements of any order and byte order.
  ///
  /// Memory stays proportional to the file's own size.
  /// - Throws: `FileError`.
  public static func read(_ path: String, limit: Int = 1 << 32) throws -> NumPyArray {
    let bytes = try WholeFile.read(path, limit: limit)
    do {
      let header = try NumPyHeader(bytes)
      return try header.array(bytes)
    } catch {
      throw FileError(path, .malformed, error.reason)
    }
  }

  /// Writes a `.npy` file, version 1.0, little-endian, C order, whole or not at all.
  ///
  /// - Throws: `FileError`.
  public func write(to path: String) throws {
    try WholeFile.write(NumPyHeader.encode(self), to: path)
  }
}
