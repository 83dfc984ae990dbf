import Foundation
import Sweep
import TestSupport
import Testing

/// Campaigns as a user runs them.
@Suite struct SweepTests {
  @Test func aCampaignIsReported() throws {
    try SweepRun.with { deck in
      let run = try SweepRun.run(
        deck, ["--json", "--csv", "table.csv"], store: "a.campaign")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let object = try run.object()
      #expect(object["finished"] as? Bool == true && object["trials"] as? Int == 96)
      let points = try #require(object["points"] as? [[String: Any]])
      let rates = points.compactMap { $0["successRate"] as? Double }
      #expect(rates.count == 4 && rates[0] > 0.7 && rates[3] == 0)
      let table = try String(contentsOfFile: deck.path("table.csv"), encoding: .utf8)
      #expect(table.hasPrefix("spread,trials,") && table.split(separator: "\n").count == 5)
      let store = try CampaignStore.open(deck.path("a.campaign"), readOnly: true)
      #expect(store.campaign.sources.map(\.role.rawValue).filter { $0 == "image" }.count == 3)
      #expect(store.campaign.sources[0].text?.contains(".sweep") == true)
      // each trial is a network of its own
      let spreads = Set(try store.trials(of: 1).compactMap(\.frequencySpread))
      #expect(spreads.count == 24)
      let again = try SweepRun.run(deck, ["--resume", "--json"], store: "a.campaign")
      #expect(again.status == 0 && again.output == run.output, "\(again.errors)")
    }
  }

  @Test func jobsAndProcessesLeaveNoTrace() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, ["--jobs", "1"], store: "a.campaign").status == 0)
      let wanted = try SweepRun.rows(deck, "a.campaign")
      #expect(try SweepRun.run(deck, ["--jobs", "3"], store: "b.campaign").status == 0)
      #expect(try SweepRun.rows(deck, "b.campaign") == wanted)
      // a second process joins the first
      let both = try SweepRun.run(deck, ["--jobs", "1"], store: "c.campaign") { process in
        while !FileManager.default.fileExists(atPath: deck.path("c.campaign")),
          process.isRunning
        { Thread.sleep(forTimeInterval: 0.01) }
        let second = try SweepRun.run(deck, ["--resume", "--jobs", "1"], store: "c.campaign")
        #expect(second.status == 0, "\(second.errors)")
      }
      #expect(both.status == 0, "\(both.errors)")
      #expect(try SweepRun.rows(deck, "c.campaign") == wanted)
    }
  }

  /// Killed again and again at moments drawn by a fixed rule; refined, so that what comes next
  /// depends on what was found.
  @Test func killsLeaveNoTrace() throws {
    try SweepRun.with { deck in
      let plan = ["--refine", "2", "--jobs", "2"]
      #expect(try SweepRun.run(deck, plan, store: "a.campaign").status == 0)
      var kills = 0
      var status: Int32 = -1
      while status != 0, kills < 40 {
        let exists = FileManager.default.fileExists(atPath: deck.path("b.campaign"))
        let run = try SweepRun.run(
          deck, exists ? ["--resume", "--jobs", "2"] : plan, store: "b.campaign"
        ) { process in
          // from 0.15 s on, when the deck has been read; after six, let it end
          if kills < 6 {
            Thread.sleep(forTimeInterval: 0.15 + 0.137 * Double(kills * kills % 5))
            kill(process.processIdentifier, SIGKILL)
          }
        }
        status = run.status
        kills += 1
        #expect(run.errors.isEmpty, "\(run.errors)")
      }
      #expect(status == 0)
      #expect(try SweepRun.rows(deck, "b.campaign") == SweepRun.rows(deck, "a.campaign"))
    }
  }

  @Test func aFullDiskLosesNothing() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, store: "a.campaign").status == 0)
      // Blocks are of 512 or 1024 bytes, as the shell has it: the log grows past 180 kB.
      let shell = ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f 180; exec \"$0\" \"$@\""]
      let full = try SweepRun.run(deck, ["--jobs", "1"], store: "b.campaign", launcher: shell)
      #expect(full.status == 1 && full.output.isEmpty)
      #expect(full.errors.contains("store 'b.campaign'"), "\(full.errors)")
      #expect(full.errors.contains("--resume"), "\(full.errors)")
      let kept = try SweepRun.rows(deck, "b.campaign").count
      #expect(kept > 5 && kept < 101, "\(kept) rows")
      let resumed = try SweepRun.run(deck, ["--resume"], store: "b.campaign")
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try SweepRun.rows(deck, "b.campaign") == SweepRun.rows(deck, "a.campaign"))
    }
  }

  @Test func anInterruptKeepsWhatIsDone() throws {
    try SweepRun.with([("trials=24", "trials=240")]) { deck in
      let run = try SweepRun.run(deck, ["--json"], store: "a.campaign") { process in
        Thread.sleep(forTimeInterval: 1.5)
        kill(process.processIdentifier, SIGINT)
      }
      #expect(run.status == 130 && run.errors.contains("--resume"), "\(run.errors)")
      #expect(try run.object()["finished"] as? Bool == false)
    }
  }

  /// One point's network is impossible: its trials say so, and the others run.
  @Test func failingTrialsAreRows() throws {
    try SweepRun.with([("spread log(1e-4, 1e-1, 4)", "vdd list(-1, 0.8)")]) { deck in
      let run = try SweepRun.run(deck, ["--json"], store: "a.campaign")
      #expect(run.status == 0 && run.errors.contains("24 of 48 trials failed"), "\(run.errors)")
      let store = try CampaignStore.open(deck.path("a.campaign"), readOnly: true)
      #expect(try store.trials(of: 1).allSatisfy { $0.failure?.contains("supply") == true })
      #expect(try store.trials(of: 2).allSatisfy { $0.failure == nil })
    }
  }

  /// Synapses that are drawn make every trial a network of its own; without any draw the trials of
  /// a point share one, and run together.
  @Test func samplesAreDrawnWhereThereIsSomethingToDraw() throws {
    let fixed = ("detuning={agauss(0,spread,1)}", "detuning={spread}")
    try SweepRun.with([fixed]) { deck in
      #expect(try SweepRun.run(deck, ["--trials", "40"], store: "a.campaign").status == 0)
      let store = try CampaignStore.open(deck.path("a.campaign"), readOnly: true)
      #expect(store.campaign.plan.batch == 32)
      #expect(Set(try store.trials(of: 1).compactMap(\.frequencySpread)).count == 1)
    }
    try SweepRun.with([fixed, ("levels=64", "levels=64 dead=0.3")]) { deck in
      #expect(try SweepRun.run(deck, ["--trials", "16"], store: "a.campaign").status == 0)
      let store = try CampaignStore.open(deck.path("a.campaign"), readOnly: true)
      let currents = try store.trials(of: 1).compactMap { trial in
        trial.energies.first { $0.term == "weight conductances" }?.whole
      }
      #expect(Set(currents).count == 16)
    }
  }
}
