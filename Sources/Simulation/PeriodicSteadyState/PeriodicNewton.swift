// Newton's method for a periodic orbit on a given mesh: all stages and, in autonomous circuits, the
// period. The changes x of the state at phase 0 and dT of the period follow from
//
//     (1 - M) x - h dT = g,    p x = 0,
//
// g what the residuals and h what a unit of the period do to the state at phase 1, M the monodromy
// matrix, p the direction of the flow: of all shifts in time the orbit takes the one nearest to
// where it was. The equations are scaled by the unknowns' largest values.

import Integration
import Numerics

/// Solves for one periodic orbit, and keeps the linearisation around it.
final class PeriodicNewton {
  struct Failure: Error {
    var message: String
    /// Row of the circuit's equations, ground removed.
    var row: Int?
    /// Whether the orbit is one of a family, and was not near enough to be told from others.
    var isOfFamily = false
  }

  let system: CollocationEquations
  private(set) var sweeps: CollocationSweeps
  /// What unknowns are measured in.
  let scales: [Double]
  /// Scaled and of unit length, by state; empty where the period is given.
  private(set) var direction: [Double] = []
  /// What a unit of the period's logarithm does to the states, scaled.
  private(set) var periodEffect: [Double] = []
  private(set) var iterations = 0
  /// In how many directions a deviation neither grows nor fades, the flow's apart.
  private(set) var neutralDirections = 0
  /// Relative, of all iterations.
  private(set) var largestChange = 0.0
  /// Relative change of the last iteration.
  private(set) var lastChange = Double.infinity

  static let iterationsMaximum = 60
  static let tolerance = 1e-10
  /// What is still a solution where rounding ends the progress.
  static let toleranceAcceptable = 1e-7

  /// - Parameter scales: one an unknown, ground removed; positive.
  init(_ system: CollocationEquations, scales: [Double]) throws {
    self.system = system
    self.scales = scales
    system.evaluate()
    system.linearise()
    sweeps = CollocationSweeps(system)
  }

  var states: [Int] { sweeps.stateIndices }

  /// Improves the system's orbit until it changes no more; the matrices are those of the solution.
  /// - Throws: `Failure`.
  func solve(shouldStop: () -> Bool = { false }) throws {
    var before = Double.infinity
    while iterations < Self.iterationsMaximum {
      try factor()
      if shouldStop() { return }
      let step = try correction()
      iterations += 1
      let size = step.size
      guard size.isFinite else { throw Failure(message: "a correction is not finite", row: nil) }
      largestChange = max(largestChange, size)
      let damping = min(1, 0.3 / max(size, 1e-300), 0.1 / max(abs(step.period), 1e-300))
      apply(step, damping)
      system.evaluate()
      system.linearise()
      lastChange = size
      // where corrections fall with their squares, the next would be nothing
      let isQuadratic = damping == 1 && size <= 1e-6 && size <= 1e-2 * before
      if size <= Self.tolerance || isQuadratic { return try factor() }
      if size <= Self.toleranceAcceptable, size > 0.3 * before { return try factor() }
      before = size
    }
    throw Failure(
      message: "Newton's method did not converge; its last correction was \(lastChange) of the "
        + "unknowns' largest values", row: nil)
  }

  private func factor() throws {
    if sweeps.isOutgrown { sweeps = CollocationSweeps(system) }
    do {
      try sweeps.factor()
    } catch {
      let row = error.row % system.unknownCount
      throw Failure(message: "the linear equations are singular", row: row)
    }
    if system.isDriven { return }
    direction = flow()
    var effect = [Double](repeating: 0, count: system.unknownCount)
    sweeps.forward(&effect, periodChange: system.orbit.period)
    periodEffect = scaled(effect)
  }

  private struct Step {
    /// All stages.
    var changes: [Double]
    /// Relative.
    var period: Double
    var size: Double
  }

  private func correction() throws -> Step {
    var g = [Double](repeating: 0, count: system.unknownCount)
    sweeps.forward(&g, withResiduals: true)
    let right = scaled(g) + (system.isDriven ? [] : [0])
    guard let solution = try solveBordered(right, isTransposed: false) else {
      throw Failure(message: "the equations of the period have no unique solution", row: nil)
    }
    var start = [Double](repeating: 0, count: system.unknownCount)
    for (k, unknown) in states.enumerated() { start[unknown] = solution[k] * scales[unknown] }
    let period = system.isDriven ? 0 : solution[states.count]
    var changes = [Double](repeating: 0, count: system.orbit.states.count)
    changes.withUnsafeMutableBufferPointer {
      sweeps.forward(
        &start, withResiduals: true, periodChange: period * system.orbit.period,
        changes: $0.baseAddress!)
    }
    var size = abs(period)
    for (k, change) in changes.enumerated() {
      size = max(size, abs(change) / scales[k % system.unknownCount])
      if !change.isFinite { size = .infinity }
    }
    return Step(changes: changes, period: period, size: size)
  }

  private func apply(_ step: Step, _ damping: Double) {
    var orbit = system.orbit
    for k in orbit.states.indices { orbit.states[k] += damping * step.changes[k] }
    orbit.period *= 1 + damping * step.period
    system.move(to: orbit)
  }

  private func scaled(_ x: [Double]) -> [Double] { states.map { x[$0] / scales[$0] } }

  /// The direction of the flow at phase 0.
  private func flow() -> [Double] {
    let last = (system.orbit.stageCount - 1) * system.unknownCount
    let rates = states.map { system.rates[last + $0] / scales[$0] }
    let size = KrylovSolver.norm(rates)
    return size > 0 ? rates.map { $0 / size } : rates
  }

  /// The monodromy matrix times a scaled vector of states.
  func monodromy(_ u: [Double]) -> [Double] {
    var x = [Double](repeating: 0, count: system.unknownCount)
    for (k, unknown) in states.enumerated() { x[unknown] = u[k] * scales[unknown] }
    sweeps.forward(&x)
    return scaled(x)
  }

  /// How far one period takes the flow's direction from itself.
  var flowError: Double {
    let image = monodromy(direction)
    return KrylovSolver.norm(zip(image, direction).map { $0 - $1 })
  }

  /// Where a deviation neither grows nor fades, as the length of a vector that its equations keep,
  /// orbits come in families and the equations are singular beyond their border. Then the shortest
  /// solution stays beside the orbit at hand.
  private func solveBordered(_ right: [Double], isTransposed: Bool) throws -> [Double]? {
    let (solution, residual) = KrylovSolver().solve(right) {
      isTransposed ? borderedTransposed($0) : bordered($0)
    }
    let growth = KrylovSolver.norm(solution) / KrylovSolver.norm(right)
    if residual < 1e-8, !(growth > 1e3) { return solution }
    if states.count > FloquetMultipliers.denseLimit {
      return residual < 1e-3 ? solution : nil
    }
    var matrix = RealMatrix(rows: right.count, columns: right.count)
    for column in right.indices {
      var unit = [Double](repeating: 0, count: right.count)
      unit[column] = 1
      for (row, value) in bordered(unit).enumerated() {
        if isTransposed { matrix[column, row] = value } else { matrix[row, column] = value }
      }
    }
    // an eigenvalue of 1 is known as well as that of the flow, which the orbit tells
    let error = system.isDriven ? 1e-10 : flowError
    let inverse = try PseudoInverse(matrix, cutoff: min(1e-5, max(1e-9, 30 * error)))
    neutralDirections = inverse.defect
    return inverse.solve(right)
  }

  private func bordered(_ v: [Double]) -> [Double] {
    let count = states.count
    let u = Array(v.prefix(count))
    let image = monodromy(u)
    var result = (0..<count).map { u[$0] - image[$0] }
    if system.isDriven { return result }
    for k in 0..<count { result[k] -= periodEffect[k] * v[count] }
    result.append(zip(direction, u).reduce(0) { $0 + $1.0 * $1.1 })
    return result
  }

  /// The row vector w on states at phase 1 with w (1 - M) = 0 and w h = -1, h the effect of a unit
  /// of the period's logarithm: an error g of the state at the end of a period changes the period's
  /// logarithm by w g. Ground removed, not scaled.
  /// - Throws: `Failure` where there is none to speak of.
  func leftNullVector() throws -> [Double] {
    let count = states.count
    let right = [Double](repeating: 0, count: count) + [1]
    guard let solution = try solveBordered(right, isTransposed: true) else {
      throw Failure(message: "the period depends on nothing that could be found", row: nil)
    }
    var weights = [Double](repeating: 0, count: system.unknownCount)
    for (k, unknown) in states.enumerated() { weights[unknown] = solution[k] / scales[unknown] }
    return weights
  }

  private func borderedTransposed(_ v: [Double]) -> [Double] {
    let count = states.count
    var weights = [Double](repeating: 0, count: system.unknownCount)
    for (k, unknown) in states.enumerated() { weights[unknown] = v[k] / scales[unknown] }
    sweeps.backward(&weights)
    var result = states.enumerated().map { k, unknown in
      v[k] - weights[unknown] * scales[unknown] + direction[k] * v[count]
    }
    result.append((0..<count).reduce(0) { $0 - periodEffect[$1] * v[$1] })
    return result
  }
}
