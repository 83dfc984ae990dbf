import Foundation
import TestSupport
import Testing
import Waveforms

@Suite struct TrainTests {
  static let images = ["camera", "horse", "rocket"].map {
    Repository.file("netlists/images/\($0).png").path
  }

  @Test func weightsOfPhotographsAreAProjector() throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("w.npy").path
      let run = try BuiltProgram.run(
        "train", Self.images[0], Self.images[1], Self.images[2], "--size", "8x6", "-o", file,
        "--json")
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let object = try run.object()
      #expect(object["patterns"] as? [String] == ["camera", "horse", "rocket"])
      #expect(object["oscillators"] as? Int == 48)
      #expect(object["rule"] as? String == "pseudoinverse")
      #expect(try #require(object["errorAfterOneStep"] as? Double) < 1e-12)
      let matrix = try #require(try NumPyArray.read(file).matrix)
      let trace = (0..<48).reduce(0.0) { $0 + matrix[$1, $1].real }
      #expect(abs(trace - 3) < 1e-12, "a projector's trace is its rank")
      #expect(try Scratch.contents(folder) == ["w.npy"])
    }
  }

  @Test func phasesOfAnArray() throws {
    try Scratch.with { folder in
      let phases = folder.appendingPathComponent("phases.npy").path
      let file = folder.appendingPathComponent("w.npy").path
      try NumPyArray(shape: [2, 4], .float64([0, 1, 2, 3, 3, 1, 0, 2])).write(to: phases)
      let run = try BuiltProgram.run(
        "train", phases, "--size=2x2", "--rule", "hebb", "--encode", "full", "-o", file)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      #expect(try NumPyArray.read(file).shape == [4, 4])
      let wrong = try BuiltProgram.run("train", phases, "--size=3x2", "-o", file + "2")
      #expect(wrong.status == 2 && wrong.errors.contains("is 2 x 4 real numbers; phases are P x 6"))
      #expect(!FileManager.default.fileExists(atPath: file + "2"))
    }
  }

  /// Each: words after `train`, and what the message says. The working directory is a folder with
  /// a text file, a directory and nothing else, and stays so.
  @Test(arguments: [
    (["missing.png"], "no file 'missing.png'"),
    (["folder"], "'folder' is a directory, not a file"),
    (["text.png"], "it is not a PNG"),
    (["empty.png"], "it is empty"),
    (["text.npy"], "cannot use 'text.npy'"),
    (["text.png", "-o", "nowhere/w.npy"], "it is not a PNG"),
    (["text.png", "--rule", "hebbian"], "option '--rule' is one of"),
    (["text.png", "--size", "0x3"], "option '--size' needs columns x rows"),
    (["text.png", "--encode", "quarter"], "option '--encode' is one of half, full"),
    ([], "'oscine train' needs SOURCE"),
  ])
  func mistakesLeaveNothing(_ words: [String], _ message: String) throws {
    try Scratch.with { folder in
      for name in ["text.png", "text.npy"] {
        try Data("no image".utf8).write(to: folder.appendingPathComponent(name))
      }
      try Data().write(to: folder.appendingPathComponent("empty.png"))
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("folder"), withIntermediateDirectories: false)
      let before = try Scratch.contents(folder)
      let run = try BuiltProgram.run(["train"] + words, in: folder)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(try Scratch.contents(folder) == before)
    }
  }

  @Test func equalImagesAreNamed() throws {
    try Scratch.with { folder in
      let copy = folder.appendingPathComponent("twin.png")
      try FileManager.default.copyItem(at: URL(fileURLWithPath: Self.images[1]), to: copy)
      let run = try BuiltProgram.run("train", Self.images[1], copy.path, in: folder)
      #expect(run.status == 2)
      #expect(run.errors.contains("'twin' equals 'horse'"), "\(run.errors)")
      #expect(try Scratch.contents(folder) == ["twin.png"])
    }
  }

  @Test func outputThatCannotBe() throws {
    try Scratch.with { folder in
      let nowhere = try BuiltProgram.run("train", Self.images[0], "-o", "nowhere/w.npy", in: folder)
      #expect(nowhere.status == 2 && nowhere.errors.contains("no directory 'nowhere'"))
      let directory = try BuiltProgram.run("train", Self.images[0], "-o", folder.path)
      #expect(directory.status == 2 && directory.errors.contains("is a directory"))
      #expect(try Scratch.contents(folder).isEmpty)
    }
  }
}
