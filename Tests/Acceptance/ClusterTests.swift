import Foundation
import Sweep
import TestSupport
import Testing

/// Campaigns in parts, as an array of jobs and under mpirun.
@Suite struct ClusterTests {
  static func merge(_ deck: SmallDeck, _ words: [String]) throws -> BuiltProgram {
    try BuiltProgram.run(["merge"] + words, in: deck.folder)
  }

  /// The script that --slurm writes, run task by task as Slurm would, one of them killed and
  /// started again.
  @Test func theTasksOfAnArrayGiveTheWhole() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, store: "whole.campaign").status == 0)
      let written = try SweepRun.run(
        deck, ["--slurm", "job.sh", "--parts", "3"], store: "all.campaign")
      #expect(written.status == 0 && written.output.contains("sbatch job.sh"))
      #expect(written.output.contains("oscine merge all.campaign all.part-*-of-3.campaign"))
      let script = try String(contentsOfFile: deck.path("job.sh"), encoding: .utf8)
      #expect(script.contains("#SBATCH --array=1-3"))
      for task in [1, 2, 2, 3] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [deck.path("job.sh")]
        process.environment = ProcessInfo.processInfo.environment.merging([
          "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_CPUS_PER_TASK": "1",
        ]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let part = deck.path("all.part-2-of-3.campaign")
        if task == 2, !FileManager.default.fileExists(atPath: part) {
          Thread.sleep(forTimeInterval: 0.5)
          kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
      }
      let parts = (1...3).map { "all.part-\($0)-of-3.campaign" }
      let merged = try Self.merge(deck, ["all.campaign"] + parts + ["--json"])
      #expect(merged.status == 0, "\(merged.errors)")
      #expect(try merged.object()["done"] as? Int == 96)
      #expect(try Self.merge(deck, ["all.campaign"] + parts).output.hasPrefix("0 trials added"))
      #expect(try SweepRun.rows(deck, "all.campaign") == SweepRun.rows(deck, "whole.campaign"))
    }
  }

  @Test func partsThatCannotBeMerged() throws {
    try SweepRun.with { deck in
      for (store, seed) in [("a.campaign", "1"), ("b.campaign", "2")] {
        let run = try SweepRun.run(deck, ["--trials", "2", "--seed", seed], store: store)
        #expect(run.status == 0, "\(run.errors)")
      }
      let other = try Self.merge(deck, ["all.campaign", "a.campaign", "b.campaign"])
      #expect(other.status == 2 && other.errors.contains("seed: 1 in the store, now 2"))
      let own = try Self.merge(deck, ["a.campaign", "./a.campaign"])
      #expect(own.status == 2 && own.errors.contains("into itself"), "\(own.errors)")
      let none = try Self.merge(deck, ["all.campaign", "c.campaign"])
      #expect(none.status == 2 && none.errors.contains("no such file"), "\(none.errors)")
      for words in [["--shard", "3/2"], ["--shard", "1"], ["--parts", "3"]] {
        let run = try SweepRun.run(deck, words, store: "d.campaign")
        #expect(run.status == 2, "\(run.errors)")
      }
      #expect(
        try Scratch.contents(deck.folder)
          == ["a.campaign", "b.campaign", "cells.json", "deck.cir", "images"])
    }
  }

  static let mpirun = "/usr/bin/mpirun"
  private static let launcher = [
    "/usr/bin/env", "OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1", mpirun,
    "--oversubscribe", "-n", "2",
  ]

  /// Two ranks give the rows of one process; so they do after one of them was killed.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: mpirun)))
  func ranksGiveTheRowsOfOneProcess() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, store: "a.campaign").status == 0)
      let wanted = try SweepRun.rows(deck, "a.campaign")
      let two = try SweepRun.run(
        deck, ["--json"], store: "b.campaign", launcher: Self.launcher)
      #expect(two.status == 0, "\(two.errors)")
      #expect(try two.object()["finished"] as? Bool == true)
      #expect(try SweepRun.rows(deck, "b.campaign") == wanted)
      let store = deck.folder.appendingPathComponent("c.campaign").path
      // enough trials that a rank is killed long before the end
      let many = ["--trials", "240"]
      let killed = try SweepRun.run(
        deck, many, store: "c.campaign", launcher: Self.launcher
      ) { _ in
        var found = false
        for _ in 0..<600 where !found {
          Thread.sleep(forTimeInterval: 0.05)
          found = FileManager.default.fileExists(atPath: store) && Self.killRank(1, of: deck)
        }
      }
      #expect(killed.status != 0, "mpirun ends with what a rank ended with")
      let resumed = try SweepRun.run(deck, ["--resume"], store: "c.campaign")
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try SweepRun.run(deck, many, store: "d.campaign").status == 0)
      #expect(try SweepRun.rows(deck, "c.campaign") == SweepRun.rows(deck, "d.campaign"))
    }
  }

  /// Whether there was such a process; ranks work in the deck's folder, which no other does.
  private static func killRank(_ rank: Int, of deck: SmallDeck) -> Bool {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    for name in all {
      let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")
      let text = try? String(contentsOfFile: "/proc/\(name)/environ", encoding: .utf8)
      guard folder == deck.folder.resolvingSymlinksInPath().path, let number = Int32(name),
        text?.contains("OMPI_COMM_WORLD_RANK=\(rank)\0") == true
      else { continue }
      kill(number, SIGKILL)
      return true
    }
    return false
  }
}
