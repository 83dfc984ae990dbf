import Foundation
import Sweep
import TestSupport
import Testing

/// What a campaign can vary: all that `.step` names and the fidelity sees.
@Suite struct SweepAxisTests {
  static let sweep = ".sweep spread log(1e-4, 1e-1, 4) trials=24"

  /// The rows of a campaign of three trials a point, by point.
  static func rows(
    _ deck: SmallDeck, _ words: [String] = [], store: String
  ) throws -> [[TrialRecord]] {
    let run = try SweepRun.run(deck, ["--trials", "3"] + words, store: store)
    #expect(run.status == 0, "\(run.errors)")
    let open = try CampaignStore.open(deck.path(store), readOnly: true)
    return try open.points().map { point in
      try open.trials(of: point.id).map { trial in
        var trial = trial
        trial.point = 0
        return trial
      }
    }
  }

  /// Each axis gives what a deck with that value in its place gives.
  @Test(arguments: [
    (".step vdd:dc list 0.7 0.9", "vdd:dc", "V", ["vdd=0.7"], ["vdd=0.9"]),
    (".step vdd lin 0.75 1 0.25", "vdd:dc", "V", ["vdd=0.75"], ["vdd=1"]),
    (".sweep vdd:dc list(0.7, 0.9)", "vdd:dc", "V", ["vdd=0.7"], ["vdd=0.9"]),
    (".sweep vdd list(0.7, 0.9)", "vdd", "V", ["vdd=0.7"], ["vdd=0.9"]),
    (".step feedback dec 1 6u 60u", "feedback", "A", ["feedback=6u"], ["feedback=60u"]),
    (".step xneuron[3]:feedback list 10u 60u", "xneuron[3]:feedback", nil, nil, []),
    (
      ".step data=corners\n.data corners feedback vdd\n+ 30u 0.7\n+ 60u 0.9", "corners", "row",
      ["feedback=30u", "vdd=0.7"], ["vdd=0.9"]
    ),
  ])
  func axesSetWhatTheyName(
    _ card: String, _ name: String, _ unit: String?, _ first: [String]?, _ second: [String]
  ) throws {
    try SweepRun.with([(Self.sweep, card)]) { deck in
      let rows = try Self.rows(deck, store: "a.campaign")
      let campaign = try CampaignStore.open(deck.path("a.campaign"), readOnly: true).campaign
      #expect(campaign.axes.map(\.name) == [name] && campaign.axes[0].unit == unit)
      #expect(rows.count == 2 && rows[0] != rows[1])
      let text = SmallDeck.changed(SweepRun.changes).replacingOccurrences(of: Self.sweep, with: "")
      try deck.write(text)
      for (index, values) in [first, second].enumerated() {
        guard let values else { continue }
        let own = try Self.rows(deck, values.flatMap { ["-p", $0] }, store: "\(index).campaign")
        #expect(own == [rows[index]])
      }
    }
  }

  @Test func temperaturesAreAxesOfEitherCard() throws {
    let noise = [("thermal=off", "thermal=on")]
    try SweepRun.with(noise + [(Self.sweep, ".step temp list 27 85")]) { deck in
      let stepped = try Self.rows(deck, store: "a.campaign")
      let asked = try Self.rows(deck, ["--axis", "temp=list(27, 85)"], store: "b.campaign")
      #expect(stepped == asked && stepped[0] != stepped[1])
    }
  }

  /// A campaign over a table goes on where it was, and a Latin design picks among its rows.
  @Test func rowsOfTables() throws {
    let card = ".step data=corners\n.data corners feedback vdd\n+ 30u 0.7\n+ 60u 0.9\n+ 90u 1"
    try SweepRun.with([(Self.sweep, card)]) { deck in
      let whole = try Self.rows(deck, store: "a.campaign")
      let part = try SweepRun.run(deck, ["--trials", "3", "--shard", "1/3"], store: "b.campaign")
      #expect(part.status == 0, "\(part.errors)")
      let merged = try ClusterTests.merge(deck, ["c.campaign", "b.campaign"])
      #expect(merged.status == 0, "\(merged.errors)")
      #expect(try Self.rows(deck, ["--resume"], store: "c.campaign") == whole)
      let latin = try Self.rows(
        deck, ["--design", "latin", "--samples", "3"], store: "d.campaign")
      let values = try CampaignStore.open(deck.path("d.campaign"), readOnly: true).points()
        .map { Int($0.values[0]) }
      #expect(values.sorted() == [1, 2, 3] && latin == values.map { whole[$0 - 1] })
    }
  }

  /// Axes that this fidelity does not see, or that are none: each is told where it stands.
  @Test(arguments: [
    (".step neuron_junction:alpha list 1m 2m", "axis-without-effect", "14:7"),
    (".step xneuron[0].csense:c list 1f 2f", "axis-without-effect", "14:7"),
    (".sweep xneuron[0].csense:c list(1f, 2f)", "axis-without-effect", "14:8"),
    (
      ".step data=t\n.data t feedback neuron_junction:alpha\n+ 30u 1m", "axis-without-effect",
      "14:12"
    ),
    (".step neuron_junction:alfa list 1m 2m", "unknown-model-parameter", "14:7"),
    (".step vdd:dcc list 1 2", "unknown-parameter", "14:7"),
    (".step nosuch:r list 1 2", "unknown-sweep-target", "14:7"),
    (".step data=none", "unknown-table", "14:12"),
    (".sweep vdd:dcc list(1, 2)", "unknown-parameter", "14:8"),
    (".sweep temp list(-300, 27)", "out-of-range", "14:8"),
    (".sweep vdd:dc list(1)\n.step vdd list 1 2", "given-twice", "15:7"),
  ])
  func axesThatCannotBeVaried(_ card: String, _ identifier: String, _ place: String) throws {
    try SweepRun.with([(Self.sweep, card)]) { deck in
      let before = try Scratch.contents(deck.folder)
      let run = try SweepRun.run(deck, store: "a.campaign")
      #expect(run.status == 2 && run.errors.contains("error[\(identifier)]"), "\(run.errors)")
      #expect(run.errors.contains("deck.cir:\(place)"), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder) == before)
    }
  }
}
