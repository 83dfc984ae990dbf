import Numerics

/// What a step came to, before it is accepted.
struct StepOutcome {
  /// Errors of the step at its order, one lower and one higher, in tolerances; infinite where an
  /// order cannot be judged.
  var error = 0.0
  var errorLower = Double.infinity
  var errorHigher = Double.infinity
  /// Part of the error that falls with the fifth power of the step at any order.
  var flowError = 0.0
  /// Mean of Re(conj(z) h), 1/s.
  var pull = 0.0
  /// Root mean square of the drive and of the derivative, at the start of a trial, 1/s.
  var rate = 0.0

  var isFinite: Bool { error.isFinite && pull.isFinite && rate.isFinite }
}

/// Chooses step and order so that the next error is a little below the tolerance.
enum StepControl {
  /// The largest ratio of successive steps; the formulas hold for any, estimates get worse.
  static let growth = 2.0
  static let shrink = 0.25
  static let safety = 0.9

  /// The order that allows the longest step, with that step.
  static func next(_ outcome: StepOutcome, order: Int, stored: Int, step: Double) -> (
    order: Int, step: Double
  ) {
    var best = (order: order, factor: factor(outcome.error, order))
    if order > 1 {
      let lower = factor(outcome.errorLower, order - 1)
      if lower > best.factor { best = (order - 1, lower) }
    }
    if outcome.error <= 1, order < EnsembleTrial.orderMaximum, order < stored {
      let higher = factor(outcome.errorHigher, order + 1)
      if higher > best.factor { best = (order + 1, higher) }
    }
    // Below a hundredth the flow's error allows more than the largest growth.
    let flow = outcome.flowError < 0.01 ? growth : factor(outcome.flowError, 4)
    let factor = min(growth, max(shrink, min(best.factor, flow)))
    return (best.order, step * (outcome.error <= 1 ? factor : min(factor, safety)))
  }

  private static func factor(_ error: Double, _ order: Int) -> Double {
    safety * power(max(error, 1e-10), -1 / Double(order + 1))
  }
}
