import Foundation
import TestSupport
import Testing
import Waveforms

@testable import Commands

@Suite struct PlotTests {
  /// Two trials of a decaying error, an energy of two terms, and a sine at 5 MHz.
  static func result() -> Dataset {
    let times = (0..<21).map { Double($0) * 1e-7 }
    let samples = (0..<2000).map { Double($0) * 1e-8 }
    return Dataset(
      axes: [
        Axis("trial", .indices(2)), Axis("term", .labels(["bias", "delay"])),
        Axis("time", .values(times), unit: "s"), Axis("sample", .values(samples), unit: "s"),
        Axis("node", .labels(["a", "b"])),
      ],
      variables: [
        Variable(
          "error", axes: ["trial", "time"],
          .double([0.3, 0.2].flatMap { start in times.map { start * exp(-$0 * 2e6) } })),
        Variable(
          "energy", axes: ["trial", "term", "time"], unit: "J",
          .double([1e-3, 2e-3, 3e-3, 4e-3].flatMap { power in times.map { power * $0 } })),
        Variable(
          "voltage", axes: ["node", "sample"], unit: "V",
          .double(
            samples.map { _ in 0 } + samples.map { 0.5 * cos(2 * .pi * 5e6 * $0 + 0.3) })),
        Variable("name", axes: ["node"], .text(["x", "y"])),
      ], attributes: ["targetError": 0.05])
  }

  static func withResult(_ body: (URL, String) throws -> Void) throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("run.nc").path
      try result().write(to: file)
      try body(folder, file)
    }
  }

  @Test func energyIsTheMeanOverTrials() throws {
    let plot = try #require(ResultPictures.energy(Self.result()))
    guard case .stack(_, let areas) = plot.layers[0] else {
      Issue.record("no stack")
      return
    }
    #expect(areas.map(\.title) == ["bias", "delay"])
    #expect(abs(try #require(areas[0].y.last) - 2e-3 * 2e-6) < 1e-18)
    #expect(abs(try #require(areas[1].y.last) - 3e-3 * 2e-6) < 1e-18)
  }

  @Test func errorHasItsMedianAndTarget() throws {
    let plot = try #require(ResultPictures.error(Self.result()))
    #expect(plot.layers.count == 3)
    guard case .line(_, let median, _, _, _, _) = plot.layers[1] else {
      Issue.record("no median")
      return
    }
    #expect(abs(median[0] - 0.25) < 1e-15)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")))
  func picturesOfAResult() throws {
    try Self.withResult { folder, file in
      let run = try BuiltProgram.run("plot", file, "--json")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect((try run.object()["pictures"] as? [String])?.count == 2)
      let files = try Scratch.contents(folder)
      for stem in ["error", "energy"] {
        for kind in ["gp", "tsv", "png", "svg"] { #expect(files.contains("\(stem).\(kind)")) }
      }
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")))
  func lockInFindsThePhase() throws {
    try Self.withResult { folder, file in
      let run = try BuiltProgram.run(
        "plot", file, "-v", "voltage", "-s", "node=b", "--show", "lockin", "--frequency", "5meg",
        "--json", "-o", folder.appendingPathComponent("figures").path)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let object = try run.object()
      #expect(abs(try #require(object["finalPhase"] as? Double) - 0.3) < 1e-3)
      #expect(abs(try #require(object["finalAmplitude"] as? Double) - 0.5) < 1e-3)
      let figures = try Scratch.contents(folder.appendingPathComponent("figures"))
      #expect(figures.contains("voltage-lockin.png"))
      let spectrum = try BuiltProgram.run(
        "plot", file, "-v", "voltage", "-s", "node=1", "--show", "spectrum", "--json")
      let frequency = try #require(try spectrum.object()["frequency"] as? Double)
      #expect(abs(frequency - 5e6) < 1e3)
    }
  }

  @Test(arguments: [
    (["-v", "voltgae"], "no variable 'voltgae'"),
    (["-v", "voltage", "-s", "nod=a"], "has no axis 'nod'"),
    (["-v", "voltage", "-s", "node=c"], "no position 'c'"),
    (["-v", "name"], "is no line of real numbers"),
    (["-v", "voltage", "--show", "lockin", "--frequency", "-1"], "needs a positive number"),
    (["--show", "spectrum"], "option '--show' needs '--variable'"),
    (["-v", "voltage", "--show", "spectrogram"], "option '--show' is one of"),
  ])
  func mistakesLeaveNothing(_ words: [String], _ message: String) throws {
    try Self.withResult { folder, file in
      let run = try BuiltProgram.run(["plot", file] + words)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(try Scratch.contents(folder) == ["run.nc"])
    }
  }

  @Test func filesThatAreNoResults() throws {
    try Scratch.with { folder in
      try Data("no result".utf8).write(to: folder.appendingPathComponent("run.nc"))
      let malformed = try BuiltProgram.run("plot", "run.nc", in: folder)
      #expect(malformed.status == 2 && malformed.errors.contains("run.nc"))
      let missing = try BuiltProgram.run("plot", "rum.nc", in: folder)
      #expect(missing.status == 2 && missing.errors.contains("did you mean 'run.nc'?"))
      try Dataset().write(to: folder.appendingPathComponent("empty.nc").path)
      let empty = try BuiltProgram.run("plot", "empty.nc", in: folder)
      #expect(empty.status == 2 && empty.errors.contains("neither error nor energy"))
    }
  }

  @Test func outputDirectoriesThatCannotBe() throws {
    try Self.withResult { folder, file in
      let run = try BuiltProgram.run("plot", file, "-o", file)
      #expect(run.status == 2 && run.errors.contains("is a file, not a directory"))
      #expect(try Scratch.contents(folder) == ["run.nc"])
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self")))
  func outputDirectoriesThatCannotBeMade() throws {
    try Self.withResult { _, file in
      let run = try BuiltProgram.run("plot", file, "-o", "/proc/figures")
      #expect(run.status == 1 && run.errors.contains("cannot be written"), "\(run.errors)")
    }
  }
}
