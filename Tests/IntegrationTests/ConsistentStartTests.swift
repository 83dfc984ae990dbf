import Foundation
import Integration
import Testing

@Suite struct ConsistentStartTests {
  private let tolerances = ImplicitTolerances(relative: 1e-8, absolute: [1e-9, 1e-9])

  /// A source of 5 V behind 2 ohm charges 3 farads that hold 1 V: the source's node jumps, the
  /// capacitor does not, its rate follows.
  @Test func aJumpIsSwallowed() throws {
    let system = SmallSystem(2) { t, x, rates in
      [x[0] - 5 - t, (x[1] - x[0]) / 2 + 3 * rates[1]]
    }
    let start = ConsistentStart(system, tolerances: tolerances)
    try start.solve(from: 0, x: [0, 1], distance: 1)
    #expect(start.time > 0 && start.time < 1e-5)
    #expect(abs(start.stateValues[0] - 5 - start.time) < 1e-12)
    #expect(abs(start.stateValues[1] - 1 - start.time * 4 / 6) < 1e-10)
    #expect(abs(start.rateValues[0] - 1) < 1e-6)
    #expect(abs(start.rateValues[1] - 4.0 / 6) < 1e-5)
  }

  /// The same capacitor as a nonlinear charge: the charge's rate is its current.
  @Test func chargesHaveTheirCurrents() throws {
    let system = SmallSystem(
      2, chargeRows: [1], charges: { [3 * $0[1] + pow($0[1], 3)] },
      equations: { _, x, _ in [x[0] - 5, (x[1] - x[0]) / 2] })
    let start = ConsistentStart(system, tolerances: tolerances)
    try start.solve(from: 0, x: [0, 1], distance: 1)
    #expect(abs(start.stateValues[1] - 1) < 1e-5)
    #expect(abs(start.chargeRateValues[0] - 2) < 1e-5)
  }

  /// Index 2: a capacitor across a source; its current is the source's slope from the second step.
  @Test func indexTwo() throws {
    let system = SmallSystem(2) { t, x, rates in [x[0] - 5 - 2 * t, x[1] - 3 * rates[0]] }
    let start = ConsistentStart(
      system,
      tolerances: ImplicitTolerances(
        relative: 1e-6, absolute: [1e-6, 1e-6], tested: [true, false]))
    try start.solve(from: 0, x: [0, 0], distance: 1)
    #expect(abs(start.stateValues[1] - 6) < 1e-5)
  }

  /// h^2 |x''| / 2 is a quarter of the tolerance: of x' = -x, x'' = 1. Where rates stand still the
  /// first step goes as far as it may, although its unknown moves by a million tolerances.
  @Test func firstSteps() throws {
    let decay = ConsistentStart(
      SmallSystem(1) { _, x, rates in [rates[0] + x[0]] },
      tolerances: ImplicitTolerances(relative: 1e-4, absolute: [1e-9]))
    try decay.solve(from: 0, x: [1], distance: 1)
    let exact = (2 * 0.25 * 1e-4).squareRoot()
    #expect(abs(decay.firstStep(upTo: 1) / exact - 1) < 0.01)
    #expect(decay.firstStep(upTo: 1e-3) == 1e-3)
    let ramp = ConsistentStart(
      SmallSystem(1) { _, _, rates in [rates[0] - 3] },
      tolerances: ImplicitTolerances(relative: 1e-6, absolute: [1e-9]))
    try ramp.solve(from: 7, x: [1], distance: 1)
    #expect(ramp.firstStep(upTo: 0.5) == 0.5)
  }

  @Test func aSingularSystemIsNamed() throws {
    let system = SmallSystem(2) { _, x, _ in [x[0] - 1, 2 * x[0] - 2] }
    let start = ConsistentStart(system, tolerances: tolerances)
    #expect {
      try start.solve(from: 0, x: [0, 0], distance: 1)
    } throws: { error in
      (error as? IntegrationFailure)?.worst.singularity != nil
    }
  }
}
