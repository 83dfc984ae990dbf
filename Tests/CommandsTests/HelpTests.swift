import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite struct HelpTests {
  static let commands = CommandList.all.map { $0.description }

  @Test func overview() throws {
    try Snapshot.expect(HelpText.overview(Self.commands), matches: "help.txt")
  }

  @Test func everyCommand() throws {
    for command in Self.commands {
      try Snapshot.expect(HelpText.text(command), matches: "help-\(command.name).txt")
    }
  }

  @Test func manualPage() throws {
    try Snapshot.expect(ManualPage.text(Self.commands), matches: "oscine.1")
  }

  @Test func completion() throws {
    try Snapshot.expect(BashCompletion.text(Self.commands), matches: "completion.bash")
  }

  /// Every table is complete, and its examples are accepted by its own parser.
  @Test func tablesAreSound() throws {
    #expect(Set(Self.commands.map(\.name)).count == Self.commands.count)
    for command in Self.commands {
      #expect(!command.examples.isEmpty, "\(command.name): no example")
      #expect(command.summary.last != "." && !command.summary.isEmpty)
      for option in command.allOptions {
        #expect(option.summary.hasSuffix("."), "\(command.name) --\(option.long)")
      }
      let shorts = command.allOptions.compactMap(\.short)
      #expect(Set(shorts).count == shorts.count, "\(command.name): a letter used twice")
      for example in command.examples {
        let line = example.line.split(separator: "|")[0]
        var words = line.split(separator: " ").map(String.init)
        if words.prefix(2) == ["mpirun", "-n"], command.isShared { words.removeFirst(3) }
        #expect(words.prefix(2) == ["oscine", command.name])
        _ = try CommandLineParser.parse(Array(words.dropFirst(2)), for: command)
      }
      let wide = HelpText.text(command).split(separator: "\n").filter { $0.count > HelpText.width }
      #expect(wide.isEmpty, "\(command.name): \(wide)")
    }
  }

  /// groff, where there is one, finds nothing to complain about.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff")))
  func groffAcceptsTheManualPage() throws {
    try Scratch.with { folder in
      let page = folder.appendingPathComponent("oscine.1")
      try ManualPage.text(Self.commands).write(to: page, atomically: true, encoding: .utf8)
      let (status, output, errors) = try Shell.run(
        "/usr/bin/groff", ["-man", "-Tascii", "-ww", page.path])
      #expect(status == 0)
      #expect(errors.isEmpty, "\(errors)")
      for command in Self.commands { #expect(output.contains("oscine \(command.name)")) }
    }
  }

  /// bash, where there is one, takes the script and offers the commands.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")))
  func bashCompletes() throws {
    try Scratch.with { folder in
      let script = folder.appendingPathComponent("oscine")
      try BashCompletion.text(Self.commands).write(to: script, atomically: true, encoding: .utf8)
      let ask = """
        . "$0"; COMP_WORDS=(oscine dev); COMP_CWORD=1; _oscine; echo "${COMPREPLY[@]}"
        COMP_WORDS=(oscine help --m); COMP_CWORD=2; _oscine; echo "${COMPREPLY[@]}"
        COMP_WORDS=(oscine help --completion ""); COMP_CWORD=3; _oscine; echo "${COMPREPLY[@]}"
        COMP_WORDS=(oscine help dev); COMP_CWORD=2; _oscine; echo "${COMPREPLY[@]}"
        """
      let (status, output, errors) = try Shell.run("/bin/bash", ["-c", ask, script.path])
      #expect(status == 0 && errors.isEmpty, "\(errors)")
      #expect(output == "devices\n--man\nbash\ndevices\n")
    }
  }
}

/// Other programs that tests ask.
enum Shell {
  static func run(
    _ path: String, _ words: [String]
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: told, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }
}
