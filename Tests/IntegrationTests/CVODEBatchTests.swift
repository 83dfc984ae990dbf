import Foundation
import Integration
import Testing

/// A batch of linear oscillators x' = w y, y' = -w x of which each has its own frequency.
private final class Oscillators: OrdinarySystem {
  let frequencies: [Double]
  var count: Int { 2 * frequencies.count }

  init(_ frequencies: [Double]) { self.frequencies = frequencies }

  func derivative(
    at time: Double, of state: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) throws {
    try jacobianProduct(at: time, state: state, with: state, into: result)
  }

  func jacobianProduct(
    at time: Double, state: UnsafePointer<Double>, with v: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) throws {
    for (k, w) in frequencies.enumerated() {
      result[2 * k] = w * v[2 * k + 1]
      result[2 * k + 1] = -w * v[2 * k]
    }
  }
}

@Suite struct CVODEBatchTests {
  private func error(
    trials: Int, hard: Int, blocks: Int, method: IntegrationMethod
  ) throws -> (error: Double, steps: Int) {
    var frequencies = [Double](repeating: 0.01, count: trials)
    frequencies[hard] = 3
    var initial: [Double] = []
    for _ in 0..<trials { initial += [1, 0] }
    let solver = try CVODE(
      Oscillators(frequencies), initial: initial, method: method,
      tolerances: Tolerances(relative: 1e-6, absolute: 1e-8, blockCount: blocks))
    try solver.advance(to: 10)
    let state = solver.stateValues
    let error = hypot(state[2 * hard] - cos(30), state[2 * hard + 1] + sin(30))
    return (error, solver.statistics.steps)
  }

  /// One hard trial among 255 easy ones is as accurate as alone; with the mean over the batch it
  /// is not.
  @Test(arguments: IntegrationMethod.allCases)
  func theToleranceIsHeldForEveryTrial(method: IntegrationMethod) throws {
    let alone = try error(trials: 1, hard: 0, blocks: 1, method: method)
    let held = try error(trials: 256, hard: 77, blocks: 256, method: method)
    let mean = try error(trials: 256, hard: 77, blocks: 1, method: method)
    #expect(held.error < 2 * alone.error)
    #expect(abs(held.steps - alone.steps) * 10 < alone.steps)
    #expect(mean.error > 4 * alone.error)
    #expect(mean.steps < alone.steps)
  }

  /// With all trials alike the blocks change nothing: the norm of the batch is that of each.
  @Test func equalTrials() throws {
    func steps(_ trials: Int, _ blocks: Int) throws -> Int {
      let initial = (0..<trials).flatMap { _ in [1.0, 0.0] }
      let solver = try CVODE(
        Oscillators([Double](repeating: 1, count: trials)), initial: initial,
        tolerances: Tolerances(relative: 1e-6, absolute: 1e-8, blockCount: blocks))
      try solver.advance(to: 10)
      return solver.statistics.steps
    }
    let alone = try steps(1, 1)
    #expect(try steps(9, 9) == alone)
    #expect(abs(try steps(9, 1) - alone) <= 2)
  }

  /// One simulation is one task: side by side they give the same bits as one after the other.
  @Test func tasksDoNotDisturbEachOther() async throws {
    @Sendable func run(_ w: Double) throws -> [Double] {
      let solver = try CVODE(Oscillators([w, 2 * w, 3 * w]), initial: [1, 0, 0, 1, 1, 1])
      try solver.advance(to: 10)
      return solver.stateValues
    }
    let inTurn = try (1...16).map { try run(Double($0)) }
    let together = try await withThrowingTaskGroup(of: (Int, [Double]).self) { group in
      for k in 1...16 { group.addTask { (k, try run(Double(k))) } }
      var results = [[Double]](repeating: [], count: 16)
      for try await (k, result) in group { results[k - 1] = result }
      return results
    }
    #expect(inTurn == together)
  }
}
