import Devices
import Foundation
import Netlist
import Schematic
import TestSupport
import Testing
import Waveforms

@testable import Experiments

/// Decks composed at random from the language's grammar are simulated: every analysis ends, with
/// finite results or with a failure that says why, and leaves its file whole. The seed is fixed;
/// for a longer hunt set OSCINE_FUZZ_SECONDS and OSCINE_FUZZ_SEED.
@Suite struct ComposedCircuitTests {
  @Test func composedCircuitsAreSimulatedToAnEnd() throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["OSCINE_FUZZ_SECONDS"].flatMap { Double($0) } ?? 4
    let limit = environment["OSCINE_FUZZ_SECONDS"] == nil ? 200 : Int.max
    var writer = DeckWriter(seed: environment["OSCINE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 11)
    let clock = ContinuousClock()
    let start = clock.now
    var (simulated, completed) = (0, 0)
    // a crash leaves its deck there
    try Scratch.with { scratch in
      let folder = environment["OSCINE_FUZZ_FOLDER"].map { URL(fileURLWithPath: $0) } ?? scratch
      while simulated < limit, clock.now - start < .seconds(seconds) {
        let deck = writer.deck()
        let before = clock.now
        let path = folder.appendingPathComponent("composed.cir").path
        try deck.write(toFile: path, atomically: true, encoding: .utf8)
        guard let circuit = DeckReader.read(path: path, devices: Catalogue.all).circuit else {
          continue
        }
        let plan = AnalysisPlan(circuit)
        for analysis in plan.analyses {
          let format = ResultFormat.allCases[simulated % ResultFormat.allCases.count]
          let result = try simulate(circuit, analysis, path, format, folder)
          simulated += 1
          if result?.isComplete == true { completed += 1 }
          if let failure = result?.failure { #expect(!failure.description.isEmpty, "\(deck)") }
        }
        #expect(clock.now - before < .seconds(60), "\(deck)")
      }
    }
    #expect(simulated > 10)
    // most are circuits
    #expect(completed > simulated / 4)
  }

  /// Nil for mistakes that are found on the way to the equations.
  private func simulate(
    _ circuit: Circuit, _ analysis: AnalysisPlan.Analysis, _ path: String, _ format: ResultFormat,
    _ folder: URL
  ) throws -> AnalysisResult? {
    let steps = Countdown(2000)
    var measured: [String: Double] = [:]
    do {
      let run = try CircuitRun(
        circuit,
        CircuitRun.Destination(
          folder: folder.path, name: "composed.cir", format: format, attributes: [:]),
        RunControl(shouldStop: { steps.hasEnded() }),
        elaborate: { overrides, temperature in
          let reading = DeckReader.read(
            path: path, overrides: overrides, temperature: temperature, devices: Catalogue.all)
          guard let circuit = reading.circuit else { throw Faults(reading.faults) }
          return circuit
        })
      return try run.run(analysis, measured: &measured)
    } catch is Fault {
      return nil
    } catch is Faults {
      return nil
    }
  }
}

/// Ends a run after so many questions whether it should.
private final class Countdown: @unchecked Sendable {
  private var left: Int

  init(_ count: Int) { left = count }

  func hasEnded() -> Bool {
    left -= 1
    return left < 0
  }
}
