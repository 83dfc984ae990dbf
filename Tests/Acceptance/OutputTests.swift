import Foundation
import TestSupport
import Testing
import Waveforms

/// Places that results cannot go to.
@Suite struct OutputTests {
  @Test func aFileIsNoDirectory() throws {
    try SmallDeck.with { deck in
      let run = try deck.recall(into: "cells.json")
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("'cells.json' is a file, not a directory"), "\(run.errors)")
      let below = try deck.recall(into: "cells.json/out")
      #expect(below.status == 1 && below.output.isEmpty)
      #expect(below.errors.contains("'cells.json/out' cannot be written"), "\(below.errors)")
      #expect(below.errors.contains("--output"))
      let train = try BuiltProgram.run("train", "deck.cir", "-o", "images", in: deck.folder)
      #expect(train.status == 2 && train.errors.contains("is a directory"))
      #expect(try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images"])
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self")))
  func aDirectoryThatCannotBeMade() throws {
    try SmallDeck.with { deck in
      let run = try deck.recall(into: "/proc/oscine")
      #expect(run.status == 1 && run.output.isEmpty)
      #expect(run.errors.contains("'/proc/oscine' cannot be written"), "\(run.errors)")
    }
  }

  /// Output beyond the size limit of a process fails as a full disk does.
  @Test func aFullDiskLeavesNothingHalfWritten() throws {
    try SmallDeck.with { deck in
      // Blocks are of 512 or 1024 bytes, as the shell has it; the result takes 100 kB.
      let shell = ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f 20; exec \"$0\" \"$@\""]
      let run = try BuiltProgram.run(
        ["recall", "deck.cir", "-o", "out", "-q"], in: deck.folder, launcher: shell)
      #expect(run.status == 1 && run.output.isEmpty)
      #expect(run.errors.contains("cannot write"), "\(run.errors)")
      #expect(run.errors.contains("recall.nc"), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder.appendingPathComponent("out")).isEmpty)
      let train = try BuiltProgram.run(
        ["train", "deck.cir", "-q"], in: deck.folder, launcher: shell)
      #expect(train.status == 1 && train.errors.contains("w.npy"), "\(train.errors)")
      #expect(
        try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images", "out"])
    }
  }

  /// An older result stays until the new one is whole.
  @Test func anOlderResultIsReplacedWhole() throws {
    try SmallDeck.with { deck in
      #expect(try deck.recall().status == 0)
      let first = try Data(contentsOf: deck.folder.appendingPathComponent("out/recall.nc"))
      let failed = try deck.recall(["-p", "vdd=-1"])
      #expect(failed.status == 2)
      let kept = try Data(contentsOf: deck.folder.appendingPathComponent("out/recall.nc"))
      #expect(kept == first)
      #expect(try deck.recall(["--seed", "9"]).status == 0)
      #expect(try Dataset.read(deck.path("out/recall.nc")).attributes["seed"]?.text == "9")
    }
  }

  /// A result that another program changed is refused by name, not drawn.
  @Test func resultsThatAreNone() throws {
    try SmallDeck.with { deck in
      #expect(try deck.recall().status == 0)
      let path = deck.path("out/recall.nc")
      var result = try Dataset.read(path)
      result.attributes["image_width"] = .integer(Int.max)
      try result.write(to: path)
      let run = try BuiltProgram.run("plot", path, in: deck.folder)
      #expect(run.status == 2 && run.errors.contains("is no recall's result"), "\(run.errors)")
      result.attributes["image_width"] = .integer(8)
      result.variables.removeAll { $0.name == "error" }
      result.variables.append(
        Variable("error", axes: ["trial"], .double([Double](repeating: .nan, count: 6))))
      try result.write(to: path)
      let other = try BuiltProgram.run("plot", path, in: deck.folder)
      #expect(other.status == 2 && other.errors.contains("it has no 'error'"), "\(other.errors)")
    }
  }
}
