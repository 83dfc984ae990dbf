import Foundation
import Numerics
import TestSupport
import Testing
import Waveforms

/// Files that a deck or a command line names and that are not what they should be.
@Suite struct BadFileTests {
  /// Writes one of the files below into a folder.
  static func write(_ name: String, in folder: URL) throws {
    let file = folder.appendingPathComponent(name)
    let horse = try Data(contentsOf: Repository.file("netlists/images/horse.png"))
    let n = 48
    var bad = [Complex](repeating: .one, count: n * n)
    bad[3 * n + 7] = Complex(.nan, 0)
    var phases = [Double](repeating: 1, count: 2 * n)
    phases[n + 5] = .nan
    switch name {
    case "text.png", "text.npy": try Data("no image".utf8).write(to: file)
    case "empty.png": try Data().write(to: file)
    case "cut.png": try horse.prefix(horse.count / 2).write(to: file)
    case "zero.png": try Data(base64Encoded: Self.zero)?.write(to: file)
    case "grey.png": try Data(base64Encoded: Self.grey)?.write(to: file)
    case "folder.png":
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    case "twin.png": try horse.write(to: file)
    case "nan.npy": try NumPyArray(shape: [n, n], .complex128(bad)).write(to: file.path)
    case "small.npy":
      try NumPyArray(shape: [3, 3], .complex128(Array(repeating: .one, count: 9)))
        .write(to: file.path)
    case "oblong.npy":
      try NumPyArray(shape: [3, 4], .complex128(Array(repeating: .one, count: 12)))
        .write(to: file.path)
    case "number.npy": try NumPyArray(shape: [], .float64([1])).write(to: file.path)
    case "line.npy":
      try NumPyArray(shape: [n], .float64(Array(repeating: 1, count: n))).write(to: file.path)
    case "phases.npy": try NumPyArray(shape: [2, n], .float64(phases)).write(to: file.path)
    case "wide.npy":
      try NumPyArray(shape: [2, 49], .float64(Array(repeating: 1, count: 98)))
        .write(to: file.path)
    case "none.npy": try NumPyArray(shape: [0, n], .float64([])).write(to: file.path)
    case "cut.npy":
      try NumPyArray(shape: [2, n], .float64(phases)).write(to: file.path)
      try Data(contentsOf: file).dropLast(8).write(to: file)
    default: break
    }
  }

  /// One grey pixel.
  static let grey =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
  /// No pixel: width and height are 0.
  static let zero =
    "iVBORw0KGgoAAAANSUhEUgAAAAAAAAAACAAAAAAe4CPOAAAACElEQVR4nAMAAAAAAUgGidIAAAAASUVORK5CYII="

  /// File, identifier, and what is said, where images are asked for.
  @Test(arguments: [
    ("text.png", "unusable-image", "it is not a PNG"), ("empty.png", "unusable-image", "is empty"),
    ("cut.png", "unusable-image", "cut.png"), ("zero.png", "unusable-image", "IHDR"),
    ("grey.png", "uniform-image", "of one grey level"),
    ("folder.png", "unusable-image", "it is a directory"),
    ("missing.png", "no-such-file", "looked for"), ("none/*.png", "no-such-file", "matches"),
    ("number.npy", "bad-patterns-shape", "is a single real number; phases are P x 48"),
    ("line.npy", "bad-patterns-shape", "is 48 real numbers"),
    ("wide.npy", "bad-patterns-shape", "is 2 x 49 real numbers"),
    ("nan.npy", "bad-patterns-shape", "complex numbers"),
    ("phases.npy", "bad-patterns", "not finite at pixel 5"),
    ("none.npy", "bad-patterns", "no pattern to store"), ("text.npy", "bad-patterns", "text.npy"),
    ("cut.npy", "bad-patterns", "cut.npy"),
  ])
  func images(_ name: String, _ identifier: String, _ says: String) throws {
    try SmallDeck.with([("\"images/*.png\"", "\"\(name)\"")]) { deck in
      try Self.write(name, in: deck.folder)
      let before = try Scratch.contents(deck.folder)
      for words in [["recall", "deck.cir", "-o", "out"], ["train", "deck.cir"]] {
        let run = try BuiltProgram.run(words, in: deck.folder)
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errors.contains("error[\(identifier)]"), "\(run.errors)")
        #expect(run.errors.contains("deck.cir:11:18"), "\(run.errors)")
        #expect(run.errors.contains(says), "\(run.errors)")
      }
      #expect(try Scratch.contents(deck.folder) == before)
      // The same file on the command line.
      if !name.contains("*") {
        let run = try BuiltProgram.run("train", name, "--size", "8x6", in: deck.folder)
        #expect(run.status == 2 && run.output.isEmpty && !run.errors.isEmpty)
        #expect(try Scratch.contents(deck.folder) == before)
      }
    }
  }

  @Test func dependentImagesAreNamed() throws {
    try SmallDeck.with { deck in
      try Self.write("twin.png", in: deck.folder.appendingPathComponent("images"))
      for words in [["recall", "deck.cir", "-o", "out"], ["train", "deck.cir"]] {
        let run = try BuiltProgram.run(words, in: deck.folder)
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errors.contains("'twin' equals 'horse' up to a global phase"), "\(run.errors)")
        #expect(run.errors.contains("deck.cir:11:18"), "\(run.errors)")
      }
      #expect(try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images"])
    }
  }

  @Test(arguments: [
    ("nan.npy", "weight-not-finite", "weight [3, 7]"),
    ("small.npy", "wrong-network-size", "the weights are for 3 oscillators, the array couples 48"),
    ("oblong.npy", "bad-weights-shape", "is 3 x 4 complex numbers; weights are a square matrix"),
    ("number.npy", "bad-weights-shape", "a single real number"),
    ("line.npy", "bad-weights-shape", "is 48 real numbers"),
    ("text.npy", "unreadable-weights", "text.npy"), ("missing.npy", "no-such-file", "missing.npy"),
  ])
  func weights(_ name: String, _ identifier: String, _ says: String) throws {
    try SmallDeck.with([
      (".train rule=pseudoinverse into=W\n", ""), ("levels=64", "weights=\"\(name)\""),
    ]) { deck in
      try Self.write(name, in: deck.folder)
      let before = try Scratch.contents(deck.folder)
      let run = try deck.recall()
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("error[\(identifier)]"), "\(run.errors)")
      #expect(run.errors.contains(says) && run.errors.contains("deck.cir:8:"), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder) == before)
    }
  }

  /// What is replaced in the views file, by what; nil for the whole file.
  @Test(arguments: [
    ("\"cell\": \"neuron\"", "\"cell\": \"newron\"", "no-view", "no cell 'neuron'"),
    ("\"cell\": \"driver\"", "\"cell\": \"diver\"", "views-lack-cell", "driver"),
    ("\"feedback_gain\"", "\"feedback_gane\"", "view-lacks-constant", "'feedback_gain'"),
    ("\"schema\": 1", "\"schema\": 2", "unknown-views-schema", "reads schema 1"),
    ("\"schema\": 1", "\"schema\": \"one\"", "bad-views", "wrong type at schema"),
    ("\"schema\": 1,", "", "bad-views", "no 'schema'"),
    ("504096000.0", "-1.0", "view-constant-out-of-range", "must be positive"),
    ("504096000.0", "1e300", "run-too-long", "the limit is"),
    ("0.0001504", "0.0001", "view-constant-out-of-range", "below the critical current"),
    (nil, "{\"schema\": 1,", "bad-views", "no valid JSON"), (nil, "[]", "bad-views", "top level"),
    (nil, "", "bad-views", "no valid JSON"),
  ])
  func views(_ from: String?, _ to: String, _ identifier: String, _ says: String) throws {
    try SmallDeck.with { deck in
      let file = deck.folder.appendingPathComponent("cells.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      if let from { #expect(text.contains(from), "no \(from)") }
      let changed = from.map { text.replacingOccurrences(of: $0, with: to) } ?? to
      try changed.write(to: file, atomically: true, encoding: .utf8)
      let run = try deck.recall()
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("error[\(identifier)]"), "\(run.errors)")
      #expect(run.errors.contains(says) && run.errors.contains("deck.cir:"), "\(run.errors)")
      #expect(try Scratch.contents(deck.folder) == ["cells.json", "deck.cir", "images"])
    }
  }

  @Test func trainRefusesWeightsNoMemoryHolds() throws {
    try Scratch.with { folder in
      let horse = Repository.file("netlists/images/horse.png").path
      let run = try BuiltProgram.run("train", horse, "--size", "4096x4096", in: folder)
      #expect(run.status == 2 && run.errors.contains("error[weights-too-large]"), "\(run.errors)")
      #expect(try Scratch.contents(folder).isEmpty)
    }
  }
}
