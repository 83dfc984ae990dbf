import Foundation
import Schematic
import TestSupport
import Testing

@testable import Commands

@Suite struct ProgramTests {
  @Test func helpGoesToStandardOutput() throws {
    for words in [["help"], ["--help"], ["-h"]] {
      let run = try BuiltProgram.run(words[0])
      #expect(run.status == 0 && run.errors.isEmpty)
      #expect(run.output == HelpText.overview(CommandList.all.map { $0.description }))
    }
    let one = try BuiltProgram.run("devices", "--help")
    #expect(one.status == 0)
    #expect(one.output == HelpText.text(DevicesCommand.description))
    #expect(try BuiltProgram.run("help", "devices").output == one.output)
  }

  @Test func version() throws {
    let run = try BuiltProgram.run("--version")
    #expect(run.status == 0 && run.output == "oscine \(Version.number)\n")
  }

  @Test func noCommandIsAMistake() throws {
    let run = try BuiltProgram.run()
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains("usage: oscine"))
  }

  @Test func unknownWordsGetANearMiss() throws {
    let command = try BuiltProgram.run("devcies")
    #expect(command.status == 2 && command.output.isEmpty)
    #expect(
      command.errors
        == "error: no command 'devcies'\n  help: did you mean 'devices'?\n")
    let option = try BuiltProgram.run("devices", "--jsno")
    #expect(option.status == 2 && option.output.isEmpty)
    #expect(option.errors.contains("did you mean '--json'?"))
    #expect(try BuiltProgram.run("--verison").errors.contains("did you mean '--version'?"))
    #expect(try BuiltProgram.run("help", "devcies").status == 2)
  }

  @Test func devices() throws {
    let list = try BuiltProgram.run("devices")
    #expect(list.status == 0 && list.errors.isEmpty)
    #expect(list.output.contains("YSTO"))
    let object = try BuiltProgram.run("devices", "--json").object()
    let devices = try #require(object["devices"] as? [[String: Any]])
    #expect(devices.count >= 20)
    let one = try BuiltProgram.run("devices", "resistor", "--json").object()
    #expect(one["letter"] as? String == "R")
    #expect((one["instanceParameters"] as? [Any])?.isEmpty == false)
    let unknown = try BuiltProgram.run("devices", "memrister")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean 'memristor'?"))
  }

  /// The neuron's layer has a critical current of 115.68 uA.
  @Test func devicesOfOtherParameters() throws {
    let words = ["devices", "ysto", "-p", "bk=1.8197105", "-p", "bz=17.9m"]
    let text = try BuiltProgram.run(words)
    #expect(text.status == 0 && text.output.contains("ic         A   1.156e-4"), "\(text.output)")
    let object = try BuiltProgram.run(words + ["--json"]).object()
    let first = try #require((object["derived"] as? [[String: Any]])?.first)
    #expect(first["name"] as? String == "ic" && first["unit"] as? String == "A")
    #expect(abs(try #require(first["value"] as? Double) / 115.68e-6 - 1) < 1e-3)
    for (word, message) in [
      ("bkk=1", "did you mean 'bk'?"), ("ms=-1", "'ms' must be > 0, not -1"),
      ("ms=x", "'ms' needs a number, not 'x'"),
    ] {
      let mistaken = try BuiltProgram.run("devices", "ysto", "-p", word)
      #expect(mistaken.status == 2 && mistaken.errors.contains(message), "\(mistaken.errors)")
    }
    #expect(try BuiltProgram.run("devices", "r", "-p", "r=1").status == 2)
    #expect(try BuiltProgram.run("devices", "-p", "r=1").status == 2)
    let fault = try BuiltProgram.run("devices", "yimt", "-p", "vimt=0.5")
    #expect(fault.status == 2 && fault.errors.contains("vimt is not above its vmit"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsAFailure() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let run = try BuiltProgram.run("devices", output: full)
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error: standard output cannot be written"))
  }

  @Test func aReaderThatLeavesIsNoFault() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try BuiltProgram.run("devices", output: pipe.fileHandleForWriting)
    #expect(run.status == 141 && run.errors.isEmpty)
  }

  @Test func errorsBecomeExitStatuses() {
    struct Strange: Error {}
    let renderer = PlainFaultRenderer()
    #expect(Program.report(UsageError("x"), renderer: renderer) == .mistaken)
    #expect(Program.report(Fault("x", "y"), renderer: renderer) == .mistaken)
    #expect(Program.report(Faults([Fault("x", "y")]), renderer: renderer) == .mistaken)
    #expect(Program.report(RunFailure("x"), renderer: renderer) == .failed)
    #expect(Program.report(Strange(), renderer: renderer) == .failed)
    #expect(Program.report(Interrupted(), renderer: renderer) == .interrupted)
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 130])
  }
}
