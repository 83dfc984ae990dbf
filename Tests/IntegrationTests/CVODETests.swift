import Foundation
import Integration
import Numerics
import Testing

@Suite struct CVODETests {
  /// Every length of the last group of eight, both methods, against exp(-k t).
  @Test(arguments: IntegrationMethod.allCases)
  func decaysOfAnySize(method: IntegrationMethod) throws {
    for count in 1...19 {
      let solver = try CVODE(
        decays(count), initial: [Double](repeating: 1, count: count), method: method,
        tolerances: Tolerances(relative: 1e-8, absolute: 1e-10))
      try solver.advance(to: 2)
      for (k, value) in solver.stateValues.enumerated() {
        let exact = exp(-2 * Double(k + 1) / Double(count))
        #expect(abs(value - exact) < 3e-7, "\(k) of \(count)")
      }
    }
  }

  /// The global error follows the relative tolerance, and a high order makes accuracy cheap: eight
  /// digits more for less than fifteen times the steps.
  @Test func errorFollowsTheTolerance() throws {
    var steps: [Int] = []
    var previous = Double.infinity
    for relative in [1e-3, 1e-5, 1e-7, 1e-9, 1e-11] {
      let solver = try CVODE(
        oscillator(), initial: [1, 0],
        tolerances: Tolerances(relative: relative, absolute: relative))
      try solver.advance(to: 20)
      let state = solver.stateValues
      let error = hypot(state[0] - cos(20), state[1] + sin(20))
      #expect(error < 2000 * relative, "at \(relative)")
      #expect(error < previous / 10, "at \(relative)")
      previous = error
      steps.append(solver.statistics.steps)
    }
    #expect(steps == steps.sorted())
    #expect(steps[4] < 15 * steps[0])
  }

  /// With the order held at two and the step bounded, halving the step divides the error by four.
  @Test func orderIsTheOneAskedFor() throws {
    func error(_ step: Double) throws -> Double {
      let solver = try CVODE(
        oscillator(), initial: [1, 0], tolerances: Tolerances(relative: 1e-4, absolute: 1e-4),
        stepMaximum: step, orderMaximum: 2)
      try solver.advance(to: 10)
      #expect(solver.statistics.lastOrder == 2)
      let state = solver.stateValues
      return hypot(state[0] - cos(10), state[1] + sin(10))
    }
    let order = log2(try error(0.02) / error(0.01))
    #expect(order > 1.7 && order < 2.4)
  }

  /// Robertson's reaction at t = 40; reference: E. Hairer and G. Wanner, "Solving Ordinary
  /// Differential Equations II".
  @Test func robertson() throws {
    let system = FormulaSystem(
      3,
      formula: { _, y, f in
        f[0] = -0.04 * y[0] + 1e4 * y[1] * y[2]
        f[2] = 3e7 * y[1] * y[1]
        f[1] = -f[0] - f[2]
      },
      product: { _, y, v, f in
        f[0] = -0.04 * v[0] + 1e4 * (y[2] * v[1] + y[1] * v[2])
        f[2] = 6e7 * y[1] * v[1]
        f[1] = -f[0] - f[2]
      })
    let solver = try CVODE(
      system, initial: [1, 0, 0], method: .bdfKrylov,
      tolerances: Tolerances(relative: 1e-8, absolute: 1e-13))
    try solver.advance(to: 40)
    let reference = [0.7158270687193941, 0.9185534764557338e-5, 0.2841637457458413]
    for (value, exact) in zip(solver.stateValues, reference) {
      #expect(abs(value - exact) < 1e-6 * exact)
    }
    #expect(solver.statistics.steps < 1500)
    #expect(solver.statistics.jacobianProducts > 0)
  }

  /// On a stiff oscillator Adams' method is limited by stability and says so; the stiff method
  /// agrees with it and needs fewer evaluations.
  @Test func stiffness() throws {
    let tolerances = Tolerances(relative: 1e-6, absolute: 1e-8)
    let stiff = try CVODE(
      vanDerPol(300), initial: [2, 0], method: .bdfKrylov, tolerances: tolerances)
    let adams = try CVODE(vanDerPol(300), initial: [2, 0], tolerances: tolerances)
    try stiff.advance(to: 20)
    try adams.advance(to: 20)
    #expect(abs(stiff.stateValues[0] - adams.stateValues[0]) < 1e-5)
    #expect(adams.statistics.isStabilityLimited)
    #expect(!stiff.statistics.isStabilityLimited)
    #expect(10 * stiff.statistics.derivativeEvaluations < adams.statistics.derivativeEvaluations)
    let easy = try CVODE(oscillator(), initial: [1, 0], tolerances: tolerances)
    try easy.advance(to: 100)
    #expect(!easy.statistics.isStabilityLimited)
  }

  /// A level crossed inside a step is found on the solver's own polynomial.
  @Test func crossingByInterpolation() throws {
    let solver = try CVODE(
      oscillator(), initial: [1, 0], tolerances: Tolerances(relative: 1e-9, absolute: 1e-9))
    var crossings: [Double] = []
    var values = [0.0, 0.0]
    var before = 1.0
    while solver.time < 12 {
      try solver.step()
      let after = solver.withState { $0[0] }
      if before.sign != after.sign {
        let found = root(in: solver.lastStep, tolerance: 1e-12) { time in
          solver.interpolate(at: time, into: &values)
          return values[0]
        }
        crossings.append(try #require(found))
      }
      before = after
    }
    #expect(crossings.count >= 4)
    for (k, time) in crossings.enumerated() {
      #expect(abs(time - (Double(k) + 0.5) * .pi) < 2e-7)
    }
    solver.interpolate(at: solver.lastStep.lowerBound, derivative: 1, into: &values)
    #expect(abs(values[0] + sin(solver.lastStep.lowerBound)) < 1e-6)
  }

  @Test func interpolationBeforeTheFirstStepIsTheInitialState() throws {
    let solver = try CVODE(oscillator(), initial: [3, 4], at: 7)
    var values = [0.0, 0.0]
    solver.interpolate(at: 7, into: &values)
    #expect(values == [3, 4])
    #expect(solver.lastStep == 7...7)
  }

  /// The stop time is met to the bit and never passed, by steps and by `advance`.
  @Test func stopTimeIsExact() throws {
    for end in [1.0, 0.1, 3.3333, 1e-9] {
      let system = oscillator(1 / end)
      let solver = try CVODE(system, initial: [1, 0], stopTime: end)
      while solver.time < end { try solver.step() }
      #expect(solver.time == end)
      #expect(system.latest <= end * (1 + 1e-14))
      #expect(abs(solver.stateValues[0] - cos(1)) < 1e-4)
      #expect(try solver.step() == end)
      let other = try CVODE(system, initial: [1, 0], stopTime: end)
      try other.advance(to: end / 3)
      try other.advance(to: end)
      #expect(other.time == end && system.latest <= end * (1 + 1e-14))
    }
  }

  /// A jump of the state and a new stop time; the statistics go on.
  @Test func reinitialise() throws {
    let solver = try CVODE(
      decays(1), initial: [1], tolerances: Tolerances(relative: 1e-8, absolute: 1e-12), stopTime: 1)
    try solver.advance(to: 1)
    let steps = solver.statistics.steps
    try solver.reinitialise(state: [5], stopTime: 2)
    #expect(solver.statistics.steps == steps)
    try solver.advance(to: 2)
    #expect(abs(solver.stateValues[0] - 5 * exp(-1)) < 1e-6)
    #expect(solver.statistics.steps > steps)
    try solver.reinitialise()
    while solver.time < 4 { try solver.step() }
    #expect(abs(solver.stateValues[0] - 5 * exp(1 - solver.time)) < 1e-6)
  }

  /// Steps without any stop time, on time scales far from a second.
  @Test func stepsWithoutAHorizon() throws {
    for w in [1e9, 1e-3] {
      let solver = try CVODE(
        oscillator(w), initial: [1, 0], tolerances: Tolerances(relative: 1e-8, absolute: 1e-8))
      while solver.time < 5 / w { try solver.step() }
      #expect(abs(solver.stateValues[0] - cos(w * solver.time)) < 1e-5)
      #expect(solver.statistics.steps < 400)
    }
  }
}
