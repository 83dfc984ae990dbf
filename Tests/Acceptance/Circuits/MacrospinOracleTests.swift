import Foundation
import TestSupport
import Testing

/// The macrospin against the Python package cmtj, which shares nothing with Oscine; what its
/// equations are in ours, Tests/Reference/cmtj_macrospin.py explains.
@Suite(
  .enabled(
    if: CmtjOracle.isThere,
    "python3, or the interpreter that OSCINE_PYTHON names, does not have the package cmtj"))
struct MacrospinOracleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    /// As the script has it.
    let name: String
    let card: String
    let current: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "layer_1.8mA", card: "bk=1.8616 bz=0.2", current: "1.8m"),
    Case(name: "layer_2.5mA", card: "bk=1.8616 bz=0.2", current: "2.5m"),
    Case(
      name: "neuron_150uA", card: "bk=\(MacrospinRunTests.neuronAnisotropy) bz=17.9m",
      current: "150.4u"),
    Case(
      name: "tilted",
      card: """
        bk=1.9 kx=0.2 ky=-0.1 kz=1 px=1 py=0.3 pz=-0.4 beta=0.3
        + bx=0.02 by=-0.03 bz=0.25 nx=0.03 ny=0.05 nz=0.92
        """, current: "6m"),
  ]

  /// A hundred periods, at five moments each.
  @Test(arguments: cases) func agrees(_ item: Case) throws {
    let rows = try CmtjOracle.rows(item.name)
    try #require(rows.count > 200)
    let deck = """
      a junction at a constant current
      .model j sto \(item.card)
      i1 0 a \(item.current)
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      .tran \(rows[1][0]) \(rows[rows.count - 1][0])
      .options reltol=1e-8
      .print tran N(YSTO!s:mx) N(YSTO!s:my) N(YSTO!s:mz)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      for (axis, name) in ["mx", "my", "mz"].enumerated() {
        let own = try #require(run.values("n(ysto!s:\(name))"))
        try #require(own.count == rows.count)
        let expected = rows.map { $0[axis + 1] }
        let span = (expected.max() ?? 0) - (expected.min() ?? 0)
        #expect(span > 0.03, "\(name) hardly moves")
        let worst = zip(own, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst < 1e-4, "\(name) is off by \(worst)")
      }
    }
  }
}

/// The interpreter that has the package cmtj.
enum CmtjOracle {
  static let interpreter = ProcessInfo.processInfo.environment["OSCINE_PYTHON"] ?? "python3"

  static let isThere = (try? output(["-c", "import cmtj"])) != nil

  /// Time, mx, my and mz at each moment of a case.
  static func rows(_ name: String) throws -> [[Double]] {
    let script = Repository.file("Tests/Reference/cmtj_macrospin.py").path
    return try output([script, name]).split(separator: "\n").dropFirst().map { line in
      let numbers = line.split(separator: ",").dropFirst().compactMap { Double($0) }
      guard numbers.count == 4 else {
        throw BuiltProgram.Failure(description: "'\(line)' is no time and direction")
      }
      return numbers
    }
  }

  /// What a run of the interpreter prints.
  private static func output(_ words: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter] + words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BuiltProgram.Failure(
        description: "\(interpreter) ended with status \(process.terminationStatus)")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
