import Ranks
import Testing

/// Launchers are recognised by what they set.
@Suite struct LaunchedRankTests {
  @Test func ranksOfLaunchers() {
    let open = LaunchedRank(["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4"])
    #expect(open?.rank == 1 && open?.count == 4 && open?.isFirst == false)
    #expect(LaunchedRank(["PMI_RANK": "0", "PMI_SIZE": "2"])?.isFirst == true)
    let slurm = LaunchedRank(["SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2"])
    #expect(slurm?.count == 2 && slurm?.isFirst == false)
  }

  /// Alone, in a batch script, or with nonsense in the environment.
  @Test func processesOnTheirOwn() {
    for environment in [
      [:], ["SLURM_PROCID": "0", "SLURM_NTASKS": "8"], ["PMI_RANK": "0", "PMI_SIZE": "1"],
      ["OMPI_COMM_WORLD_RANK": "x", "OMPI_COMM_WORLD_SIZE": "2"],
      ["PMI_RANK": "2", "PMI_SIZE": "2"],
    ] {
      #expect(LaunchedRank(environment) == nil, "\(environment)")
    }
  }

  /// The tests' own process has no launcher: nothing is loaded, and nobody is waited for.
  @Test func oneProcessIsAlone() throws {
    let ranks = try Ranks.join()
    #expect(ranks.isAlone && ranks.isFirst && ranks.poll() == nil)
    Ranks.leave()
  }
}
