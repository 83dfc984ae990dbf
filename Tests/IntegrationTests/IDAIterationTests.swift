import Foundation
import Testing

@testable import Integration

@Suite struct IDAIterationTests {
  @Test func aRateIsNotTrustedForEver() {
    let test = IterationTest(count: 2)
    func judge(_ iteration: Int, _ norm: Double) -> IterationTest.Verdict {
      test.judge(
        iteration: iteration, norm: norm, remainder: 0, tolerance: 0.33, rateFactor: 1, setups: 1)
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
    let test = IterationTest(count: 2)
    func judge(_ factor: Double, _ setups: Int) -> IterationTest.Verdict {
      test.judge(
        iteration: 0, norm: 1, remainder: 0, tolerance: 0.33, rateFactor: factor,
        setups: setups)
    }
    #expect(judge(1, 1) == .unfinished)
    #expect(
      test.judge(
        iteration: 1, norm: 1e-9, remainder: 0, tolerance: 0.33, rateFactor: 1, setups: 1)
        == .converged)
    #expect(judge(1, 1) == .converged)
    #expect(judge(2, 1) == .unfinished)
  }

  @Test func aRateIsMeasuredAgainAfterTwoSteps() {
    let test = IterationTest(count: 2)
    func judge(_ iteration: Int, _ norm: Double) -> IterationTest.Verdict {
      test.judge(
        iteration: iteration, norm: norm, remainder: 0, tolerance: 0.33, rateFactor: 1, setups: 1)
    }
    #expect(judge(0, 1) == .unfinished)
    #expect(judge(1, 1e-9) == .converged)
    #expect([judge(0, 1), judge(0, 1), judge(0, 1)] == [.converged, .converged, .unfinished])
  }

  /// What a million small corrections would add up to: 1e-3 (1 + 0.999 + 0.999^2 ...).
  @Test func slowUnknownsHideBehindFastOnes() {
    let test = IterationTest(count: 2)
    let weights = [2.0] + [Double](repeating: 1, count: 7)
    func measure(_ iteration: Int, _ corrections: [Double]) -> (norm: Double, remainder: Double) {
      var weights = weights
      var padded = corrections + [Double](repeating: 0, count: 6)
      return test.measure(iteration: iteration, correction: &padded, weights: &weights)
    }
    #expect(measure(0, [1, -1e-3]) == (2, 0))
    let second = measure(1, [0.01, -1e-3 * 0.999])
    #expect(second.norm == 0.02)
    #expect(abs(second.remainder - 0.999 * 0.999) < 1e-9)
    func judge(setups: Int) -> IterationTest.Verdict {
      _ = test.judge(
        iteration: 0, norm: 2, remainder: 0, tolerance: 0.33, rateFactor: 1, setups: setups)
      return test.judge(
        iteration: 1, norm: 0.02, remainder: second.remainder, tolerance: 0.33, rateFactor: 1,
        setups: setups)
    }
    #expect(judge(setups: 1) == .converged, "a new Jacobian is believed")
    #expect(judge(setups: 1) == .divergent, "an old one is not")
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
