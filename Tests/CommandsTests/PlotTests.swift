import Foundation
import TestSupport
import Testing
import Waveforms

@testable import Commands

@Suite struct PlotTests {
  /// Two nodes: nothing, and a cosine at 5 MHz.
  static func result() -> Dataset {
    let samples = (0..<2000).map { Double($0) * 1e-8 }
    return Dataset(
      axes: [
        Axis("sample", .values(samples), unit: "s"),
        Axis("node", .labels(["a", "b"])), Axis("nothing", .indices(0)),
      ],
      variables: [
        Variable(
          "voltage", axes: ["node", "sample"], unit: "V",
          .double(
            samples.map { _ in 0 } + samples.map { 0.5 * cos(2 * .pi * 5e6 * $0 + 0.3) })),
        Variable("name", axes: ["node"], .text(["x", "y"])),
        Variable("none", axes: ["nothing", "sample"], .double([])),
      ])
  }

  static func withResult(_ body: (URL, String) throws -> Void) throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("run.nc").path
      try result().write(to: file)
      try body(folder, file)
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
      #expect(figures.contains("variable-voltage-lockin.png"))
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
    (["-v", "none"], "is no line of real numbers"),
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

  /// A segment as long as the record: no constant voltage has a line, but nothing overflows.
  @Test func windowsAreCutToTheRecord() throws {
    try Self.withResult { _, file in
      let run = try BuiltProgram.run(
        "plot", file, "-v", "voltage", "--show", "linewidth", "--window", "1e300")
      #expect(run.status == 1 && run.errors.contains("no line can be fitted"), "\(run.errors)")
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
      #expect(empty.status == 2 && empty.errors.contains("is no recall's result"))
    }
  }

  @Test func outputDirectoriesThatCannotBe() throws {
    try Self.withResult { folder, file in
      let run = try BuiltProgram.run("plot", file, "-v", "voltage", "-o", file)
      #expect(run.status == 2 && run.errors.contains("is a file, not a directory"))
      #expect(try Scratch.contents(folder) == ["run.nc"])
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self")))
  func outputDirectoriesThatCannotBeMade() throws {
    try Self.withResult { _, file in
      let run = try BuiltProgram.run("plot", file, "-v", "voltage", "-o", "/proc/figures")
      #expect(run.status == 1 && run.errors.contains("cannot be written"), "\(run.errors)")
    }
  }
}
