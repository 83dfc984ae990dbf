import Foundation
import TestSupport
import Testing
import Waveforms

/// Energies as `oscine run` reports them.
@Suite struct EnergyTests {
  private static var decks: [String] {
    let folder = Repository.file("netlists")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { name in
      guard name.hasSuffix(".cir"),
        let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      else { return false }
      return text.lowercased().contains("\n.tran")
    }.sorted()
  }

  /// Every deck with a transient analysis, with the ledger switched on.
  @Test(arguments: decks) func theBalanceOfEveryDeckCloses(_ name: String) throws {
    let source = Repository.file("netlists").appendingPathComponent(name)
    let text = try String(contentsOf: source, encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines.insert(".options energy", at: 1)
    try Scratch.with { folder in
      // beside the decks, so that what they include is found
      let decks = folder.appendingPathComponent("netlists")
      try FileManager.default.createDirectory(at: decks, withIntermediateDirectories: false)
      let circuits = Repository.file("circuits")
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("circuits"), withDestinationURL: circuits)
      try lines.joined(separator: "\n")
        .write(to: decks.appendingPathComponent(name), atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run(
        "run", name, "--json", "--format", "csv", "-o", folder.path, in: decks)
      #expect(run.status == 0, "\(run.errors)")
      let analyses = try #require(try run.object()["analyses"] as? [[String: Any]])
      var found = 0
      for analysis in analyses {
        for step in analysis["steps"] as? [[String: Any]] ?? [] {
          guard let energy = step["energy"] as? [String: Any] else { continue }
          found += 1
          let residual = try #require(energy["residual"] as? Double)
          #expect(abs(residual) <= 1e-4)
        }
      }
      #expect(found > 0)
    }
  }

  private static let cells = """
    two dividers
    .options energy
    .subckt pair in
    r1 in mid 1k
    r2 mid 0 3k
    .ends
    v1 a 0 2
    x1 a pair
    x2 a pair
    .tran 1u 1m
    .end
    """

  @Test func sumsByCellAndKind() throws {
    try DeckTests.withDeck(Self.cells) { folder in
      let run = try BuiltProgram.run("run", "deck.cir", "--json", "--format", "csv", in: folder)
      let analysis = try #require((try run.object()["analyses"] as? [[String: Any]])?.first)
      let step = try #require((analysis["steps"] as? [[String: Any]])?.first)
      let energy = try #require(step["energy"] as? [String: Any])
      func rows(_ group: String) throws -> [String: Double] {
        let all = try #require(energy[group] as? [[String: Any]])
        return Dictionary(
          uniqueKeysWithValues: all.map { ($0["name"] as! String, $0["dissipated"] as! Double) })
      }
      // 1 mW a divider for 1 ms
      let cells = try rows("subcircuits")
      #expect(abs(cells["x1"]! - 1e-6) < 1e-10 && abs(cells["x2"]! - 1e-6) < 1e-10)
      #expect(abs(try rows("kinds")["R"]! - 2e-6) < 1e-10)
      #expect(abs(try rows("instances")["x1.r2"]! - 0.75e-6) < 1e-10)
      let table = try String(
        contentsOf: folder.appendingPathComponent("deck.cir.energy.csv"), encoding: .utf8)
      let lines = table.split(whereSeparator: \.isNewline)
      #expect(lines[0] == "name,of,supplied (J),dissipated (J),stored (J)")
      // five instances, two subcircuits, two kinds, the whole
      #expect(lines.count == 1 + 5 + 2 + 2 + 1)
      let text = try BuiltProgram.run("run", "deck.cir", in: folder)
      let file = folder.appendingPathComponent("deck.cir.energy.netcdf").path
      let data = try Dataset.read(file)
      #expect(data.axis("instance")?.count == 5 && data.axis("kind")?.count == 2)
      let heat = try #require(data["dissipated_by_subcircuit"]?.values.doubles)
      #expect(heat.count == 2 && abs(heat[0] - 1e-6) < 1e-10)
      let results = try Dataset.read(folder.appendingPathComponent("deck.cir.tran.netcdf").path)
      guard case .real(let supplied)? = results.attributes["energy_supplied"] else {
        Issue.record("no sum in the result file")
        return
      }
      #expect(abs(supplied - 2e-6) < 1e-10)
      #expect(text.output.contains("energy balance: supplied 2e-06, dissipated 2e-06, stored 0"))
    }
  }
}
