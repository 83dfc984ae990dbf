import Foundation
import Sweep
import TestSupport
import Testing
import Waveforms

/// Pages and tables of a campaign.
@Suite(.enabled(if: FileManager.hasProgram("gnuplot"), "gnuplot is not on the PATH"))
struct ReportTests {
  static func report(_ deck: SmallDeck, _ words: String...) throws -> BuiltProgram {
    try BuiltProgram.run(["report", "a.campaign"] + words, in: deck.folder)
  }

  @Test func pageAndTablesHoldTheCampaign() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, store: "a.campaign").status == 0)
      let run = try Self.report(
        deck, "-o", "page.html", "--film", "1:5", "--csv", "t.csv", "--netcdf", "t.nc", "--json")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect(try run.object()["films"] as? Int == 1)
      let page = try String(contentsOfFile: deck.path("page.html"), encoding: .utf8)
      #expect(page.hasSuffix("</html>\n"))
      // nothing is fetched: names of formats are no addresses
      let addresses = page.matches(of: /(src|href)\s*=\s*["'](?!#)/)
      #expect(addresses.isEmpty, "\(addresses.map(\.output.0))")
      #expect(page.contains("point 1, trial 5") && page.contains("oscine sweep deck.cir"))
      #expect(page.contains("agauss(0,spread,1)"))

      let trials = try String(contentsOfFile: deck.path("t-trials.csv"), encoding: .utf8)
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      #expect(trials.count == 97 && trials[0].prefix(4) == ["point", "trial", "spread", "image"])
      let points = try String(contentsOfFile: deck.path("t.csv"), encoding: .utf8)
      #expect(points.split(separator: "\n").count == 5)

      let data = try Dataset.read(deck.path("t.nc"))
      let error = try #require(data["error_final"])
      #expect(error.axes == ["spread", "trial"] && data.shape(of: error) == [4, 24])
      // trial 5 of the second point, in either file
      let column = try #require(trials[0].firstIndex(of: "error_final"))
      let row = try #require(trials.first { $0[0] == "2" && $0[1] == "5" })
      #expect(error.values.doubles?[24 + 5] == Double(row[column]))
      let terms = try #require(data["energy_by_term"])
      #expect(terms.axes == ["spread", "trial", "term"])
    }
  }

  /// Points that fill no grid lie on an axis of their own, their places in variables.
  @Test(arguments: ["latin", "sobol"])
  func pointsOfOtherDesignsAreLabelled(_ design: String) throws {
    let axes = [
      (".sweep spread log(1e-4, 1e-1, 4)", ".sweep spread log(1e-4, 1e-1, 4) vdd lin(0.7, 1, 2)")
    ]
    try SweepRun.with(axes) { deck in
      let words = ["--design", design, "--samples", "5", "--trials", "3"]
      #expect(try SweepRun.run(deck, words, store: "a.campaign").status == 0)
      let run = try Self.report(deck, "--no-film", "--netcdf", "t.nc")
      #expect(run.status == 0, "\(run.errors)")
      let data = try Dataset.read(deck.path("t.nc"))
      let points = try CampaignStore.open(deck.path("a.campaign"), readOnly: true).points()
      #expect(data.axes.map(\.name).prefix(2) == ["point", "trial"])
      for (index, name) in ["spread", "vdd"].enumerated() {
        let variable = try #require(data[name])
        #expect(variable.axes == ["point"])
        #expect(variable.values.doubles == points.map { $0.values[index] })
      }
      #expect(data["vdd"]?.unit == "V")
      let error = try #require(data["error_final"])
      #expect(error.axes == ["point", "trial"] && data.shape(of: error) == [5, 3])
      #expect(error.unit == "1" && error.values.doubles?.allSatisfy(\.isFinite) == true)
      #expect(data["failure"]?.axes == ["point", "trial"])
      #expect(data["energy_by_term"]?.axes == ["point", "trial", "term"])
    }
  }

  /// Where the images are gone, what needs no run is still there.
  @Test func withoutItsImagesThePageHasNoFilm() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, ["--trials", "2"], store: "a.campaign").status == 0)
      try FileManager.default.removeItem(atPath: deck.path("images/horse.png"))
      let run = try Self.report(deck)
      #expect(run.status == 0 && run.errors.contains("warning: no film:"), "\(run.errors)")
      let page = try String(contentsOfFile: deck.path("a.html"), encoding: .utf8)
      #expect(!page.contains("class=\"film\"") && page.contains("class=\"figures\""))
      let asked = try Self.report(deck, "--film", "1", "-o", "other.html")
      #expect(asked.status == 2, "\(asked.errors)")
      #expect(!FileManager.default.fileExists(atPath: deck.path("other.html")))
    }
  }

  @Test func mistakesAreTold() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, ["--trials", "2"], store: "a.campaign").status == 0)
      let cases: [([String], String)] = [
        (["--film", "9"], "no point 9"), (["--film", "1:7"], "no trial 7"),
        (["--film", "a"], "POINT:TRIAL"), (["--film", "1", "--no-film"], "do not go together"),
        (["-o", "none/page.html"], "no directory 'none'"),
      ]
      for (words, message) in cases {
        let run = try BuiltProgram.run(["report", "a.campaign"] + words, in: deck.folder)
        #expect(run.status == 2 && run.errors.contains(message), "\(words): \(run.errors)")
      }
      // the page is there whole or not at all
      let bare = try BuiltProgram.run(
        ["report", "a.campaign", "--no-film"], in: deck.folder,
        environment: ["PATH": deck.folder.path])
      #expect(bare.status == 1 && bare.errors.contains("gnuplot"), "\(bare.errors)")
      #expect(try !Scratch.contents(deck.folder).contains { $0.contains("html") })
      let foreign = try BuiltProgram.run(["report", "deck.cir"], in: deck.folder)
      #expect(foreign.status == 2 && foreign.errors.contains("no store of campaigns"))
    }
  }
}
