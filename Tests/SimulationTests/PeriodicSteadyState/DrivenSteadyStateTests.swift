import Numerics
import Schematic
import Testing

@testable import Simulation

@Suite struct DrivenSteadyStateTests {
  /// A low pass of a sine: amplitude, phase and multiplier in closed form.
  @Test func sineThroughALowPass() throws {
    let periodic = try PeriodicCase(
      """
      v1 in 0 sin(0.5 1 1k)
      r1 in out 1k
      c1 out 0 1u
      .pss fund=1k
      """)
    let solution = try periodic.solve()
    let node = try periodic.node("out")
    let ratio = 2 * Double.pi * 1e3 * 1e-3
    let gain = Complex(1) / Complex(1, ratio)
    let n = solution.orbit.unknownCount
    let values = (0..<solution.orbit.stageCount).map { solution.orbit.states[$0 * n + node] }
    let harmonics = solution.harmonics(of: values, count: 3)
    #expect(abs(harmonics[0].real - 0.5) < 1e-9)
    // a sine is -j/2 of exp(j w t)
    #expect((harmonics[1] - Complex(0, -0.5) * gain).modulus < 1e-9)
    #expect(harmonics[2].modulus < 1e-8)
    #expect(solution.multipliers.values.count == 1)
    #expect(abs(solution.multipliers.values[0].real - exponential(-1)) < 1e-8)
    #expect(solution.projection == nil)
  }

  /// Pulses whose corners and jumps of slope lie anywhere: the state after a period is the one
  /// before, by the closed form of the exponential arcs.
  @Test func pulsesThroughALowPass() throws {
    let periodic = try PeriodicCase(
      """
      v1 in 0 pulse(0 1 0 1n 1n 0.3u 1u)
      r1 in out 1k
      c1 out 0 1n
      .pss fund=1meg
      """)
    let solution = try periodic.solve()
    let node = try periodic.node("out")
    // a ramp of 1 ns counts as a step in its middle to second order
    let high = 0.301
    let peak = (1 - exponential(-high)) / (1 - exponential(-1))
    let found = solution.orbit.state(at: high)[node]
    #expect(abs(found - peak) < 1e-3)
    let mean = (0..<solution.orbit.stageCount).reduce(0.0) { sum, stage in
      sum + solution.orbit.weight(ofStage: stage)
        * solution.orbit.states[stage * solution.orbit.unknownCount + node]
    }
    #expect(abs(mean / solution.period - high) < 1e-9)
    #expect(abs(solution.multipliers.values[0].real / exponential(-1) - 1) < 1e-9)
  }

  /// A rectifier against its transient analysis after a thousand time constants.
  @Test func rectifier() throws {
    let text = """
      .model d d (is=1e-14 cjo=2p tt=5n)
      v1 in 0 sin(0 5 1meg)
      r1 in a 50
      d1 a out d
      c1 out 0 1n
      r2 out 0 1k
      """
    let periodic = try PeriodicCase(text + "\n.pss fund=1meg")
    let solution = try periodic.solve()
    let node = try periodic.node("out")
    let start = solution.orbit.state(at: 0)
    let deck = try DeckCase(text + "\n.options reltol=1e-6")
    var last = LastState(unknown: node)
    let card = TransientCard(printStep: 1e-7, stopTime: 20e-6, origin: .none)
    _ = try TransientAnalysis(deck.equations, card, deck.options).run(
      from: [Double](repeating: 0, count: deck.equations.unknownCount), &last)
    #expect(abs(last.value - start[node]) < 1e-4)
  }

  struct LastState: TransientObserver {
    let unknown: Int
    var value = 0.0
    var wantsSteps: Bool { false }
    init(unknown: Int) { self.unknown = unknown }
    mutating func output(_ point: SolutionPoint) {
      value = point.evaluation.values[unknown + 1]
    }
    mutating func step(from start: Double, to end: Double, point: (Double) -> SolutionPoint) {}
  }
}

/// What no steady state can be found of, by the identifiers of its faults.
@Suite struct SteadyStateFaultTests {
  @Test(arguments: [
    (
      "v1 a 0 1\nydelay d1 b 0 a 0 td=1n\nr1 b 0 1k\nc1 b 0 1p\n.pss v(b) fund=1meg",
      "delay-in-steady-state"
    ),
    (
      "v1 in 0 sin(0 1 1k)\nr1 in n 1k\nc1 n 0 1u\nb1 n 0 i={-2m*v(n)+v(n)*v(n)*v(n)*1m}\n"
        + "l1 n 0 1m\n.pss v(n)", "moving-oscillator"
    ),
    ("r1 a 0 1k\nv1 a 0 1\n.pss", "no-oscillator-node"),
    (
      "vdd vdd 0 5\nr1 vdd c 10k\nc1 c 0 1n\n.model s sw (vt=2.5 vh=1 ron=2k roff=100meg)\n"
        + "s1 c 0 c 0 s\n.pss v(c) tstab=20u uic", "switch-in-steady-state"
    ),
    ("r1 a 0 1k\nv1 a 0 1\n.pss v(a)", "no-time-scale"),
    (
      "v1 in 0 sin(0 1 1k)\n.model s sw (ron=1 roff=1meg vt=0.5 vh=0.1)\ns1 in out in 0 s\n"
        + "r1 out 0 1k\nc1 out 0 1n\n.pss fund=1k", "switch-in-steady-state"
    ),
  ])
  func faults(_ text: String, _ identifier: String) throws {
    let periodic = try PeriodicCase(text)
    let fault = #expect(throws: Fault.self) { try periodic.solve() }
    #expect(fault?.identifier == identifier)
  }

  @Test func dampedCircuitsDoNotOscillate() throws {
    let periodic = try PeriodicCase("c1 n 0 1n\nl1 n 0 1u\nr1 n 0 1k\n.pss v(n) fund=5meg")
    #expect(throws: AnalysisFailure.self) { try periodic.solve() }
  }
}
