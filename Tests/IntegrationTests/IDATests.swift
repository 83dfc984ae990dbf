import Foundation
import Integration
import Testing

@Suite struct IDATests {
  /// An RC decay, 0 = x/R + C x', from 1 V with RC = 1 s.
  @Test(arguments: [1e-4, 1e-6, 1e-8])
  func decay(relative: Double) throws {
    let system = SmallSystem(1) { _, x, rates in [x[0] + rates[0]] }
    let solver = try IDA(
      system, at: 0, x: [1], rates: [-1],
      tolerances: ImplicitTolerances(relative: relative, absolute: [1e-12]))
    try solver.run(to: 2)
    #expect(solver.time == 2)
    #expect(abs(solver.stateValues[0] - exp(-2)) < 20 * relative)
    #expect(system.acceptedTimes.count == solver.statistics.steps)
  }

  /// The same with the capacitor as a charge that depends on the voltage, q = C (x + x^3 / 3):
  /// dq/dt = -x has the solution ln x + x^2 / 2 = constant - t.
  @Test func nonlinearCharge() throws {
    let system = SmallSystem(
      1, chargeRows: [0], charges: { [$0[0] + $0[0] * $0[0] * $0[0] / 3] }
    ) { _, x, _ in [x[0]] }
    let solver = try IDA(
      system, at: 0, x: [1], rates: [-0.5], chargeRates: [-1],
      tolerances: ImplicitTolerances(relative: 1e-8, absolute: [1e-10]))
    try solver.run(to: 3)
    let x = solver.stateValues[0]
    #expect(abs(log(x) + x * x / 2 - (0.5 - 3)) < 1e-6)
    #expect(abs(solver.chargeValues[0] - (x + x * x * x / 3)) < 1e-9)
  }
}
