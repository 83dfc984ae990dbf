import Foundation
import Pictures
import TestSupport
import Testing

/// The pictures of the main job.
@Suite(.enabled(if: FileManager.hasProgram("gnuplot"), "gnuplot is not on the PATH"))
struct PictureTests {
  static let stems =
    ["error", "energy", "recall"] + DemoRun.images.map { "recall-\($0)" }

  @Test func everyPictureIsThereWithScriptAndData() throws {
    let demo = try DemoRun.get()
    let expected =
      ["recall.nc", "error.svg", "energy.svg"]
      + Self.stems.flatMap { ["\($0).png", "\($0).gp", "\($0).tsv"] }
    #expect(try Scratch.contents(demo.folder) == expected.sorted())
  }

  @Test func noPictureIsBlank() throws {
    let demo = try DemoRun.get()
    for stem in Self.stems {
      let image = try GreyImage.read(png: demo.folder.appendingPathComponent("\(stem).png").path)
      #expect(image.width >= 400 && image.height >= 100, "\(stem)")
      let dark = image.levels.count { $0 < 0.9 }
      // Lines cover a hundredth of a plot at least; no picture is all ink.
      #expect(dark > image.levels.count / 100 && dark < image.levels.count, "\(stem)")
      let mean = image.levels.reduce(0, +) / Double(image.levels.count)
      let variance = image.levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      #expect(variance / Double(image.levels.count) > 1e-3, "\(stem)")
    }
    for stem in ["error", "energy"] {
      let file = demo.folder.appendingPathComponent("\(stem).svg")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains("<svg") && text.suffix(10).contains("</svg>") && text.count > 10_000)
    }
  }

  /// Byte for byte, with nothing but script and data at hand.
  @Test func scriptsDrawAgainByThemselves() throws {
    let demo = try DemoRun.get()
    try Scratch.with { folder in
      for stem in ["error", "recall-horse"] {
        for kind in ["gp", "tsv"] {
          let name = "\(stem).\(kind)"
          try FileManager.default.copyItem(
            at: demo.folder.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gnuplot", "\(stem).gp"]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let again = try Data(contentsOf: folder.appendingPathComponent("\(stem).png"))
        let first = try Data(contentsOf: demo.folder.appendingPathComponent("\(stem).png"))
        #expect(again == first, "\(stem)")
      }
    }
  }

  @Test func plotDrawsThemAgain() throws {
    let demo = try DemoRun.get()
    try Scratch.with { folder in
      let run = try BuiltProgram.run(
        "plot", demo.folder.appendingPathComponent("recall.nc").path, "-o", folder.path, "-q")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      for stem in Self.stems {
        for kind in ["png", "gp", "tsv"] {
          let name = "\(stem).\(kind)"
          let again = try Data(contentsOf: folder.appendingPathComponent(name))
          let first = try Data(contentsOf: demo.folder.appendingPathComponent(name))
          #expect(again == first, "\(name)")
        }
      }
    }
  }

  @Test func withoutGnuplotTheResultsAreKept() throws {
    try SmallDeck.with { deck in
      let run = try BuiltProgram.run(
        ["recall", "deck.cir", "-o", "out", "--json"], in: deck.folder,
        environment: ["PATH": deck.path("images")])
      #expect(run.status == 1)
      #expect(run.errors.contains("'gnuplot' is not installed or not in PATH"), "\(run.errors)")
      #expect(try run.object()["reachedStop"] as? Bool == true)
      let left = try Scratch.contents(deck.folder.appendingPathComponent("out"))
      #expect(left == ["error.gp", "error.tsv", "recall.nc"])
      let again = try BuiltProgram.run("plot", "out/recall.nc", in: deck.folder)
      #expect(again.status == 0, "\(again.errors)")
    }
  }
}
