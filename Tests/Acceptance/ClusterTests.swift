import Foundation
import Sweep
import TestSupport
import Testing

/// Campaigns in parts, as an array of jobs.
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
}
