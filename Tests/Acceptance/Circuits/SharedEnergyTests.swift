import Foundation
import TestSupport
import Testing

/// Every shared deck with an account of its energy: what sources supplied is dissipated or stored.
@Suite struct SharedEnergyTests {
  static let decks = SharedDeck.all.filter { $0.analysis == "tran" }

  @Test(arguments: decks) func theBalanceCloses(_ deck: SharedDeck) throws {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("own.cir")
      var lines = deck.ownText.split(separator: "\n", omittingEmptySubsequences: false)
      let end = lines.lastIndex { $0.lowercased() == ".end" } ?? lines.count
      lines.insert(".options energy", at: end)
      try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run("run", file.path, "-o", folder.path, "--quiet", "--json")
      #expect(run.status == 0, "\(run.errors)")
      let summary = try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
      let energy = try #require(summary.analyses.last?.steps.last?.energy)
      #expect(energy.delivered + energy.initially_stored > 0)
      #expect(abs(energy.residual) <= 1e-4, "of what was supplied: \(energy.residual)")
    }
  }

  private struct Summary: Decodable {
    struct Analysis: Decodable { let steps: [Step] }
    struct Step: Decodable { let energy: Energy? }
    struct Energy: Decodable {
      let delivered: Double
      // swift-format-ignore: AlwaysUseLowerCamelCase
      let initially_stored: Double
      let residual: Double
    }
    let analyses: [Analysis]
  }
}
