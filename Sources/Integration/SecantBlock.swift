import Numerics

/// A sparse block of derivatives, improved row by row from what changes of the unknowns did.
///
/// Where a row depends on one unknown that is not linear, as a junction's current on its voltage,
/// the row is then the secant itself, whatever other rows do.
///
/// Source: L. K. Schubert, "Modification of a quasi-Newton method for nonlinear equations with a
/// sparse Jacobian", Math. Comp. 24 (1970) 27.
final class SecantBlock {
  struct Entry {
    var column: Int32
    /// Its place in `values`.
    var slot: Int32
  }

  let values: Numbers
  private let count: Int
  private let entries: UnsafeMutablePointer<Entry>
  private let starts: UnsafeMutablePointer<Int32>
  /// Where each value is read from, and by what it is multiplied.
  private let sources: UnsafeMutablePointer<Int32>
  private let factors: Numbers

  /// - Parameters:
  ///   - links: an entry each, in the order of `values`.
  ///   - factors: of the rows.
  init(rowCount: Int, _ links: [StateEquations.Link], factors rowFactors: [Double]) {
    count = links.count
    values = alignedZeros(links.count)
    factors = alignedZeros(links.count)
    sources = .allocate(capacity: max(1, links.count))
    entries = .allocate(capacity: max(1, links.count))
    starts = .allocate(capacity: rowCount + 1)
    var byRow = [[Entry]](repeating: [], count: rowCount)
    for (slot, link) in links.enumerated() {
      (sources + slot).initialize(to: link.slot)
      factors[slot] = rowFactors[Int(link.row)]
      byRow[Int(link.row)].append(Entry(column: link.column, slot: Int32(slot)))
    }
    var next = 0
    for (row, own) in byRow.enumerated() {
      (starts + row).initialize(to: Int32(next))
      for entry in own {
        (entries + next).initialize(to: entry)
        next += 1
      }
    }
    (starts + rowCount).initialize(to: Int32(next))
  }

  deinit {
    values.deallocate()
    factors.deallocate()
    sources.deallocate()
    entries.deallocate()
    starts.deallocate()
  }

  /// Takes the exact derivatives.
  func read(_ all: Numbers) {
    for slot in 0..<count { values[slot] = factors[slot] * all[Int(sources[slot])] }
  }

  /// The row's sum of entries times unknowns.
  @inline(__always)
  func product(_ row: Int, _ x: Numbers) -> Double {
    var sum = 0.0
    for place in Int(starts[row])..<Int(starts[row + 1]) {
      let entry = entries[place]
      sum += values[Int(entry.slot)] * x[Int(entry.column)]
    }
    return sum
  }

  /// Makes the row tell what a change of the unknowns did; how wrong it was.
  ///
  /// - Parameter weighted: the change by the square of the unknowns' weights, so that units do not
  ///   matter.
  @inline(__always)
  func improve(_ row: Int, _ change: Numbers, weighted: Numbers, did: Double) -> Double {
    let places = Int(starts[row])..<Int(starts[row + 1])
    let miss = did - product(row, change)
    var square = 0.0
    for place in places {
      let column = Int(entries[place].column)
      square += weighted[column] * change[column]
    }
    if !(square > 0) { return miss }
    let part = miss / square
    for place in places {
      let entry = entries[place]
      values[Int(entry.slot)] += part * weighted[Int(entry.column)]
    }
    return miss
  }
}
