import Foundation
import TestSupport
import Testing

/// Memories at circuit fidelity, beside their reduced equations.
@Suite struct CompareTests {
  /// Four oscillators, sixteen delay chains.
  private static func deck(
    line: String = "line=summing_line full={2*10u}", synapse: String = "topology=chain",
    cell: String = "neuron", trials: String = "trials=1 tstop=0.3u stop=error<0.05 thermal=off"
  ) -> String {
    func library(_ name: String) -> String { Repository.file("circuits/memory/\(name)").path }
    return """
      four oscillators by Kirchhoff's laws
      .include "\(library("neuron.lib"))"
      .include "\(library("delay-chain.lib"))"
      .include "\(library("summing-line.lib"))"
      Vdd vdd 0 0.8
      Xneuron[0:3] out[0:3] in[0:3] vdd 0 \(cell) feedback=10u fullscale=2
      YSYNAPSE W from=out[0:3] to=in[0:3] cell=delay_chain \(synapse) \(line)
      .views file="\(library("measured.json"))"
      .options fidelity=circuit seed=3
      .patterns images=random(1) size=2x2 encode=half
      .train rule=pseudoinverse into=W
      .recall probes=corrupt(0.25) \(trials)
      .end
      """
  }

  private static func run(_ deck: String, _ arguments: [String]) throws -> BuiltProgram {
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("memory.cir")
      try deck.write(to: file, atomically: true, encoding: .utf8)
      return try BuiltProgram.run(
        [arguments[0], file.path] + arguments.dropFirst() + ["-o", "out", "-q"], in: folder)
    }
  }

  /// The reduced equations recall what the circuit recalls, as fast and at the same energy, and
  /// every consumer takes what its view says.
  @Test func theEnvelopeStandsForTheCircuit() throws {
    let run = try Self.run(Self.deck(), ["compare", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let found = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let comparisons = try #require(found?["comparisons"] as? [[String: Any]])
    try #require(comparisons.count == 1 && found?["agree"] as? Bool == true)
    let object = comparisons[0]
    #expect(object["agree"] as? Bool == true)
    #expect(object["recallsTheSame"] as? Bool == true)
    let phase = try #require(object["phaseDifference"] as? Double)
    #expect(phase > 0 && phase < 0.05)
    let time = try #require(object["timeRatio"] as? Double)
    #expect(abs(time - 1) < 0.15)
    let ratio = try #require(object["energyRatio"] as? Double)
    #expect(abs(ratio - 1) < 0.05)
    let energies = try #require(object["energy"] as? [String: [Double]])
    let bounds = [
      "oscillator bias": 1e-4, "read-out amplifier": 0.01, "delay stages": 0.05,
      "weight conductances": 0.1, "feedback driver": 0.2,
    ]
    #expect(energies.count == bounds.count)
    for (name, bound) in bounds {
      let pair = try #require(energies[name])
      #expect(abs(pair[0] / pair[1] - 1) < bound, "\(name): \(pair)")
    }
    // 4 x 150.4 uA x 0.8 V for 0.3 us
    let bias = try #require(energies["oscillator bias"]?[0])
    #expect(abs(bias / (4 * 150.4e-6 * 0.8 * 0.3e-6) - 1) < 1e-3)
  }

  /// What circuit fidelity cannot simulate is told by name and place.
  @Test(arguments: [
    (deck(line: ""), "no-summing-line", 7),
    (deck(line: "line=summing_lin"), "unknown-cell", 7),
    (deck(synapse: "topology=tapped levels=64"), "topology-not-simulated", 7),
  ])
  func whatIsMissingIsTold(_ deck: String, _ identifier: String, line: Int) throws {
    let run = try Self.run(deck, ["recall"])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("error[\(identifier)]"), "\(run.errors)")
    #expect(run.errors.contains("memory.cir:\(line):"), "\(run.errors)")
  }

  @Test(arguments: ["circuit", "circuit,circuit", "circuit,envelop", "circuit,envelope,circuit"])
  func otherListsOfFidelitiesAreRefused(_ fidelities: String) throws {
    let run = try Self.run(Self.deck(), ["compare", "--fidelities", fidelities])
    #expect(run.status == 2 && run.errors.contains("no list of fidelities"), "\(run.errors)")
  }

  /// A large memory has no circuit, and its two reduced equations agree.
  @Test func largeMemoriesAreRefused() throws {
    try SmallDeck.with([
      ("0:47", "0:79"), ("size=8x6", "size=10x8"), ("fidelity=envelope", "fidelity=circuit"),
      ("levels=64", "line=delay_chain_stage"),
    ]) { deck in
      let run = try BuiltProgram.run("recall", "deck.cir", "-o", "out", "-q", in: deck.folder)
      #expect(run.status == 2 && run.errors.contains("memory-too-large"), "\(run.errors)")
    }
    try SmallDeck.with([("thermal=on", "thermal=off"), ("spread=1e-4", "spread=0")]) { deck in
      let run = try BuiltProgram.run(
        "compare", "deck.cir", "--fidelities", "envelope,phase", "-o", "out", "-q",
        in: deck.folder)
      #expect(run.output.contains("recalled images"), "\(run.errors)")
      #expect(
        try Scratch.contents(deck.folder.appendingPathComponent("out")) == [
          "envelope.nc", "phase.nc",
        ])
    }
  }
}
