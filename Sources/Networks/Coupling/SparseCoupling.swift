public import Numerics

/// Only the weights that are not zero, by rows.
public final class SparseCoupling: CouplingOperator {
  public let count: Int
  /// Row i holds entries `rowStarts[i] ..< rowStarts[i + 1]` of `columnIndices` and `values`.
  private let rowStarts: [Int32]
  private let columnIndices: [Int32]
  private let values: [Complex]

  public var name: String { "sparse (\(values.count) synapses)" }
  public var cost: Double { 8 * Double(values.count) / CouplingCost.indexed }

  /// Keeps the non-zero elements of a square matrix.
  public convenience init(_ matrix: ComplexMatrix) {
    var synapses: [Synapse] = []
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns where matrix[row, column] != .zero {
        synapses.append(Synapse(to: row, from: column, weight: matrix[row, column]))
      }
    }
    self.init(count: matrix.rows, synapses: synapses)
  }

  /// One weight of a sparse coupling.
  public struct Synapse: Sendable {
    public var to: Int
    public var from: Int
    public var weight: Complex
    public init(to: Int, from: Int, weight: Complex) {
      self.to = to
      self.from = from
      self.weight = weight
    }
  }

  /// - Precondition: indices lie in 0 ..< count. Weights of the same pair add up.
  public init(count: Int, synapses: [Synapse]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for synapse in synapses {
      precondition(synapse.to >= 0 && synapse.to < count, "destination outside the network")
      precondition(synapse.from >= 0 && synapse.from < count, "source outside the network")
      starts[synapse.to + 1] += 1
    }
    for row in 0..<count { starts[row + 1] += starts[row] }
    var next = starts
    var indices = [Int32](repeating: 0, count: synapses.count)
    var weights = [Complex](repeating: .zero, count: synapses.count)
    for synapse in synapses {
      let place = Int(next[synapse.to])
      next[synapse.to] += 1
      indices[place] = Int32(synapse.from)
      weights[place] = synapse.weight
    }
    self.count = count
    rowStarts = starts
    columnIndices = indices
    values = weights
  }

  private init(count: Int, rowStarts: [Int32], columnIndices: [Int32], values: [Complex]) {
    self.count = count
    self.rowStarts = rowStarts
    self.columnIndices = columnIndices
    self.values = values
  }

  public func apply(
    _ sources: UnsafePointer<Complex>, into results: UnsafeMutablePointer<Complex>, columns: Int
  ) {
    rowStarts.withUnsafeBufferPointer { starts in
      columnIndices.withUnsafeBufferPointer { indices in
        values.withUnsafeBufferPointer { values in
          for column in 0..<columns {
            let source = sources + column * count
            let result = results + column * count
            for row in 0..<count {
              var real = 0.0
              var imaginary = 0.0
              for entry in Int(starts[row])..<Int(starts[row + 1]) {
                let w = values[entry]
                let z = source[Int(indices[entry])]
                real += w.real * z.real - w.imaginary * z.imaginary
                imaginary += w.real * z.imaginary + w.imaginary * z.real
              }
              result[row] = Complex(real, imaginary)
            }
          }
        }
      }
    }
  }

  public func copy() -> any CouplingOperator {
    SparseCoupling(
      count: count, rowStarts: rowStarts, columnIndices: columnIndices, values: values)
  }
}
