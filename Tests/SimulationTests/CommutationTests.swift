import Devices
import Netlist
import Schematic
import Testing

@testable import Simulation

/// Coils whose switch opens, with nothing but a diode to take the current.
struct CommutationTests {
  /// 1 A in 1 mH into a diode without capacitance: v jumps from the supply to below ground, the
  /// current goes on, and falls by the diode's drop over L.
  @Test(arguments: ["1meg", "1g"])
  func aDiodeTakesTheCurrentOfACoil(_ open: String) throws {
    let (result, outcome) = try TransientTests.run(
      """
      v1 in 0 10
      s1 in sw g 0 sm
      vg g 0 pwl(0 5 100u 5 100.1u 0)
      l1 sw 0 1m
      d1 0 sw dm
      .model sm sw ron=1m roff=\(open) vt=2.5 vh=0.5
      .model dm d is=1e-12 n=1.05 rs=0.02
      .tran 1u 200u uic
      .print tran v(sw) i(l1)
      """)
    #expect(outcome.isComplete)
    let last = try #require(result.values.last)
    // 1 A less 100 us of 0.75 V
    #expect(abs(last[1] - 0.923) < 0.005)
    #expect(last[0] < -0.6 && last[0] > -0.9)
    #expect(outcome.statistics.steps < 2000)
  }

  /// The voltage of a coil that a current source feeds is a rate: however tight the tolerance, its
  /// rounding must not end the progress.
  @Test(arguments: [1e-3, 3e-5, 1e-6])
  func coilsFedByCurrentsAreNotStoppedByRounding(_ reltol: Double) throws {
    let all = try EnergyLedgerTests.Accounts(
      """
      i1 0 a pwl(0 0 1u 1)
      i2 0 b pwl(0 0 1u 1)
      l1 a 0 1u
      l2 b 0 4u
      k1 l1 l2 0.5
      .options reltol=\(reltol)
      .tran 10n 1u
      """)
    #expect(abs(all.supplied - 3.5e-6) < 1e-10)
    #expect(abs(all.residual) < 1e-6)
  }

  @Test func functionsWithoutAValueAtZeroFindTheirPoint() throws {
    let deck = try DeckCase(
      """
      v1 a 0 2.7
      b1 b 0 v={ln(v(a))}
      r1 b 0 1k
      b2 c 0 v={1/v(a)+sqrt(v(a))}
      r2 c 0 1k
      """)
    let x = try deck.rest()
    func voltage(_ name: String) throws -> Double {
      x[try #require(deck.circuit.nodeNames.firstIndex(of: name)) - 1]
    }
    #expect(abs(try voltage("b") - 0.993_251_773) < 1e-8)
    #expect(abs(try voltage("c") - (1 / 2.7 + 1.643_167_673)) < 1e-8)
  }

  @Test func groundAloneIsRefused() throws {
    let reading = DeckReader.read(
      text: Array("t\nR1 0 0 1\n.op\n.end\n".utf8), path: "test.cir", devices: Catalogue.all)
    let circuit = try #require(reading.circuit)
    #expect(throws: (any Error).self) { try CircuitEquations(circuit) }
  }
}

/// What jumps at an event may make other comparisons change at the same instant.
struct CascadeTests {
  @Test func aLatchOfComparisonsIsReset() throws {
    // r jumps when the sine passes 3 V, at 1.024 us, with it q1, and with that s
    let (result, outcome) = try TransientTests.run(
      """
      v1 ramp 0 sin(0 5 100k)
      b1 r 0 v={v(ramp)>3?5:0}
      bq q1 0 v={(v(r)<2.5)&&(v(q)>2.5)?5:0}
      rq q1 q 100
      cq q 0 10p ic=5
      b2 s 0 v={v(q1)>2.5?1:2}
      r2 s 0 1k
      .tran 20n 2u uic
      .ic v(q)=5
      .print tran v(q1) v(s) v(q)
      """)
    #expect(outcome.isComplete)
    let late = try #require(result.times.firstIndex { $0 > 1.05e-6 })
    #expect(abs(result.values[late][0]) < 1e-9)
    #expect(result.values[late][1] == 2)
    #expect(result.values[result.values.count - 1][2] < 0.01)
    let early = try #require(result.times.firstIndex { $0 > 1e-6 })
    #expect(result.values[early][0] == 5)
  }
}

struct LongGridTests {
  /// More points than any disk holds: some of them are written.
  @Test func aGridWithoutMeasureIsThinned() throws {
    let (result, outcome) = try TransientTests.run(
      """
      v1 a 0 1
      r1 a b 1k
      c1 b 0 1n ic=0
      .tran 1p 1 uic
      .print tran v(b)
      """)
    #expect(outcome.isComplete)
    #expect(result.times.count < 101_000)
    #expect(result.times.last == 1)
  }
}
