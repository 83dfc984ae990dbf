import Foundation
import Integration
import Testing

@Suite struct KINSOLTests {
  /// A diode behind 1 kilohm at 5 V, from zero: exp overflows unless steps are damped.
  private func diode() -> RestingSystem {
    RestingSystem(
      SmallSystem(1) { _, x, _ in [(x[0] - 5) / 1000 + 1e-14 * (exp(x[0] / 0.025852) - 1)] },
      at: 0)
  }

  @Test func diodeByLineSearch() throws {
    let solver = try KINSOL(diode(), residualScales: [1e-12], unknownScales: [1])
    let result = try solver.solve(from: [0.6])
    let v = result.x[0]
    #expect(abs((5 - v) / 1000 - 1e-14 * (exp(v / 0.025852) - 1)) < 1e-12)
    #expect(result.scaledResidual <= 1 && result.iterations > 1)
    #expect(try solver.solve(from: result.x).iterations == 0)
  }

  @Test func failureKeepsTheBest() throws {
    var options = KINSOL.Options()
    options.iterationsMaximum = 2
    let solver = try KINSOL(
      diode(), residualScales: [1e-12], unknownScales: [1], options: options)
    #expect {
      try solver.solve(from: [0.6])
    } throws: { error in
      guard let failure = error as? KINSOL.Failure else { return false }
      return failure.name == "KIN_MAXITER_REACHED" && failure.best.scaledResidual.isFinite
        && failure.best.scaledResidual > 1
    }
  }

  @Test func singularSystem() throws {
    let system = RestingSystem(
      SmallSystem(2) { _, x, _ in [x[0] + x[1] - 1, x[0] + x[1] - 2] }, at: 0)
    let solver = try KINSOL(system, residualScales: [1e-9, 1e-9], unknownScales: [1, 1])
    #expect {
      try solver.solve(from: [0, 0])
    } throws: { error in
      (error as? KINSOL.Failure)?.singularity != nil
    }
  }

  @Test func notANumber() throws {
    let system = RestingSystem(SmallSystem(1) { _, x, _ in [log(x[0])] }, at: 0)
    let solver = try KINSOL(system, residualScales: [1e-9], unknownScales: [1])
    #expect(throws: KINSOL.Failure.self) { try solver.solve(from: [-1]) }
    #expect(throws: KINSOL.Failure.self) { try solver.solve(from: [.nan]) }
  }
}
