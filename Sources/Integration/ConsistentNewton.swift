// Newton's iteration of one vanishing step, damped by the natural monotonicity test: a step is
// taken when the correction that the old Jacobian would make next has become shorter. That test
// does not change with the units of equations or unknowns.
//
// Source: P. Deuflhard, "Newton Methods for Nonlinear Problems", Springer 2004, section 3.2.

import CSundials
import Numerics

extension ConsistentStart {
  /// One implicit Euler step of length `step` from the present state, rates as the first guess.
  func advance(_ step: Double) throws {
    let n = unknownCount
    if bridge.chargeCount > 0 {
      try bridge.system.evaluate(
        at: time, x, rates: rates, residual: residual, charges: charges)
    }
    start.update(from: x, count: n)
    bridge.weigh(start, into: weights)
    time += step
    for k in 0..<n { x[k] = start[k] + step * rates[k] }
    guard try evaluate(step) else { throw stuck("equations not finite", "other initial values") }
    firstDamping = 1
    for _ in 0..<limits.iterationsMaximum {
      iterations += 1
      guard try bridge.prepare(time, 1 / step, x, rates) else {
        throw stuck("singular Jacobian", "making each equation depend on an unknown of its own")
      }
      correction.update(from: residual, count: n)
      bridge.matrix.solveUnknowns(correction)
      let length = size(correction)
      if !length.isFinite { throw stuck("correction not finite", "other initial values") }
      let (damping, remaining) = try damped(length, step)
      // convergence is quadratic: the error left is far below the last correction; and a constant
      // Jacobian has told the next one
      if damping == 1 && length < 1e-3 { return }
      if remaining < 1e-6 && bridge.system.hasConstantJacobian { return }
    }
    throw stuck("no convergence", "other initial values, or smoother equations")
  }

  /// Applies the longest fraction of the correction that brings the solution nearer; returns it,
  /// and the size of the correction that the same Jacobian would make next, where it is known.
  private func damped(
    _ length: Double, _ step: Double
  ) throws -> (damping: Double, remaining: Double) {
    let n = unknownCount
    trialRates.update(from: rates, count: n)
    // a coil that drives its current against an open switch asks for megavolts, where a volt leads
    // to the diode that takes it
    var damping = firstDamping
    while damping > 1e-15 {
      for k in 0..<n {
        rates[k] = trialRates[k] - damping * correction[k] / step
        x[k] = start[k] + step * rates[k]
      }
      if try evaluate(step) {
        if length < 1e-3 { return (damping, .infinity) }
        next.update(from: residual, count: n)
        bridge.matrix.solveUnknowns(next)
        let remaining = size(next)
        if remaining <= (1 - 0.25 * damping) * length || remaining < 1e-3 {
          firstDamping = min(1, 8 * damping)
          return (damping, remaining)
        }
      }
      damping *= 0.5
    }
    throw stuck("no descent", "other initial values, or smoother equations")
  }

  /// Writes f(x, rates, t) + (q(x) - q0) / step into `residual`; false where it is not finite.
  private func evaluate(_ step: Double) throws -> Bool {
    bridge.residuals += 1
    try bridge.system.evaluate(
      at: time, x, rates: rates, residual: residual, charges: newCharges)
    for k in 0..<bridge.chargeCount {
      // without the charges the residual is f, and -f is the charge's rate
      chargeRates[k] = -residual[Int(bridge.matrix.rows[k])]
      residual[Int(bridge.matrix.rows[k])] += (newCharges[k] - charges[k]) / step
    }
    return allFiniteWhole(residual, unknownCount)
  }

  private func size(_ change: Numbers) -> Double {
    var largest = 0.0
    for k in 0..<unknownCount {
      let part = abs(change[k]) * weights[k]
      if !(part <= largest) { largest = part }
      if part.isNaN { return part }
    }
    return largest
  }

  private func stuck(_ message: String, _ advice: String) -> IntegrationFailure {
    var worst = WorstComponents()
    worst.singularity = bridge.singularity
    let units = bridge.matrix.rowUnits(weights: weights)
    var largest = -1.0
    for row in 0..<unknownCount {
      let part = abs(residual[row]) / units[row]
      if part > largest || !part.isFinite {
        (worst.equation, worst.residual, largest) = (row, residual[row], part)
        if !part.isFinite { break }
      }
    }
    return IntegrationFailure(
      code: nil, name: "consistent values not found", message: message, time: time,
      advice: advice, worst: worst)
  }
}
