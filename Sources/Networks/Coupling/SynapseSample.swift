import Numerics
import Ranks

/// The synapses of weights in factors that are looked at one by one: all of a network of thousands,
/// of a larger one every so many-th row and column, because there would be 10^12 of them.
public struct SynapseSample {
  /// The largest network of which every synapse is looked at.
  public static let wholeLimit = 16_384
  /// Rows and columns that are looked at of a larger one, about.
  static let sampled = 2048

  struct Synapse {
    var to: Int
    var from: Int
    var weight: Complex
  }

  /// Every so many-th row and column.
  public let stride: Int
  private let factors: LowRankMatrix
  private let block: Block

  /// Synapses of all for each that is looked at.
  public static func ratio(_ count: Int) -> Double {
    let seen = (count + stride(count) - 1) / stride(count)
    return Double(count) / Double(seen) * Double(count) / Double(seen)
  }

  static func stride(_ count: Int) -> Int {
    count <= wholeLimit ? 1 : (count + sampled - 1) / sampled
  }

  init(_ factors: LowRankMatrix, _ block: Block) {
    self.factors = factors
    self.block = block
    stride = Self.stride(block.total)
  }

  /// Calls `body` with each that ends in this rank's rows.
  func visit<Failure: Error>(
    _ body: (Synapse) throws(Failure) -> Void
  ) throws(Failure) {
    let rank = factors.rank
    let columns = Array(Swift.stride(from: 0, to: block.total, by: stride))
    let sources = rows(of: columns)
    let first = (block.range.lowerBound + stride - 1) / stride * stride
    let rows = Array(Swift.stride(from: first, to: block.range.upperBound, by: stride))
    // the rows that are looked at, close together
    var left = [Complex](repeating: .zero, count: rows.count * rank)
    for (place, row) in rows.enumerated() {
      for r in 0..<rank {
        left[place + r * rows.count] = factors.left[row - block.range.lowerBound, r]
      }
    }
    let panel = 64
    var weights = [Complex](repeating: .zero, count: rows.count * panel)
    for start in Swift.stride(from: 0, to: columns.count, by: panel) {
      let width = min(panel, columns.count - start)
      if rows.isEmpty { return }
      weights.withUnsafeMutableBufferPointer { weights in
        sources.withUnsafeBufferPointer { sources in
          DenseProduct.multiply(
            left, sources.baseAddress! + start * rank, into: weights.baseAddress!,
            rows: rows.count, inner: rank, columns: width)
        }
      }
      for k in 0..<width {
        for (place, row) in rows.enumerated() {
          try body(
            Synapse(
              to: row, from: columns[start + k], weight: weights[place + k * rows.count]))
        }
      }
    }
  }

  /// Conjugated rows of the right factor, each from the rank that has it.
  private func rows(of columns: [Int]) -> [Complex] {
    let rank = factors.rank
    var rows = [Complex](repeating: .zero, count: columns.count * rank)
    for (place, column) in columns.enumerated() where block.range.contains(column) {
      for r in 0..<rank {
        rows[r + place * rank] = factors.right[column - block.range.lowerBound, r].conjugate
      }
    }
    rows.withUnsafeMutableBufferPointer { rows in
      let numbers = UnsafeMutableRawPointer(rows.baseAddress!)
        .assumingMemoryBound(to: Double.self)
      block.ranks.sum(numbers, count: 2 * rows.count)
    }
    return rows
  }
}
