/// Where a square sparse matrix may hold numbers: compressed columns, rows increasing in each.
///
/// The values of such a matrix are `entryCount` numbers; entry k stands in row `rowIndices[k]`, and
/// column j holds the entries `columnStarts[j]..<columnStarts[j + 1]`.
public struct SparsePattern: Hashable, Sendable {
  /// Rows, and as many columns.
  public let count: Int
  /// `count + 1` indices of entries, increasing, from 0 to `entryCount`.
  public let columnStarts: [Int32]
  /// The row of each entry.
  public let rowIndices: [Int32]

  public var entryCount: Int { rowIndices.count }

  /// - Precondition: the arrays are as described above.
  public init(count: Int, columnStarts: [Int32], rowIndices: [Int32]) {
    precondition(columnStarts.count == count + 1, "a start a column, and the end")
    precondition(Int(columnStarts[count]) == rowIndices.count, "the last column ends the entries")
    self.count = count
    self.columnStarts = columnStarts
    self.rowIndices = rowIndices
  }

  /// The pattern of all declared places, and for each declaration the index of its entry, in the
  /// order of the declarations.
  ///
  /// Places may be declared often. A place with a negative row or column lies outside the matrix:
  /// its index is `entryCount`, one past the entries, where callers keep a number nobody reads.
  /// Takes time proportional to the declarations (two counting sorts).
  /// - Precondition: `rows` and `columns` are equally long, their numbers below `count`.
  public static func assemble(
    count: Int, rows: [Int32], columns: [Int32]
  ) -> (pattern: SparsePattern, slots: [Int32]) {
    precondition(rows.count == columns.count, "a place is a row and a column")
    precondition(rows.count < Int(Int32.max), "too many places")
    let inside = rows.indices.filter { rows[$0] >= 0 && columns[$0] >= 0 }.map(Int32.init)
    let byRow = sorted(inside, by: rows, below: count)
    let order = sorted(byRow, by: columns, below: count)
    var starts = [Int32](repeating: 0, count: count + 1)
    var indices: [Int32] = []
    indices.reserveCapacity(order.count)
    var slots = [Int32](repeating: -1, count: rows.count)
    var (row, column): (Int32, Int32) = (-1, -1)
    for place in order {
      let k = Int(place)
      if rows[k] != row || columns[k] != column {
        (row, column) = (rows[k], columns[k])
        indices.append(row)
        starts[Int(column) + 1] += 1
      }
      slots[k] = Int32(indices.count - 1)
    }
    for j in 0..<count { starts[j + 1] += starts[j] }
    let outside = Int32(indices.count)
    for k in slots.indices where slots[k] < 0 { slots[k] = outside }
    return (SparsePattern(count: count, columnStarts: starts, rowIndices: indices), slots)
  }

  /// The items in the order of their keys; items with equal keys keep their order.
  private static func sorted(
    _ items: [Int32], by keys: [Int32], below limit: Int
  ) -> [Int32] {
    var next = [Int32](repeating: 0, count: limit + 1)
    for item in items { next[Int(keys[Int(item)]) + 1] += 1 }
    for key in 0..<limit { next[key + 1] += next[key] }
    return [Int32](unsafeUninitializedCapacity: items.count) { result, filled in
      for item in items {
        let key = Int(keys[Int(item)])
        result.initializeElement(at: Int(next[key]), to: item)
        next[key] += 1
      }
      filled = items.count
    }
  }
}
