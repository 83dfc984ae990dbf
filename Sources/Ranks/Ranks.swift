// The processes of one run. Where a launcher such as mpirun started several, they talk by MPI,
// whose library is loaded then and not before; alone, everything here is free and does nothing.

import CMPI
import Synchronization

/// The processes that work together on one run, and this one's place among them. Any thread may
/// send and receive; collective calls are made by all ranks in the same order.
public final class Ranks: Sendable {
  /// From 0: rank 0 reads, writes and reports.
  public let rank: Int
  public let count: Int
  let library: MessageLibrary?
  /// Sums over ranks so far, and the numbers in them.
  let sumCount = Atomic(0)
  let summedNumbers = Atomic(0)

  public var isFirst: Bool { rank == 0 }
  public var isAlone: Bool { count == 1 }

  /// A run of one process.
  public static let alone = Ranks(rank: 0, count: 1, library: nil)

  private static let joined = Mutex<Ranks?>(nil)

  private init(rank: Int, count: Int, library: MessageLibrary?) {
    self.rank = rank
    self.count = count
    self.library = library
  }

  /// The ranks that were started together: one where no launcher did.
  ///
  /// - Throws: `RankFailure` where several were started and cannot talk to each other: they must
  ///   never go on as so many runs of the same.
  public static func join() throws(RankFailure) -> Ranks {
    guard let launched = LaunchedRank() else { return alone }
    return try joined.withLock { (joined) throws(RankFailure) in
      if let joined { return joined }
      let library = try MessageLibrary()
      let (rank, count) = library.call { mpi in
        var (rank, count): (Int32, Int32) = (0, 0)
        _ = mpi.rank(mpi.world, &rank)
        _ = mpi.size(mpi.world, &count)
        return (Int(rank), Int(count))
      }
      guard count == launched.count else {
        throw RankFailure(
          "\(launched.count) processes were started, the MPI library knows of \(count)",
          help: "start them by the mpirun of the Open MPI whose library is loaded")
      }
      let ranks = Ranks(rank: rank, count: count, library: library)
      joined = ranks
      return ranks
    }
  }

  /// Tells the launcher that this process has ended as it should; waits for the others to say so.
  public static func leave() {
    joined.withLock { ranks in
      _ = ranks?.library?.call { $0.finalise() }
      ranks = nil
    }
  }
}
