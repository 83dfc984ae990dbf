import Foundation
import Pictures
import TestSupport
import Testing

/// Figures of a campaign's store as a user draws them.
@Suite(.enabled(if: FileManager.hasProgram("gnuplot"), "gnuplot is not on the PATH"))
struct CampaignPlotTests {
  /// A second axis, so that there are curves to tell apart.
  static let axis = (".end", ".sweep feedback list(30u, 60u)\n.end")

  static func plot(_ deck: SmallDeck, _ words: String...) throws -> BuiltProgram {
    try BuiltProgram.run(["plot", "a.campaign"] + words, in: deck.folder)
  }

  static func read(_ deck: SmallDeck, _ name: String) throws -> String {
    try String(contentsOfFile: deck.path(name), encoding: .utf8)
  }

  @Test func figuresFollowTheAxes() throws {
    try SweepRun.with([Self.axis]) { deck in
      #expect(try SweepRun.run(deck, ["--trials", "6"], store: "a.campaign").status == 0)
      let error = try Self.plot(deck, "--theory", "1.7")
      #expect(error.status == 0, "\(error.errors)")
      #expect(error.output == "./a-error-spread.png\n./a-error-spread.svg\n")
      let image = try GreyImage.read(png: deck.path("a-error-spread.png"))
      #expect(image.levels.contains { $0 < 0.5 })
      var script = try Self.read(deck, "a-error-spread.gp")
      #expect(script.contains("set logscale x") && script.contains("set logscale y"))
      #expect(script.contains("feedback = 30 uA") && script.contains("law of small errors"))
      #expect(script.contains("published spread 1e-3") && script.contains("published error 5 %"))

      let named = try Self.plot(deck, "--legend", "30u=weak", "--y", "energy", "--x", "spread")
      #expect(named.status == 0, "\(named.errors)")
      script = try Self.read(deck, "a-energy-spread.gp")
      #expect(script.contains("title \"weak\"") && script.contains("feedback = 60 uA"))

      let success = try Self.plot(
        deck, "--y", "success", "--x", "feedback", "--select", "spread=1e-4", "--log", "none",
        "--format", "pdf", "-o", "figures")
      #expect(success.status == 0, "\(success.errors)")
      #expect(success.output == "figures/a-success-feedback.pdf\n")
      script = try Self.read(deck, "figures/a-success-feedback.gp")
      #expect(!script.contains("logscale") && !script.contains("published spread"))
      let pdf = try Data(
        contentsOf: URL(
          fileURLWithPath: deck.path("figures")
            + "/a-success-feedback.pdf"))
      #expect(pdf.starts(with: Data("%PDF".utf8)))
    }
  }

  @Test func mistakesAreTold() throws {
    try SweepRun.with([("spread log(1e-4, 1e-1, 4) trials=24", "spread list(1e-4, 1e-3) trials=2")])
    { deck in
      #expect(try SweepRun.run(deck, store: "a.campaign").status == 0)
      let cases: [([String], String)] = [
        (["--x", "spred"], "did you mean 'spread'?"),
        (["--by", "vdd"], "the campaign has no axis 'vdd'"),
        (["--x", "spread", "--by", "spread"], "on both --x and --by"),
        (["--y", "time", "--theory", "1.7"], "the linear law is of the error"),
        (["--select", "spread=1"], "'spread' has no value '1'"),
        (["--variable", "error"], "is for result files"),
        (["--legend", "1=a"], "needs an axis that tells curves apart"),
      ]
      for (words, message) in cases {
        let run = try BuiltProgram.run(["plot", "a.campaign"] + words, in: deck.folder)
        #expect(run.status == 2 && run.errors.contains(message), "\(words): \(run.errors)")
      }
      let other = try BuiltProgram.run(["plot", "cells.json", "--by", "spread"], in: deck.folder)
      #expect(other.status == 2 && other.errors.contains("is for a campaign's store"))
      #expect(try !Scratch.contents(deck.folder).contains { $0.hasSuffix(".png") })
    }
  }
}
