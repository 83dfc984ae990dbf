import Foundation
import Sweep
import TestSupport
import Testing
import Waveforms

/// Campaigns by Kirchhoff's laws, on a memory of two oscillators for ten of their periods.
@Suite struct CircuitCampaignTests {
  static let text = """
    two oscillators by Kirchhoff's laws
    .include "\(Repository.file("circuits/memory/neuron.lib").path)"
    .include "\(Repository.file("circuits/memory/delay-chain.lib").path)"
    .include "\(Repository.file("circuits/memory/summing-line.lib").path)"
    .param feedback=40u bias=185u vdd=0.8 spread=0
    Vdd vdd 0 {vdd}
    Xneuron[0:1] out[0:1] in[0:1] vdd 0 neuron bias={bias} feedback={feedback} fullscale=2
    + detuning={agauss(0, spread, 1)}
    YSYNAPSE W from=out[0:1] to=in[0:1] cell=delay_chain topology=chain line=summing_line full=20u
    .views file="\(Repository.file("circuits/memory/measured-185uA.json").path)"
    .options fidelity=circuit seed=2
    .patterns images=random(1) size=2x1 encode=half
    .train rule=pseudoinverse into=W
    .recall probes=corrupt(0.5) trials=2 tstop=0.02u stop=error<0.5 thermal=off samples=11
    .end
    """

  static func with<Result>(_ body: (SmallDeck) throws -> Result) throws -> Result {
    try Scratch.with { folder in
      let deck = SmallDeck(folder: folder)
      try deck.write(text)
      return try body(deck)
    }
  }

  static func trials(_ deck: SmallDeck, _ store: String, of point: Int) throws -> [TrialRecord] {
    try CampaignStore.open(deck.path(store), readOnly: true).trials(of: point)
  }

  /// A row a trial with the columns of every campaign, those of a recall of the same deck; the
  /// same however many tasks, and after a kill.
  @Test func trialsAreThoseOfARecall() throws {
    try Self.with { deck in
      let plan = ["--axis", "feedback=list(20u, 40u)"]
      let run = try SweepRun.run(deck, plan + ["--json", "--jobs", "2"], store: "a.campaign")
      #expect(run.status == 0, "\(run.errors)")
      #expect(try run.object()["fidelity"] as? String == "circuit")
      let recall = try deck.recall()
      #expect(recall.status == 0, "\(recall.errors)")
      let data = try Dataset.read(deck.path("out/recall.nc"))
      let rows = try Self.trials(deck, "a.campaign", of: 2)
      #expect(rows.count == 2 && rows.allSatisfy { $0.failure == nil && $0.success == true })
      #expect(rows.map(\.errorFinal) == data["error_final"]?.values.doubles)
      #expect(rows.allSatisfy { $0.energies.count == 5 && $0.energies.allSatisfy { $0.whole > 0 } })
      #expect(rows.allSatisfy { $0.relaxationRate ?? 0 > 0 && $0.orderParameter != nil })
      #expect(
        try Self.trials(deck, "a.campaign", of: 1).map(\.errorFinal) != rows.map(\.errorFinal))

      let killed = try SweepRun.run(deck, plan + ["--jobs", "1"], store: "b.campaign") { process in
        while process.isRunning {
          Thread.sleep(forTimeInterval: 0.02)
          guard let store = try? CampaignStore.open(deck.path("b.campaign"), readOnly: true),
            try store.tally().done > 0
          else { continue }
          kill(process.processIdentifier, SIGKILL)
        }
      }
      #expect(killed.status != 0)
      let resumed = try SweepRun.run(deck, ["--resume", "--jobs", "1"], store: "b.campaign")
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try SweepRun.rows(deck, "b.campaign") == SweepRun.rows(deck, "a.campaign"))
    }
  }

  /// A cell that does not oscillate is a row that says so, and the other points run.
  @Test func failingTrialsAreRows() throws {
    try Self.with { deck in
      let run = try SweepRun.run(
        deck, ["--axis", "bias=list(20u, 185u)", "--trials", "1"], store: "a.campaign")
      #expect(run.status == 0 && run.errors.contains("1 of 2 trials failed"), "\(run.errors)")
      let failed = try Self.trials(deck, "a.campaign", of: 1)
      #expect(failed.count == 1 && failed[0].failure?.isEmpty == false)
      #expect(failed[0].failure?.contains("\n") == false)
      #expect(try Self.trials(deck, "a.campaign", of: 2).allSatisfy { $0.failure == nil })
    }
  }

  /// What views stand for elsewhere is varied here: elements inside cells, and models.
  @Test(arguments: ["neuron_junction:alpha=list(4.9m, 5m)", "xneuron[1].csense:c=list(9f, 10f)"])
  func insidesOfCellsAreAxes(_ axis: String) throws {
    try Self.with { deck in
      let run = try SweepRun.run(
        deck, ["--axis", axis, "--trials", "1", "--jobs", "2"], store: "a.campaign")
      #expect(run.status == 0, "\(run.errors)")
      let rows = try (1...2).map { try Self.trials(deck, "a.campaign", of: $0)[0] }
      #expect(rows.allSatisfy { $0.failure == nil })
      #expect(rows[0].energies != rows[1].energies)
      // the second value is the libraries' own
      let plain = try SweepRun.run(deck, ["--trials", "1"], store: "plain.campaign")
      #expect(plain.status == 0, "\(plain.errors)")
      var own = try Self.trials(deck, "plain.campaign", of: 1)[0]
      own.point = 2
      #expect(rows[1] == own)
    }
  }

  /// Draws of the deck reach the circuit: trial k of one campaign is trial k of another.
  @Test func samplesAreDrawn() throws {
    try Self.with { deck in
      let axis = ["--axis", "spread=list(1e-3)"]
      let three = try SweepRun.run(deck, axis + ["--trials", "3"], store: "a.campaign")
      #expect(three.status == 0, "\(three.errors)")
      let rows = try Self.trials(deck, "a.campaign", of: 1)
      #expect(Set(rows.compactMap(\.frequencySpread)).count == 3)
      #expect(Set(rows.compactMap(\.errorFinal)).count == 3)
      let two = try SweepRun.run(deck, axis + ["--trials", "2"], store: "b.campaign")
      #expect(two.status == 0, "\(two.errors)")
      #expect(try Self.trials(deck, "b.campaign", of: 1) == Array(rows.prefix(2)))
    }
  }
}
