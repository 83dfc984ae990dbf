import Devices
import Netlist
import Numerics
import Schematic
import Testing

@testable import Simulation

/// Energies against closed forms.
struct EnergyLedgerTests {
  struct Follower: TransientObserver {
    let follow: (SolutionPoint) -> Void
    var wantsSteps: Bool { false }
    mutating func output(_ point: SolutionPoint) { follow(point) }
    mutating func step(
      from start: Double, to end: Double, point: (Double) -> SolutionPoint
    ) {}
  }

  /// The accounts of a deck, by instance.
  struct Accounts {
    var rows: [String: EnergyTally.Row] = [:]
    let tally: EnergyTally
    var supplied: Double { tally.rows.reduce(0) { $0 + $1.supplied } }
    var dissipated: Double { tally.rows.reduce(0) { $0 + $1.dissipated } }
    var stored: Double { tally.rows.reduce(0) { $0 + $1.stored } }
    var residual: Double {
      let moved = max(tally.delivered, max(dissipated, tally.initiallyStored))
      return (supplied - dissipated - stored - tally.impulses) / moved
    }

    init(_ text: String, follow: @escaping (SolutionPoint) -> Void = { _ in }) throws {
      let deck = try DeckCase(text)
      let card = try #require(
        deck.circuit.cards.lazy.compactMap { card -> TransientCard? in
          if case .tran(let tran) = card { tran } else { nil }
        }.first)
      let equations = try CircuitEquations(
        deck.circuit, printStep: card.printStep, stopTime: card.stopTime)
      let rest = try OperatingPoint(equations, deck.options)
      equations.ledger = EnergyLedger(equations)
      var given = [Double](repeating: 0, count: equations.unknownCount)
      for case .initialConditions(let list) in deck.circuit.cards {
        for entry in list.entries where entry.node > 0 {
          given[Int(entry.node) - 1] = entry.voltage
        }
      }
      let x =
        card.skipsOperatingPoint
        ? try rest.impose(given, duration: 1e-9 * card.stopTime).x
        : try rest.solve(startsTransient: true).x
      var observer = Follower(follow: follow)
      let outcome = try TransientAnalysis(equations, card, deck.options).run(from: x, &observer)
      tally = try #require(outcome.energies)
      for row in tally.rows { rows[deck.circuit.instances[Int(row.instance)].name] = row }
    }

    subscript(_ name: String) -> EnergyTally.Row { rows[name]! }
  }

  func near(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-4) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
  }

  @Test func chargingThroughAResistorLosesHalf() throws {
    let all = try Accounts(
      """
      v1 in 0 1
      r1 in out 1k
      c1 out 0 1u ic=0
      .tran 50u 30m uic
      """)
    #expect(near(all["v1"].supplied, 1e-6))
    #expect(near(all["r1"].dissipated, 0.5e-6))
    #expect(near(all["c1"].stored, 0.5e-6))
    #expect(abs(all.residual) < 1e-5)
  }

  @Test func aSteppedSourceOnACapacitorLosesHalfAtOnce() throws {
    let all = try Accounts(
      """
      b1 in 0 v={if(time > 1u, 2, 0)}
      c1 in 0 1n
      .tran 0.1u 2u
      """)
    #expect(near(all["b1"].supplied, 4e-9))
    #expect(near(all["c1"].stored, 2e-9))
    #expect(near(all.tally.impulses, 2e-9))
    #expect(abs(all.residual) < 1e-5)
  }

  @Test func aRampIntoACapacitorLosesNothing() throws {
    let all = try Accounts(
      """
      v1 in 0 pwl(0 0 1u 0 2u 2 3u 2)
      c1 in 0 1n
      .tran 0.1u 3u
      """)
    #expect(near(all["v1"].supplied, 2e-9))
    #expect(abs(all.tally.impulses) < 1e-15)
    #expect(abs(all.residual) < 1e-5)
  }

  @Test func coilAndCapacitorExchange() throws {
    // a quarter of a period: all in the coil
    let quarter = 0.25 * 2 * Double.pi * 1e-6
    let all = try Accounts(
      """
      l1 a 0 1m ic=0
      c1 a 0 1n ic=1
      r1 a 0 1e12
      .tran 1n \(quarter) uic
      """)
    #expect(near(all["l1"].stored, 0.5e-9))
    #expect(near(all["c1"].stored, -0.5e-9))
    #expect(abs(all.residual) < 1e-4)
  }

  @Test func aMatchedLineHandsOnWhatItHeld() throws {
    // 1 V behind 50 ohm into a line of 1 ns: 5 mW arrive 1 ns late
    let all = try Accounts(
      """
      v1 in 0 pwl(0 0 1n 0 1.0001n 1 3n 1)
      r1 in a 50
      t1 a 0 b 0 z0=50 td=1n
      r2 b 0 50
      .tran 0.1n 2.5n
      """)
    #expect(near(all["v1"].supplied, 1.5e-9 * 10e-3, 1e-3))
    #expect(near(all["r2"].dissipated, 0.5e-9 * 5e-3, 1e-3))
    #expect(near(all["t1"].stored, 1e-9 * 5e-3, 1e-3))
    #expect(abs(all.residual) < 1e-5)
  }

  @Test func coupledCoilsShareTheField() throws {
    // equal currents of 1 A after 1 us: each coil 1/2 L i^2, the coupling M i^2
    let all = try Accounts(
      """
      i1 0 a pwl(0 0 1u 1)
      i2 0 b pwl(0 0 1u 1)
      l1 a 0 1u
      l2 b 0 4u
      k1 l1 l2 0.5
      .tran 10n 1u
      """)
    #expect(near(all["l1"].stored, 0.5e-6))
    #expect(near(all["l2"].stored, 2e-6))
    #expect(near(all["k1"].stored, 1e-6))
    #expect(near(all.supplied, 3.5e-6))
    #expect(abs(all.residual) < 1e-5)
  }

  @Test func aControlledSourceSuppliesOrTakes() throws {
    // e1 drives 2 V into 1 kohm; g1 is a conductance of 1 mS across 1 V
    let all = try Accounts(
      """
      v1 in 0 1
      e1 out 0 in 0 2
      r1 out 0 1k
      g1 in 0 in 0 1m
      .tran 1u 1m
      """)
    #expect(near(all["e1"].supplied, 4e-6))
    #expect(near(all["g1"].dissipated, 1e-6) && all["g1"].supplied == 0)
    #expect(near(all["v1"].supplied, 1e-6))
  }

  @Test(arguments: [
    // diode rectifier, junction charge included
    """
    v1 in 0 sin(0 5 1k)
    d1 in out dm
    c1 out 0 10u
    r1 out 0 1k
    .model dm d is=1e-14 cjo=10p tt=10n rs=1
    .tran 10u 5m
    """,
    // a switch with hysteresis into a coil
    """
    v1 in 0 1
    vc c 0 pulse(0 1 1u 1u 1u 4u 10u)
    s1 in a c 0 sm
    l1 a b 10u
    r1 b 0 10
    r2 a 0 1k
    .model sm sw vt=0.5 vh=0.1 ron=0.1 roff=1e6
    .tran 1u 30u
    """,
    // a diode on a ramp: straight voltages, a current that is no polynomial
    """
    v1 in 0 pwl(0 0 1u 0.8 2u 0)
    d1 in 0 dm
    .model dm d is=1e-14 cjo=1p
    .tran 10n 2u
    """,
    // a capacitor that another node changes
    """
    v1 a 0 sin(1 0.2 1k)
    r1 a b 1k
    v2 k 0 sin(0 1 3k)
    c1 b 0 c={0.1u*(2+v(k))}
    .tran 1u 2m
    """,
    // a memristor around its loop
    """
    v1 in 0 sin(0 0.25 20k)
    ymemristor m1 in 0 barrier
    .model barrier memristor level=2 ron=50 roff=1000 koff=1.46e-9 kon=-4.68e-13 alphaoff=3
    + alphaon=3 ioff=115u ion=-8.9u wc=1.07e-10 xscaling=1e9 wt=4
    .tran 0.5u 50u
    """,
  ]) func theBalanceCloses(_ deck: String) throws {
    let all = try Accounts(deck)
    #expect(all.tally.delivered > 0)
    #expect(abs(all.residual) < 1e-4)
  }

  /// Two oscillators, coupled by a capacitor, one of them behind a memristor that its current moves
  /// meanwhile. The supply's share is its voltage times the charge that left it.
  @Test func oscillatorsBesideAMemristor() throws {
    let supply = 0.4
    var state: [Double] = []
    var charge = 0.0
    var last: (time: Double, current: Double)?
    let all = try Accounts(
      """
      .model j sto bk=\(1.25663706212e-6 * 1448e3 + 1e-4) bz=17.9m
      .model drift memristor level=1 ron=500 roff=2k mu=1n
      vdd vdd 0 \(supply)
      r1 vdd a 1.4k
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      c1 a c 1p
      ymemristor m1 vdd c drift xo=0.3
      ysto t c 0 j mx=0.5 my=0.5 mz=0.7
      cl c 0 0.1p
      .tran 50p 300n
      """
    ) { point in
      // behind ground and three nodes: the supply's current, then the memristor's state
      let current = -point.evaluation.values[4]
      state.append(point.evaluation.values[5])
      if let last { charge += 0.5 * (point.abscissa - last.time) * (current + last.current) }
      last = (point.abscissa, current)
    }
    #expect(state.last! - state[0] > 0.3)
    #expect(all["ysto!s"].dissipated > 5e-12 && all["ysto!t"].dissipated > 5e-12)
    #expect(all["ymemristor!m1"].dissipated > 5e-12)
    #expect(near(all.supplied, supply * charge))
    #expect(abs(all.residual) < 1e-4)
  }
}
