import Foundation
import TestSupport
import Testing

/// `oscine characterize` as a user runs it.
@Suite struct CharacterizeTests {
  private static let library = Repository.file("circuits/memory/neuron.lib").path

  @Test func writesWhatARecallReads() throws {
    try Scratch.with { folder in
      let run = try BuiltProgram.run(
        "characterize", Self.library, "--stand-ins",
        Repository.file("circuits/memory/cells.json").path, "-o", "views.json", "--no-pictures",
        in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("critical_current") && run.output.contains("stand-in"))
      #expect(try Scratch.contents(folder) == ["views.json"])
      let made = try Self.cells(folder.appendingPathComponent("views.json"))
      let shipped = try Self.cells(Repository.file("circuits/memory/measured.json"))
      // another processor may round the last digit otherwise
      let names = ["frequency", "critical_current", "feedback_gain", "noise_power"]
      for name in names {
        let (a, b) = try (#require(made[name]), #require(shipped[name]))
        #expect(abs(a / b - 1) < 1e-3, "\(name)")
      }
    }
  }

  /// Values of the neuron's constants.
  private static func cells(_ file: URL) throws -> [String: Double] {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let cells = object?["cells"] as? [[String: Any]]
    let neuron = cells?.first { $0["cell"] as? String == "neuron" }
    let constants = neuron?["constants"] as? [String: [String: Any]] ?? [:]
    return constants.compactMapValues { $0["value"] as? Double }
  }

  @Test func aChangedCellMakesTheViewStale() throws {
    try SmallDeck.with { deck in
      let files = FileManager.default
      for name in ["neuron.lib", "delay-chain.lib", "tapped-chain.lib"] {
        try files.copyItem(
          at: Repository.file("circuits/memory/\(name)"),
          to: deck.folder.appendingPathComponent(name))
      }
      let views = deck.folder.appendingPathComponent("cells.json")
      try files.removeItem(at: views)
      try files.copyItem(at: Repository.file("circuits/memory/measured.json"), to: views)
      let fresh = try deck.recall()
      #expect(!fresh.errors.contains("stale-view"), "\(fresh.errors)")
      let cell = deck.folder.appendingPathComponent("neuron.lib")
      let text = try String(contentsOf: cell, encoding: .utf8)
      try (text + "* another remark\n").write(to: cell, atomically: true, encoding: .utf8)
      let stale = try deck.recall()
      #expect(stale.status == 2)
      #expect(stale.errors.contains("error[stale-view]"), "\(stale.errors)")
      #expect(stale.errors.contains("oscine characterize neuron.lib"), "\(stale.errors)")
    }
  }

  @Test(arguments: [
    (["nowhere.lib"], "no library 'nowhere.lib'"),
    ([library, "-p", "bais=1u"], "no cell has a parameter 'bais'"),
    ([library, "--supply", "-1"], "must be positive"),
    ([library, "-p", "bias=60u"], "does not oscillate at a bias of"),
    (["empty.lib"], "error[nothing-to-measure]"),
    (["broken.lib"], "broken.lib:3:"),
  ])
  func mistakes(_ arguments: [String], _ says: String) throws {
    try Scratch.with { folder in
      try "* nothing\n.subckt a b c\nr1 b c 1\n.ends\n".write(
        to: folder.appendingPathComponent("empty.lib"), atomically: true, encoding: .utf8)
      try """
      * broken
      .subckt a in out vdd params: bias=1 feedback=1
      ysto junction in 0 nowhere
      .ends

      """.write(
        to: folder.appendingPathComponent("broken.lib"), atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run(
        ["characterize"] + arguments + ["-o", "v.json", "--no-pictures"], in: folder)
      #expect(run.status == 2, "\(arguments): \(run.status) \(run.errors)")
      #expect(run.errors.contains(says), "\(run.errors)")
      #expect(try Scratch.contents(folder) == ["broken.lib", "empty.lib"])
    }
  }
}
