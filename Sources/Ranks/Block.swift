import CMPI

/// This rank's part of items that are spread over all ranks, in contiguous blocks of nearly equal
/// length. All ranks see equal sums.
public struct Block: Sendable, Equatable {
  public let ranks: Ranks
  /// On all ranks.
  public let total: Int
  /// Of this rank.
  public let range: Range<Int>

  public var count: Int { range.count }
  /// Whether this rank has all of them.
  public var isWhole: Bool { ranks.isAlone }

  public init(_ total: Int, over ranks: Ranks = .alone) {
    self.ranks = ranks
    self.total = total
    range = Self.range(of: ranks.rank, total, ranks.count)
  }

  private static func range(of rank: Int, _ total: Int, _ count: Int) -> Range<Int> {
    (total * rank / count)..<(total * (rank + 1) / count)
  }

  public static func == (a: Block, b: Block) -> Bool {
    a.total == b.total && a.range == b.range
  }

  /// The mean over all items of a number that this rank has for each of its own.
  public func mean(_ values: some Sequence<Double>) -> Double {
    ranks.sum(values.reduce(0, +)) / Double(total)
  }

  /// All items in their order on rank 0; nothing on others.
  /// - Parameter own: a number for each item of this rank.
  public func gather(_ own: [Double]) -> [Double] {
    precondition(own.count == count, "a number for each item")
    guard let library = ranks.library else { return own }
    var all = own
    library.call { mpi in
      guard ranks.isFirst else {
        _ = mpi.send(own, Int32(own.count), mpi.real, 0, 2, mpi.world)
        return
      }
      all.reserveCapacity(total)
      for rank in 1..<ranks.count {
        let length = Self.range(of: rank, total, ranks.count).count
        all += [Double](unsafeUninitializedCapacity: length) { values, filled in
          var status = oscine_mpi_status()
          _ = mpi.receive(
            values.baseAddress, Int32(length), mpi.real, Int32(rank), 2, mpi.world, &status)
          filled = length
        }
      }
    }
    return ranks.isFirst ? all : []
  }
}
