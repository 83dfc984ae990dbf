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
      1, chargeRows: [0], charges: { [$0[0] + $0[0] * $0[0] * $0[0] / 3] },
      equations: { _, x, _ in [x[0]] })
    let solver = try IDA(
      system, at: 0, x: [1], rates: [-0.5], chargeRates: [-1],
      tolerances: ImplicitTolerances(relative: 1e-8, absolute: [1e-10]))
    try solver.run(to: 3)
    let x = solver.stateValues[0]
    #expect(abs(log(x) + x * x / 2 - (0.5 - 3)) < 1e-6)
    #expect(abs(solver.chargeValues[0] - (x + x * x * x / 3)) < 1e-8)
  }

  /// A pendulum in polar form with its tension as an algebraic unknown: energy keeps.
  @Test func pendulum() throws {
    let system = SmallSystem(3) { _, x, rates in
      [rates[0] - x[1], rates[1] + 9.81 * sin(x[0]), x[2] - x[1] * x[1] - 9.81 * cos(x[0])]
    }
    let (angle, g) = (1.0, 9.81)
    let solver = try IDA(
      system, at: 0, x: [angle, 0, g * cos(angle)], rates: [0, -g * sin(angle), 0],
      tolerances: ImplicitTolerances(relative: 1e-8, absolute: [1e-9, 1e-9, 1e-8]))
    try solver.run(to: 10)
    let x = solver.stateValues
    #expect(abs(0.5 * x[1] * x[1] - g * cos(x[0]) + g * cos(angle)) < 1e-5)
    #expect(abs(x[2] - x[1] * x[1] - g * cos(x[0])) < 1e-6)
  }

  /// Robertson's reaction with its conservation law as the third equation; reference values of
  /// Hairer and Wanner, Solving Ordinary Differential Equations II.
  @Test func robertson() throws {
    let system = SmallSystem(3) { _, y, rates in
      [
        rates[0] + 0.04 * y[0] - 1e4 * y[1] * y[2],
        rates[1] - 0.04 * y[0] + 1e4 * y[1] * y[2] + 3e7 * y[1] * y[1],
        y[0] + y[1] + y[2] - 1,
      ]
    }
    let solver = try IDA(
      system, at: 0, x: [1, 0, 0], rates: [-0.04, 0.04, 0],
      tolerances: ImplicitTolerances(relative: 1e-6, absolute: [1e-9, 1e-13, 1e-9]))
    try solver.run(to: 40)
    let y = solver.stateValues
    #expect(abs(y[0] - 0.715_827_068_7) < 1e-5)
    #expect(abs(y[1] - 0.918_553_476_5e-5) < 1e-9)
  }

  /// The error of an oscillation follows the tolerance.
  @Test func proportionality() throws {
    func error(_ relative: Double) throws -> Double {
      let system = SmallSystem(2) { _, x, rates in [rates[0] - x[1], rates[1] + x[0]] }
      let solver = try IDA(
        system, at: 0, x: [1, 0], rates: [0, -1],
        tolerances: ImplicitTolerances(relative: relative, absolute: [1e-14, 1e-14]))
      try solver.run(to: 20 * .pi)
      return hypot(solver.stateValues[0] - 1, solver.stateValues[1])
    }
    let errors = try [1e-4, 1e-6, 1e-8].map(error)
    #expect(errors[0] > 10 * errors[1] && errors[1] > 10 * errors[2])
    #expect(errors[2] < 1e-5)
  }

  /// Zeros of an event function, found inside steps; energy of a resistor by quadrature.
  @Test func eventsAndQuadratures() throws {
    let system = SmallSystem(2, events: 1, quadratures: 1) { _, x, rates in
      [rates[0] - x[1], rates[1] + x[0]]
    }
    system.eventFunction = { _, x in [x[0]] }
    system.powers = { _, x, _, _ in [x[0] * x[0]] }
    let solver = try IDA(
      system, at: 0, x: [1, 0], rates: [0, -1],
      tolerances: ImplicitTolerances(
        relative: 1e-8, absolute: [1e-10, 1e-10], quadratures: [1e-10]))
    try solver.setStopTime(10)
    var times: [Double] = []
    var rising: [Bool] = []
    loop: while true {
      switch try solver.step() {
      case .stepped: continue
      case .reachedStop: break loop
      case .event(let events):
        times.append(solver.time)
        rising.append(events[0].isRising)
        try solver.withState { x, rates, charges in
          try solver.restart(at: solver.time, x: x, rates: rates, chargeRates: charges)
        }
      }
    }
    #expect(times.count == 3 && rising == [false, true, false])
    for (k, time) in times.enumerated() {
      #expect(abs(time - (Double(k) + 0.5) * .pi) < 1e-6)
    }
    #expect(solver.statistics.restarts == 3)
    #expect(abs(solver.quadratures()[0] - (5 + sin(20) / 4)) < 1e-6)
  }

  @Test func interpolation() throws {
    let system = SmallSystem(1) { _, x, rates in [x[0] + rates[0]] }
    let solver = try IDA(
      system, at: 0, x: [1], rates: [-1],
      tolerances: ImplicitTolerances(relative: 1e-8, absolute: [1e-10]))
    while solver.time < 1 { _ = try solver.step() }
    let middle = 0.5 * (solver.lastStep.lowerBound + solver.lastStep.upperBound)
    var (value, rate) = ([0.0], [0.0])
    solver.interpolate(at: middle, into: &value)
    solver.interpolate(at: middle, derivative: 1, into: &rate)
    #expect(abs(value[0] - exp(-middle)) < 1e-6 && abs(rate[0] + exp(-middle)) < 1e-4)
  }

  /// The equations stop to have a solution; the failure tells when and which.
  @Test func failuresAreTold() throws {
    let system = SmallSystem(2) { t, x, rates in
      [x[0] + rates[0], t < 1 ? x[1] : x[1] * x[1] + 1]
    }
    let solver = try IDA(
      system, at: 0, x: [1, 0], rates: [-1, 0],
      tolerances: ImplicitTolerances(relative: 1e-6, absolute: [1e-9, 1e-9]))
    #expect {
      try solver.run(to: 2)
    } throws: { error in
      guard let failure = error as? IntegrationFailure else { return false }
      return failure.worst.equation == 1 && abs(failure.time - 1) < 0.1
    }
  }

  /// Amplitude and phase of a lossless oscillation drift, in each cycle, by no more than some tens
  /// of tolerances.
  @Test func longOscillation() throws {
    let cycles = 40.0
    func drift(_ relative: Double) throws -> (amplitude: Double, phase: Double) {
      let system = SmallSystem(2) { _, x, rates in [rates[0] - x[1], rates[1] + x[0]] }
      let solver = try IDA(
        system, at: 0, x: [1, 0], rates: [0, -1],
        tolerances: ImplicitTolerances(relative: relative, absolute: [1e-12, 1e-12]))
      try solver.run(to: cycles * 2 * .pi)
      let x = solver.stateValues
      return (abs(hypot(x[0], x[1]) - 1) / cycles, abs(atan2(x[1], x[0])) / cycles)
    }
    for relative in [1e-5, 1e-7] {
      let drift = try drift(relative)
      #expect(drift.amplitude < 40 * relative && drift.phase < 40 * relative)
    }
  }

  /// Charge moves between two nonlinear capacitors through a resistor, and none is lost.
  @Test func chargeIsConserved() throws {
    let system = SmallSystem(
      2, chargeRows: [0, 1],
      charges: { [$0[0] + pow($0[0], 3), 2 * $0[1] + pow($0[1], 5)] },
      equations: { _, x, _ in [x[0] - x[1], x[1] - x[0]] })
    let solver = try IDA(
      system, at: 0, x: [1, 0], rates: [-0.25, 0.5], chargeRates: [-1, 1],
      tolerances: ImplicitTolerances(relative: 1e-5, absolute: [1e-7, 1e-7]))
    try solver.run(to: 50)
    let (q, x) = (solver.chargeValues, solver.stateValues)
    #expect(abs(q[0] + q[1] - 2) < 1e-12)
    #expect(abs(x[0] - x[1]) < 1e-6)
  }
}
