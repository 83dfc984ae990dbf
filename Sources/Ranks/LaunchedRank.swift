public import Foundation

/// This process' place among those that `mpirun` or `srun` started together, as the launcher's
/// environment tells it.
public struct LaunchedRank: Equatable, Sendable {
  /// From 0.
  public var rank: Int
  /// At least two.
  public var count: Int

  /// What a launcher calls the rank and the number of ranks: Open MPI's mpirun, MPICH's and
  /// Intel's, Slurm's srun.
  private static let names = [
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE"),
    ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
  ]

  /// Nil where the process was started alone.
  public init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    for (rank, count) in Self.names {
      guard let own = number(rank), let all = number(count), all > 1, (0..<all).contains(own)
      else { continue }
      self.rank = own
      self.count = all
      return
    }
    return nil
  }

  /// The one that reads, writes and reports.
  public var isFirst: Bool { rank == 0 }
}
