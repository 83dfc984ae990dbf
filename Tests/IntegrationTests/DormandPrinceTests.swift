import Foundation
import Testing

@testable import Integration

/// The explicit integrator against closed forms.
@Suite struct DormandPrinceTests {
  /// Each slope is taken where the weights of its row say, to first order.
  @Test func nodesAreTheSumsOfTheirWeights() {
    for (node, row) in zip(DormandPrinceTableau.nodes, DormandPrinceTableau.weights) {
      #expect(abs(row.reduce(0, +) - node) < 1e-14)
    }
    #expect(abs(DormandPrinceTableau.errorOfOrder5.reduce(0, +)) < 1e-14)
    #expect(abs(DormandPrinceTableau.errorOfOrder3.reduce(0, +)) < 1e-14)
  }

  /// A swing a'' = -a of which an unknown z knows only by a cubic equation with a drive of its own:
  /// 0 = w + w^3 - a - a^3 with w = z - 0.1 sin 3t;  a' = b;  b' = a^3 - w - w^3.
  private static func tied() -> SmallSystem {
    let system = SmallSystem(3) { t, x, rates in
      let (w, a, b) = (x[0] - 0.1 * sin(3 * t), x[1], x[2])
      let cubic = w + w * w * w
      return [cubic - a - a * a * a, 2 * (rates[1] - b), rates[2] - a * a * a + cubic]
    }
    system.rateStep = 1
    return system
  }

  /// z, a, b at t; the rates with `derivative` 1.
  private static func solution(_ t: Double, derivative: Int = 0) -> [Double] {
    derivative == 0
      ? [cos(t) + 0.1 * sin(3 * t), cos(t), -sin(t)]
      : [-sin(t) + 0.3 * cos(3 * t), -sin(t), -cos(t)]
  }

  private static func error(_ solver: DormandPrince, at time: Double, derivative: Int) -> Double {
    var found = [0.0, 0, 0]
    solver.interpolate(at: time, derivative: derivative, into: &found)
    return zip(found, solution(time, derivative: derivative)).map { abs($0 - $1) }.max()!
  }

  /// Steps of constant length, by a tolerance that none fails: the ends are of order 8, what lies
  /// between of order 7. A swing with a drive, y'' = -y - cos 2t.
  @Test func orders() throws {
    func exact(_ t: Double) -> [Double] {
      [cos(t) + cos(2 * t) / 3, -sin(t) - 2 * sin(2 * t) / 3]
    }
    func worst(_ steps: Int) throws -> (ends: Double, within: Double) {
      let system = SmallSystem(2) { t, x, rates in
        [rates[0] - x[1], rates[1] + x[0] + cos(2 * t)]
      }
      system.rateStep = 1
      let h = 6.0 / Double(steps)
      let solver = try DormandPrince(
        system, at: 0, x: exact(0),
        tolerances: ImplicitTolerances(relative: 1e3, absolute: [1, 1]), stopTime: 6,
        stepInitial: h, stepMaximum: h)
      var (ends, within) = (0.0, 0.0)
      func error(_ time: Double) -> Double {
        var found = [0.0, 0]
        solver.interpolate(at: time, derivative: 0, into: &found)
        return zip(found, exact(time)).map { abs($0 - $1) }.max()!
      }
      while solver.time < 6 {
        _ = try solver.step()
        let step = solver.lastStep
        ends = max(ends, error(step.upperBound))
        for part in [0.2, 0.45, 0.8] {
          within = max(within, error(step.lowerBound + part * h))
        }
      }
      #expect(solver.statistics.steps == steps)
      return (ends, within)
    }
    let (coarse, fine) = (try worst(12), try worst(24))
    let order = (ends: log2(coarse.ends / fine.ends), within: log2(coarse.within / fine.within))
    #expect(order.ends > 7.5 && order.ends < 9.5, "\(order), \(fine)")
    #expect(order.within > 6.8 && order.within < 9.5, "\(order), \(fine)")
  }

  /// Errors follow the tolerance; here they add up over ten periods, in which nothing fades.
  @Test(arguments: [1e-4, 1e-6, 1e-8, 1e-10]) func keepsItsTolerance(relative: Double) throws {
    let solver = try DormandPrince(
      Self.tied(), at: 0.3, x: Self.solution(0.3),
      tolerances: ImplicitTolerances(relative: relative, absolute: [1e-12, 1e-12, 1e-12]),
      stopTime: 62)
    var worst = [0.0, 0]
    while solver.time < 62 {
      _ = try solver.step()
      let step = solver.lastStep
      for part in [0.3, 0.7, 1] {
        let time = step.lowerBound + part * (step.upperBound - step.lowerBound)
        for order in [0, 1] {
          let error = Self.error(solver, at: min(time, solver.time), derivative: order)
          worst[order] = max(worst[order], error)
        }
      }
    }
    #expect(solver.time == 62)
    #expect(worst[0] < 50 * relative && worst[1] < max(50 * relative, 1e-7), "\(worst)")
    let cost = solver.statistics.residualEvaluations / solver.statistics.steps
    #expect(cost < 100, "three outputs a step with values and rates: \(cost)")
  }

  /// Twenty unknowns of a nonlinear ladder behind one state: the inverse is found and kept.
  @Test func manyAlgebraicUnknowns() throws {
    let n = 20
    // node k has 1 S to each neighbour and 0.1 S + 0.1 v^2 to ground; y drives the first
    let system = SmallSystem(n + 1) { _, x, rates in
      var rows = (0..<n).map { k -> Double in
        let before = k == 0 ? x[n] : x[k - 1]
        let after = k == n - 1 ? 0 : x[k + 1]
        return 2 * x[k] - before - after + 0.1 * x[k] + 0.1 * x[k] * x[k] * x[k]
      }
      rows.append(rates[n] + x[n] - x[0])
      return rows
    }
    func tolerances(_ relative: Double) -> ImplicitTolerances {
      ImplicitTolerances(
        relative: relative, absolute: Array(repeating: 1e-10, count: n + 1))
    }
    var start = [Double](repeating: 0, count: n + 1)
    start[n] = 1
    let consistent = ConsistentStart(system, tolerances: tolerances(1e-9))
    try consistent.solve(from: 0, x: start, distance: 1e-3)
    let solver = try DormandPrince(
      system, at: consistent.time, x: consistent.stateValues, tolerances: tolerances(1e-8),
      stopTime: 3)
    while solver.time < 3 { _ = try solver.step() }
    let implicit = try IDA(
      system, at: consistent.time, x: consistent.stateValues, rates: consistent.rateValues,
      tolerances: tolerances(1e-10))
    try implicit.run(to: 3)
    let own = solver.withState { x, _, _ in (0...n).map { x[$0] } }
    #expect(zip(own, implicit.stateValues).allSatisfy { abs($0 - $1) < 1e-7 })
    #expect(solver.statistics.residualEvaluations < 40 * solver.statistics.steps)
  }

  /// A wall in time ends in a failure that names the state, not in a loop.
  @Test func stopsAtAWall() throws {
    let system = SmallSystem(1) { _, x, rates in [rates[0] - x[0] * x[0]] }
    let solver = try DormandPrince(
      system, at: 0, x: [1],
      tolerances: ImplicitTolerances(relative: 1e-6, absolute: [1e-9]))
    let failure = #expect(throws: IntegrationFailure.self) {
      while solver.time < 2 { _ = try solver.step() }
    }
    #expect(failure?.worst.unknown == 0 && abs((failure?.time ?? 0) - 1) < 1e-3)
  }

  @Test func restartsBehindAJump() throws {
    let system = SmallSystem(1) { t, x, rates in [rates[0] + x[0] - (t < 1 ? 0 : 1)] }
    let solver = try DormandPrince(
      system, at: 0, x: [2],
      tolerances: ImplicitTolerances(relative: 1e-10, absolute: [1e-12]), stopTime: 1)
    while try solver.step() != .reachedStop {}
    #expect(solver.time == 1)
    let reached = solver.withState { x, _, _ in x[0] }
    #expect(abs(reached - 2 * exp(-1)) < 1e-8)
    try solver.restart(at: 1, x: [reached], rates: [0], chargeRates: nil, stepInitial: nil)
    try solver.setStopTime(3)
    while try solver.step() != .reachedStop {}
    let end = solver.withState { x, _, _ in x[0] }
    #expect(abs(end - (1 + (2 * exp(-1) - 1) * exp(-2))) < 1e-8)
    #expect(solver.statistics.restarts == 1)
  }

  @Test func refusesOtherSystems() {
    func reason(_ system: SmallSystem) -> NotExplicit.Reason? {
      let x = [Double](repeating: 1, count: system.unknownCount)
      let error = #expect(throws: NotExplicit.self) {
        try DormandPrince(
          system, at: 0, x: x,
          tolerances: ImplicitTolerances(
            relative: 1e-6, absolute: Array(repeating: 1e-9, count: x.count)))
      }
      return error?.reason
    }
    #expect(reason(SmallSystem(1) { _, x, _ in [x[0] - 1] }) == .noStates)
    #expect(
      reason(SmallSystem(2) { _, x, rates in [rates[0] + rates[1], x[1]] }) == .coupledRates)
    #expect(
      reason(SmallSystem(1, chargeRows: [0], charges: { $0 }) { _, x, _ in [x[0]] })
        == .coupledRates)
  }
}
