import Testing

@testable import Commands

/// Launchers are recognised by what they set.
@Suite struct RankEnvironmentTests {
  @Test func ranksOfLaunchers() {
    let open = [
      "OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_LOCAL_SIZE": "4",
    ]
    #expect(RankEnvironment(open)?.rank == 1 && RankEnvironment(open)?.isFirst == false)
    #expect(RankEnvironment(open)?.isOneMachine == true)
    let spread = open.merging(["OMPI_COMM_WORLD_LOCAL_SIZE": "2"]) { $1 }
    #expect(RankEnvironment(spread)?.isOneMachine == false)
    #expect(RankEnvironment(["PMI_RANK": "0", "PMI_SIZE": "2"])?.isFirst == true)
    let slurm = [
      "SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2", "SLURM_STEP_NUM_NODES": "2",
    ]
    #expect(RankEnvironment(slurm)?.count == 2 && RankEnvironment(slurm)?.isOneMachine == false)
  }

  /// Alone, in a batch script, or with nonsense in the environment.
  @Test func processesOnTheirOwn() {
    for environment in [
      [:], ["SLURM_PROCID": "0", "SLURM_NTASKS": "8"], ["PMI_RANK": "0", "PMI_SIZE": "1"],
      ["OMPI_COMM_WORLD_RANK": "x", "OMPI_COMM_WORLD_SIZE": "2"],
      ["PMI_RANK": "2", "PMI_SIZE": "2"],
    ] {
      #expect(RankEnvironment(environment) == nil, "\(environment)")
    }
  }
}
