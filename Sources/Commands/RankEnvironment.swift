import Foundation

/// This process' place among those that `mpirun` or `srun` started together, as the launcher's
/// environment tells it: no MPI library is needed (decision 8).
struct RankEnvironment: Equatable, Sendable {
  /// From 0.
  var rank: Int
  var count: Int

  /// Whether all of them run here, where the launcher tells.
  var isOneMachine: Bool

  /// What a launcher calls the rank, the number of ranks, and of those on this machine: Open MPI's
  /// mpirun, MPICH's and Intel's.
  private static let names = [
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE"),
    ("PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS"),
  ]

  /// Nil where the process was started alone.
  init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    for (rank, count, local) in Self.names {
      guard let own = number(rank), let all = number(count), all > 1, (0..<all).contains(own)
      else { continue }
      self.rank = own
      self.count = all
      isOneMachine = number(local).map { $0 == all } ?? true
      return
    }
    // Slurm's srun tells the machines of the step
    guard let own = number("SLURM_PROCID"), let all = number("SLURM_STEP_NUM_TASKS"), all > 1
    else { return nil }
    rank = own
    count = all
    isOneMachine = number("SLURM_STEP_NUM_NODES").map { $0 == 1 } ?? true
  }

  /// The first makes the store and reports; the others join it.
  var isFirst: Bool { rank == 0 }
}
