import Foundation
import TestSupport
import Testing

/// A tank without loss, over so many cycles that any drift shows.
///
/// A step of a 200th of a period, at order 5, costs 2e-8 of the amplitude a cycle at most. Ten
/// thousand cycles take seconds, a hundred thousand a minute: those only with OSCINE_LONG_TESTS
/// set.
@Suite struct LongRingingTests {
  static let cycles: [Double] =
    ProcessInfo.processInfo.environment["OSCINE_LONG_TESTS"] == nil ? [1e4] : [1e4, 1e5]

  @Test(arguments: cycles) func neitherAmplitudeNorPhaseDrifts(_ cycles: Double) throws {
    // a period of 1 s and an impedance of 1 ohm
    let element = 1 / (2 * Double.pi)
    let deck = """
      tank
      C1 a 0 \(element) ic=1
      L1 a 0 \(element) ic=0
      .options reltol=1e-6
      .tran 0.01 \(cycles) \(cycles - 3) 0.005 uic
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
        #expect(abs(amplitude - 1) < 2e-8 * cycles, "amplitude \(amplitude) at \(time)")
        // in turns
        #expect(abs(phase) / (2 * Double.pi) < 2e-8 * cycles, "phase \(phase) at \(time)")
      }
    }
  }
}
