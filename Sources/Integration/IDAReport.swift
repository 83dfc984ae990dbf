// What IDA tells beside the state: interpolated values, integrals, costs, and why it failed.

import CSundials
import Numerics

extension IDA {
  /// The last internal step: where `interpolate` is valid. Empty (both ends equal) before a step.
  public var lastStep: ClosedRange<Double> {
    guard hasStepped else { return time...time }
    var length = 0.0
    var end = time
    IDAGetLastStep(solver.raw, &length)
    IDAGetCurrentTime(solver.raw, &end)
    return (end - length)...end
  }

  /// Writes x (or its rates, with `derivative` 1) at a time of the last internal step into `result`
  /// (n numbers), from the solver's own polynomial, accurate to the tolerances.
  ///
  /// - Precondition: the time lies in `lastStep`; `derivative` is 0 or 1.
  public func interpolate(
    at time: Double, derivative: Int = 0, into result: UnsafeMutablePointer<Double>
  ) {
    precondition(derivative == 0 || derivative == 1, "values or rates")
    precondition(hasStepped || time == self.time, "nothing to interpolate before a step")
    // the solver has evaluated its polynomial there
    if time == self.time {
      let source = derivative == 0 ? state.raw : rates.raw
      result.update(from: elements(source), count: unknownCount)
      return
    }
    let code = IDAGetDky(solver.raw, time, Int32(derivative), view.raw)
    precondition(code == 0, "the time of interpolation is outside the last step")
    result.update(from: elements(view.raw), count: unknownCount)
  }

  /// The integrals of the system's quadratures from the first start to `at`, a time of the last
  /// step (`time` where nil).
  public func quadratures(at time: Double? = nil) -> [Double] {
    if quadratureCount == 0 { return [] }
    if hasStepped {
      let code = IDAGetQuadDky(solver.raw, time ?? self.time, 0, quadratureState.raw)
      precondition(code == 0, "the time of interpolation is outside the last step")
    }
    return Array(
      UnsafeBufferPointer(start: elements(quadratureState.raw), count: quadratureCount))
  }

  public var statistics: Statistics {
    var total = earlier
    var (steps, evaluations, setups, failures) = (0, 0, 0, 0)
    var (order, nextOrder): (Int32, Int32) = (0, 0)
    var (first, last, next, now) = (0.0, 0.0, 0.0, 0.0)
    IDAGetIntegratorStats(
      solver.raw, &steps, &evaluations, &setups, &failures, &order, &nextOrder, &first, &last,
      &next, &now)
    var (iterations, misses) = (0, 0)
    IDAGetNonlinSolvStats(solver.raw, &iterations, &misses)
    total.steps += steps
    total.nonlinearIterations += iterations
    total.nonlinearFailures += misses
    total.errorTestFailures += failures
    total.residualEvaluations = bridge.residuals
    total.jacobianEvaluations = bridge.jacobians
    total.pivotings = bridge.matrix.factors.pivotings
    total.refactorisations = bridge.matrix.factors.refactorisations
    total.lastOrder = Int(order)
    total.lastStep = last
    return total
  }

  /// The error to throw: the system's own, or what IDA's code says.
  func failure(_ code: Int32) -> any Error {
    if let error = bridge.thrown {
      bridge.thrown = nil
      return error
    }
    return IntegrationFailure(
      code: code, name: idaName(of: code), message: bridge.message, time: time,
      advice: idaAdvice(for: code), worst: worstComponents())
  }

  func tooSmall() -> IntegrationFailure {
    IntegrationFailure(
      code: nil, name: "step too small", message: "the step cannot be told from zero",
      time: time, advice: idaAdvice(for: IDA_ERR_FAIL),
      worst: worstComponents(ahead: 1024 * time.ulp))
  }

  /// Looks for the components that resist, at the state the last step tried and `ahead` seconds
  /// later: where steps have crept up to a wall, the equations still hold on this side of it.
  private func worstComponents(ahead: Double = 0) -> WorstComponents {
    var worst = WorstComponents()
    worst.singularity = bridge.singularity
    let weights = alignedZeros(roundedToEight(unknownCount))
    defer { weights.deallocate() }
    for k in 0..<unknownCount {
      weights[k] = 1 / (bridge.relative * bridge.largest[k] + bridge.absolute[k])
    }
    if IDAGetEstLocalErrors(solver.raw, view.raw) == 0 {
      let errors = elements(view.raw)
      for k in 0..<unknownCount where tolerances.tested?[k] ?? true {
        let size = abs(errors[k]) * weights[k]
        if size.isNaN || size > worst.error ?? 0 { (worst.unknown, worst.error) = (k, size) }
        if size.isNaN { break }
      }
    }
    findWorstEquation(weights, ahead, &worst)
    return worst
  }

  /// A row's residual is measured by the largest change that its unknowns' tolerances would make.
  private func findWorstEquation(
    _ weights: Numbers, _ ahead: Double, _ worst: inout WorstComponents
  ) {
    var (now, factor) = (time, 0.0)
    var (y, derivatives, p, pp, res): (N_Vector?, N_Vector?, N_Vector?, N_Vector?, N_Vector?)
    var data: UnsafeMutableRawPointer?
    let code = IDAGetNonlinearSystemData(
      solver.raw, &now, &p, &pp, &y, &derivatives, &res, &factor, &data)
    guard code == 0, let y, let derivatives else { return }
    let r = elements(view.raw)
    guard (try? bridge.residual(now + ahead, elements(y), elements(derivatives), r)) != nil else {
      return
    }
    let matrix = bridge.matrix
    let units = matrix.rowUnits(weights: weights)
    var largest = -1.0
    for row in 0..<unknownCount {
      let size = abs(r[row]) / units[row]
      if !size.isFinite || size > largest {
        (worst.equation, worst.residual, largest) = (row, r[row], size)
        if !size.isFinite { return }
      }
    }
  }
}

extension ChargeElimination {
  /// For each row the largest |J_ij| / w_j: the unit in which its residual is small or large.
  func rowUnits(weights: UnsafePointer<Double>) -> [Double] {
    var units = [Double](repeating: .leastNormalMagnitude, count: count)
    let pattern = factors.pattern
    for column in 0..<count {
      for slot in pattern.columnStarts[column]..<pattern.columnStarts[column + 1] {
        let row = Int(pattern.rowIndices[Int(slot)])
        units[row] = max(units[row], abs(values[Int(slot)]) / weights[column])
      }
    }
    return units
  }
}
