import Foundation
import Testing

@testable import Integration

@Suite struct IDAIterationTests {
  @Test func aRateIsNotTrustedForEver() {
    let test = IterationTest()
    func judge(_ iteration: Int, _ norm: Double) -> IterationTest.Verdict {
      test.judge(
        iteration: iteration, norm: norm, tolerance: 0.33, rateFactor: 1, setups: 1)
    }
    #expect(judge(0, 1) == .unfinished)
    #expect(judge(1, 1e-9) == .converged)
    // as fast as that one was, this small correction is the last
    #expect(judge(0, 10) == .converged)
    // a large one is looked at again
    #expect(judge(0, 1000) == .unfinished)
    #expect(judge(1, 950) == .divergent)
  }

  @Test func aNewFormulaOrJacobianForgetsTheRate() {
    let test = IterationTest()
    func judge(_ factor: Double, _ setups: Int) -> IterationTest.Verdict {
      test.judge(
        iteration: 0, norm: 1, tolerance: 0.33, rateFactor: factor, setups: setups)
    }
    #expect(judge(1, 1) == .unfinished)
    #expect(
      test.judge(iteration: 1, norm: 1e-9, tolerance: 0.33, rateFactor: 1, setups: 1)
        == .converged)
    #expect(judge(1, 1) == .converged)
    #expect(judge(2, 1) == .unfinished)
  }

  /// A memristor in a sine, its current outside the error test, in steps of constant length: the
  /// Jacobian is factored rarely, and the current must be Ohm's all the same.
  @Test func unknownsOutsideTheErrorTestStayRight() throws {
    let system = SmallSystem(4) { t, x, rates in
      let resistance = 100 * x[1] + 16e3 * (1 - x[1])
      let window = 1 - (2 * x[1] - 1) * (2 * x[1] - 1)
      return [
        x[0] - 1.2 * sin(2 * Double.pi * t), rates[1] - 1e4 * x[2] * window,
        x[0] - resistance * x[2], x[2] + x[3],
      ]
    }
    let rate = 1.2 * 2 * Double.pi
    let slope = rate / (100 * 0.3 + 16e3 * 0.7)
    var options = IDA.Options()
    options.stepMaximum = 0.06
    let solver = try IDA(
      system, at: 0, x: [0, 0.3, 0, 0], rates: [rate, 0, slope, -slope],
      tolerances: ImplicitTolerances(
        relative: 1e-5, absolute: [1e-6, 1e-6, 1e-12, 1e-12], tested: [true, true, false, false]),
      options: options)
    var worst = 0.0
    while solver.time < 3 {
      _ = try solver.step()
      let x = solver.stateValues
      let exact = x[0] / (100 * x[1] + 16e3 * (1 - x[1]))
      worst = max(worst, abs(x[2] - exact), abs(x[3] + exact))
    }
    #expect(worst < 1e-4 * 1.7e-4)
  }
}
