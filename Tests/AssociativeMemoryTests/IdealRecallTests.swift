import AssociativeMemory
import Numerics
import Testing

@Suite struct IdealRecallTests {
  @Test func storedImagesAreRecalled() throws {
    let set = try PatternSet.random(count: 5, width: 12, height: 8, encoding: .full, seed: 2)
    let weights = try PseudoinverseRule().train(set)
    for schedule in [IdealRecall.Schedule.synchronous, .asynchronous(seed: 1)] {
      for pattern in 0..<5 {
        let probe = Corruption.randomise(fraction: 0.25).probe(
          of: pattern, in: set, trial: 0, seed: 3)
        let outcome = IdealRecall(schedule: schedule).run(weights, from: probe)
        #expect(outcome.converged)
        let error = RecallError.of(
          phases: outcome.phases, target: set.phases[pattern], encoding: .full)
        #expect(error.value < 1e-7)
        #expect(
          RecallError.of(phases: probe, target: set.phases[pattern], encoding: .full).value
            > 0.05)
      }
    }
  }

  /// One pixel at a time, y^H W y never falls when W is a projector.
  @Test func asynchronousSweepsRaiseTheForm() throws {
    let set = try PatternSet.random(count: 8, width: 6, height: 4, encoding: .half, seed: 5)
    let weights = try PseudoinverseRule().train(set)
    var state = try PatternSet.random(count: 1, width: 6, height: 4, encoding: .full, seed: 7)
      .phases[0]
    var last = -1.0
    for sweep in 0..<30 {
      let recall = IdealRecall(
        schedule: .asynchronous(seed: UInt64(sweep)), sweepsMaximum: 1)
      let y = ComplexMatrix(
        rows: 24, columns: 1, elements: state.map { Complex(modulus: 1, argument: $0) })
      let form = multiply(y, .adjoint, weights.product(with: y), .plain).elements[0].real
      #expect(form >= last - 1e-12)
      last = form
      state = recall.run(weights, from: state).phases
    }
  }
}
