import Foundation
import Schematic
import Testing

@testable import Simulation

/// At which times a transient analysis is written.
@Suite struct OutputPlanTests {
  private func plan(
    _ step: Double, _ stop: Double, from start: Double = 0,
    _ change: (inout SolverOptions) -> Void = { _ in }
  ) -> OutputPlan {
    var options = SolverOptions()
    change(&options)
    return OutputPlan(
      TransientCard(printStep: step, stopTime: stop, startTime: start, origin: .none), options)
  }

  private func times(_ plan: OutputPlan) -> [Double] {
    var times: [Double] = []
    while let time = plan.time(times.count) { times.append(time) }
    return times
  }

  @Test func gridEndsAtTheStopTime() {
    #expect(times(plan(0.25, 1)) == [0, 0.25, 0.5, 0.75, 1])
    #expect(times(plan(0.3, 1, from: 0.1)).map { ($0 * 10).rounded() } == [1, 4, 7, 10])
    #expect(times(plan(0, 1)).isEmpty)
  }

  @Test func stepsAreWrittenBesideTheGrid() {
    #expect(plan(0.01, 1).steps == .none)
    #expect(plan(0.1, 1).steps == .all)
    #expect(plan(0, 1).steps == .all)
    #expect(plan(0.01, 1) { $0.keepsPrintStep = true }.steps == .none)
  }

  @Test func ofATinyPrintStepHundredThousandPointsAreKept() {
    let thinned = times(plan(1e-9, 1))
    #expect(thinned.count == 100_001)
    #expect(thinned.last == 1)
    #expect(plan(1e-9, 2e-3).time(2_000_000) == 2e-3)
  }

  @Test func intervalsReplaceTheGrid() {
    let kept = plan(0.01, 1) { $0.keptIntervals = [0.1, 0.3, 0.2, 0.7, 0.25] }
    #expect(kept.steps == .none)
    let expected: [Double] = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.95, 1]
    for (time, wanted) in zip(times(kept), expected) { #expect(abs(time - wanted) < 1e-12) }
    #expect(times(kept).count == expected.count)
  }

  @Test func askedBreakpointsAreMet() throws {
    let (result, _) = try TransientTests.run(
      """
      v1 1 0 sin(0 1 1)
      r1 1 0 1k
      .options timeint breakpoints=0.25,0.77
      .tran 0 1
      .print tran v(1)
      """)
    for time in [0.25, 0.77] { #expect(result.times.contains(time)) }
  }

  @Test func largestStepOfTheOptions() throws {
    let (_, outcome) = try TransientTests.run(
      """
      v1 1 0 1
      r1 1 0 1k
      .options timeint delmax=1m
      .tran 0 1
      .print tran v(1)
      """)
    #expect(outcome.statistics.steps >= 1000)
  }

  /// Functions whose value or slope is not finite where searches begin.
  @Test func searchesBeginAtZero() throws {
    let sweep = try DirectCurrentSweepTests.run(
      """
      v1 1 0 0
      b2 2 0 v={sqrt(v(1))}
      b3 3 0 v={cosh(v(1))}
      b4 4 0 v={acosh(v(3))}
      r2 2 0 1
      r4 4 0 1
      .dc v1 0 2 0.5
      .print dc v(2) v(4)
      """)
    for (v, values) in zip(sweep.abscissae, sweep.values) {
      #expect(abs(values[0] - v.squareRoot()) < 1e-9)
      #expect(abs(values[1] - v) < 1e-6)
    }
  }
}
