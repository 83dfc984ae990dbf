import Foundation
import Sweep
import TestSupport
import Testing

/// Stores in places that cannot be written, of other programs, damaged, and under a clock that
/// jumps.
@Suite struct BadStoreTests {
  /// Permissions bind everybody but root.
  static let unprivileged = "/usr/bin/setpriv"
  static var launcher: [String] {
    geteuid() == 0
      ? [unprivileged, "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : []
  }
  static let canTry = geteuid() != 0 || FileManager.default.isExecutableFile(atPath: unprivileged)

  static func set(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test(.enabled(if: canTry)) func readOnlyPlacesAreTold() throws {
    try SweepRun.with { deck in
      try Self.set(0o555, deck.folder.path)
      defer { try? Self.set(0o755, deck.folder.path) }
      let before = try Scratch.contents(deck.folder)
      let new = try SweepRun.run(deck, store: "a.campaign", launcher: Self.launcher)
      #expect(new.status == 1 && new.output.isEmpty)
      #expect(
        new.errors.contains("its folder cannot be written: Permission denied"), "\(new.errors)")
      let usual = try BuiltProgram.run(
        ["sweep", "deck.cir", "--quiet"], in: deck.folder, launcher: Self.launcher)
      #expect(usual.status == 1 && usual.errors.contains("'results' cannot be written"))
      #expect(usual.errors.contains("Permission denied") && usual.errors.contains("--store"))
      #expect(try Scratch.contents(deck.folder) == before)

      try Self.set(0o755, deck.folder.path)
      #expect(try SweepRun.run(deck, ["--trials", "2"], store: "a.campaign").status == 0)
      let rows = try SweepRun.rows(deck, "a.campaign")
      // a store that cannot be written, in a folder that can, and the other way round
      for (file, folder) in [(0o444, 0o777), (0o666, 0o555)] {
        try Self.set(file, deck.path("a.campaign"))
        try Self.set(folder, deck.folder.path)
        let resumed = try SweepRun.run(
          deck, ["--resume"], store: "a.campaign", launcher: Self.launcher)
        #expect(resumed.status == 1 && resumed.errors.contains("cannot be written: Permission"))
        #expect(resumed.errors.contains("nothing has been changed"), "\(resumed.errors)")
        // it can still be looked at
        let page = deck.folder.deletingLastPathComponent().path + "/page-\(UUID()).html"
        defer { try? FileManager.default.removeItem(atPath: page) }
        let report = try BuiltProgram.run(
          ["report", "a.campaign", "--no-film", "-o", page], in: deck.folder,
          launcher: Self.launcher)
        #expect(report.status == 0 || !FileManager.hasProgram("gnuplot"), "\(report.errors)")
        try Self.set(0o755, deck.folder.path)
        #expect(try Scratch.contents(deck.folder) == (before + ["a.campaign"]).sorted())
      }
      #expect(try SweepRun.rows(deck, "a.campaign") == rows)
    }
  }

  /// Every command that takes a store refuses what is none, and leaves it as it is.
  @Test func filesThatAreNoStores() throws {
    try SweepRun.with { deck in
      #expect(try SweepRun.run(deck, ["--trials", "2"], store: "a.campaign").status == 0)
      let whole = try Data(contentsOf: URL(fileURLWithPath: deck.path("a.campaign")))
      func write(_ name: String, _ change: (inout Data) -> Void) throws {
        var bytes = whole
        change(&bytes)
        try bytes.write(to: URL(fileURLWithPath: deck.path(name)))
      }
      // numbers of the header: SQLite's file format, bytes 60 and 68
      try write("newer.campaign") { $0.replaceSubrange(60..<64, with: [0, 0, 0, 9]) }
      try write("older.campaign") { $0.replaceSubrange(60..<64, with: [0, 0, 0, 0]) }
      try write("foreign.campaign") { $0.replaceSubrange(68..<72, with: [1, 2, 3, 4]) }
      try write("cut.campaign") { $0.removeLast($0.count / 2) }
      try write("text.campaign") { $0 = Data("no store\n".utf8) }
      let cases = [
        ("newer.campaign", "a newer version (9)"), ("older.campaign", "an older version (0)"),
        ("foreign.campaign", "no store of campaigns"), ("cut.campaign", "damaged"),
        ("text.campaign", "no store of campaigns"),
      ]
      let before = try Scratch.contents(deck.folder)
      for (name, says) in cases {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: deck.path(name)))
        let commands = [
          ["sweep", "deck.cir", "--resume", "--store", name], ["report", name, "--no-film"],
          ["merge", "a.campaign", name], ["merge", name, "a.campaign"],
        ]
        for words in commands + (name.hasPrefix("text") ? [] : [["plot", name]]) {
          let run = try BuiltProgram.run(words + ["--quiet"], in: deck.folder)
          #expect(run.status == 2 && run.output.isEmpty, "\(words)")
          #expect(run.errors.contains(says), "\(words): \(run.errors)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: deck.path(name))) == bytes)
      }
      #expect(try Scratch.contents(deck.folder) == before)
      #expect(try Data(contentsOf: URL(fileURLWithPath: deck.path("a.campaign"))) == whole)
    }
  }

  /// Where Debian's faketime has its library, that lies to programs about the time.
  static let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"

  /// Begun twenty years ago, killed, gone on with ten years ahead, and under a clock that jumps
  /// back and forth meanwhile: the rows of a campaign to which nothing happened.
  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: library), "libfaketime is not installed"))
  func aJumpingClockLeavesNoTrace() throws {
    try SweepRun.with { deck in
      let many = ["--trials", "120", "--jobs", "2"]
      #expect(try SweepRun.run(deck, many, store: "plain.campaign").status == 0)
      let clock = deck.path("clock")
      func jump(_ offset: String) throws {
        try offset.write(toFile: clock, atomically: true, encoding: .utf8)
      }
      func run(
        _ words: [String], _ meanwhile: (Process) throws -> Void
      ) throws -> BuiltProgram {
        // through a shell: in the first process that it is loaded into, the library moves the
        // environment, behind which Swift looks for the arguments
        try BuiltProgram.run(
          ["sweep", "deck.cir", "--store", "a.campaign", "--quiet"] + words, in: deck.folder,
          launcher: [
            "/usr/bin/env", "LD_PRELOAD=\(Self.library)", "FAKETIME_TIMESTAMP_FILE=\(clock)",
            "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1", "/bin/sh", "-c", "exec \"$0\" \"$@\"",
          ], meanwhile: meanwhile)
      }
      func done() -> Int {
        let store = try? CampaignStore.open(deck.path("a.campaign"), readOnly: true)
        return (try? store?.tally().done) ?? 0
      }
      try jump("-20y")
      let killed = try run(many) { process in
        while process.isRunning, done() == 0 { Thread.sleep(forTimeInterval: 0.01) }
        kill(process.processIdentifier, SIGKILL)
      }
      #expect(killed.status != 0)
      try jump("+10y")
      let resumed = try run(["--resume", "--jobs", "2"]) { process in
        for offset in ["-30y", "+30y", "-1d", "+0"] where process.isRunning {
          Thread.sleep(forTimeInterval: 0.1)
          try jump(offset)
        }
      }
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try SweepRun.rows(deck, "a.campaign") == SweepRun.rows(deck, "plain.campaign"))
      let open = try CampaignStore.open(deck.path("a.campaign"), readOnly: true)
      #expect(try open.isWhole())
    }
  }
}
