import Networks
import Numerics
import TestSupport
import Testing

/// Phase ensembles against trajectories that other code computed at a tolerance of 1e-12.
@Suite struct EnsembleReferenceTests {
  let weights: ComplexMatrix
  let detuning: [Double]
  let initial: [Double]
  let times: [Double]
  let phases: [[Double]]
  let gain: [Complex]

  init() throws {
    let file = try ReferenceTrajectory("phase-network")
    weights = ReferenceTests.weights(file)
    detuning = file.vector("detuning")
    initial = file.vector("initial")
    times = file.vector("time")
    phases = file.matrix("phase")
    gain = [Complex](repeating: Complex(file.number("kappa")), count: detuning.count)
  }

  /// Largest phase error over all times of the file, and the products it took.
  private func error(tolerance: Double) throws -> (worst: Double, products: Int) {
    let ensemble = PhaseEnsemble(
      weights: DenseCoupling(weights), gain: gain, detuning: detuning,
      tolerances: EnsembleTolerances(relative: tolerance, absolute: tolerance))
    var phasors = [Complex](repeating: .zero, count: detuning.count)
    var worst = 0.0
    var seen = 0
    let result = try ensemble.run(initial: initial, until: times.last!) { step in
      for (place, time) in times.enumerated() where time > step.start && time <= step.end {
        step.phasors(at: time, into: &phasors)
        seen += 1
        for (z, phase) in zip(phasors, phases[place]) {
          worst = max(worst, abs(wrapped(z.argument - phase)), abs(z.modulus - 1))
        }
      }
      return true
    }
    #expect(seen == times.filter { $0 > 0 }.count)
    return (worst, result.statistics[0].products)
  }

  @Test func agreesBetweenAndAtSteps() throws {
    #expect(try error(tolerance: 1e-10).worst < 1e-7)
  }

  @Test func errorFallsWithTheTolerance() throws {
    let loose = try error(tolerance: 1e-4)
    let middle = try error(tolerance: 1e-6)
    let tight = try error(tolerance: 1e-8)
    #expect(loose.worst < 1e-2 && middle.worst < 1e-4 && tight.worst < 1e-6)
    #expect(middle.worst < loose.worst / 10 && tight.worst < middle.worst / 10)
    // At order 5 to 6 a ten-thousandth of the error costs about five times the steps.
    #expect(tight.products < 6 * loose.products)
    #expect(tight.products > loose.products)
  }

  /// Against the number of products the error falls as for a method of order 5 to 6.
  @Test func observedOrder() throws {
    let coarse = try error(tolerance: 1e-5)
    let fine = try error(tolerance: 1e-9)
    let ratio = Double(fine.products) / Double(coarse.products)
    let order = naturalLogarithm(coarse.worst / fine.worst) / naturalLogarithm(ratio)
    #expect(order > 4.5)
  }

  @Test func endsHoldThePhasesOfTheResult() throws {
    let ensemble = PhaseEnsemble(
      weights: DenseCoupling(weights), gain: gain, detuning: detuning,
      tolerances: EnsembleTolerances(relative: 1e-10, absolute: 1e-10))
    let result = try ensemble.run(initial: initial, until: times.last!)
    #expect(result.times == [times.last!])
    for (found, expected) in zip(result.phases, phases.last!) {
      #expect(abs(wrapped(found - expected)) < 1e-7)
    }
  }
}
