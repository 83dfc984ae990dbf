import Foundation
import TestSupport
import Testing

/// A tank without loss, over so many cycles that any drift shows.
///
/// The formula of order 5 turns a period of n steps into 5-step recurrences whose principal root
/// has the modulus that `loss` tells: -3.2e-8 of the amplitude a cycle at n = 200, -8.1e-12 at
/// n = 1000, which over a hundred thousand cycles stays below the tolerance. That one takes two
/// minutes: it runs only with OSCINE_LONG_TESTS set.
@Suite struct LongRingingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var cycles: Double
    var stepsPerPeriod: Double
    /// Of the amplitude in a cycle.
    var loss: Double
    var testDescription: String { "\(cycles) cycles" }
  }

  static let cases: [Case] = {
    let short = Case(cycles: 1e4, stepsPerPeriod: 200, loss: 3.197e-8)
    let long = Case(cycles: 1e5, stepsPerPeriod: 1000, loss: 8.1e-12)
    let all = ProcessInfo.processInfo.environment["OSCINE_LONG_TESTS"] != nil
    return all ? [short, long] : [short]
  }()

  @Test(arguments: cases) func neitherAmplitudeNorPhaseDrifts(_ tank: Case) throws {
    let cycles = tank.cycles
    let tolerance = 1e-6
    // a period of 1 s and an impedance of 1 ohm
    let element = 1 / (2 * Double.pi)
    let deck = """
      tank
      C1 a 0 \(element) ic=1
      L1 a 0 \(element) ic=0
      .options reltol=\(tolerance)
      .tran 0.01 \(cycles) \(cycles - 3) \(1 / tank.stepsPerPeriod) uic
      .print tran V(a) I(L1)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      let voltages = try #require(run.values("V(a)"))
      let currents = try #require(run.values("I(L1)"))
      #expect(run.abscissa.count > 250 && run.abscissa.last == cycles)
      for (index, time) in run.abscissa.enumerated() {
        let (v, i) = (voltages[index], currents[index])
        let amplitude = (v * v + i * i).squareRoot()
        let angle = 2 * Double.pi * (time - cycles)
        let phase = atan2(i * cos(angle) - v * sin(angle), v * cos(angle) + i * sin(angle))
        let drift = amplitude - 1 + tank.loss * cycles
        #expect(abs(drift) < tolerance + 0.05 * tank.loss * cycles, "\(amplitude) at \(time)")
        // in turns; adding up the time rounds it
        #expect(abs(phase) / (2 * Double.pi) < 1e-9 * cycles, "phase \(phase) at \(time)")
      }
    }
  }
}
