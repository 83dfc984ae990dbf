import Numerics
import Schematic
import TestSupport
import Testing

@testable import Simulation

/// Every kind of oscillator that users compare: its frequency by `.pss` against a long transient
/// analysis that starts elsewhere, its multiplier of one, and the closed form where there is one.
@Suite struct OscillatorFamilyTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let circuit: String
    let node: String
    /// Of the `.pss` card, and of the transient analysis that counts passages.
    let guess: Double
    /// Passages that are waited for, and counted.
    var settling = 400
    var counted = 200
    /// The node that is pulled away from its rest, volts.
    var kick: Double?
    /// Hertz, and how near it has to be.
    var closedForm: (frequency: Double, allowed: Double)?
    var testDescription: String { name }
  }

  static let ring = Repository.file("circuits/oscillators/ring.lib").path
  static let cases = [
    Case(
      name: "CMOS ring at full speed",
      circuit: """
        .include "\(ring)"
        vdd vdd 0 1.2
        xring out vdd vdd 0 ring
        """, node: "out", guess: 3e9, settling: 40, kick: 0.3),
    Case(
      name: "CMOS ring starved at 0.5 V",
      circuit: """
        .include "\(ring)"
        vdd vdd 0 1.2
        vtune tune 0 0.5
        xring out tune vdd 0 ring
        """, node: "out", guess: 0.7e9, settling: 40, kick: 0.3),
    Case(
      name: "spin Hall",
      circuit: """
        .model strip sho
        iwrite 0 t1 2.1m
        rground t2 0 1m
        iread t3 0 5u
        ysho s t1 t2 t3 strip mx=0.5 my=0.8 mz=0
        """, node: "t3", guess: 6e9, settling: 3000),
    Case(
      name: "vortex",
      circuit: """
        .model disc vortex
        i1 0 a 1.2m
        yvortex core a 0 disc x=0.4
        """, node: "a", guess: 180e6, closedForm: (Self.vortex, 1e-4)),
    Case(
      name: "auto-oscillator",
      circuit: """
        .model slow osc f0=10meg gammag=1meg zeta=1.5 q=0.5 shift=4meg swing=2
        v1 in 0 0
        yosc a in out slow power=0.1
        rload out 0 1k
        """, node: "out", guess: 10e6, closedForm: (10e6 + 1e6 / (2 * .pi), 1e-6)),
    Case(
      name: "vanadium dioxide",
      circuit: """
        .model vo2 imt vimt=2 vmit=1 rins=100k rmet=2k tau=0.1n
        vdd supply 0 4
        r1 supply a 20k
        c1 a 0 1n
        yimt x a 0 vo2
        """, node: "a", guess: 90e3, settling: 5, counted: 10,
      closedForm: (1 / RelaxationOscillatorTests.period, 1.2e-3)),
  ]

  /// Of the default disc at 1.2 mA: (1 + u/2)(k + k' u) = P f / (alpha etad), u = s^2.
  static let vortex: Double = {
    let (damping, current) = (0.01 * (0.5 * naturalLogarithm(15) + 0.375), 1.2e-3)
    let permeability = 1.25663706212e-6
    let own = 10.0 / 9 * permeability * 4e-3 * 4e-3 / 150e-9
    let oersted = 0.85 * permeability * 4e-3 / (.pi * 150e-9) * current
    let (k, more) = (own + oersted, 0.25 * own - 0.5 * oersted)
    let drive = 1.054571817e-34 * 0.2 / (2 * 1.602176634e-19 * 150e-9 * 150e-9) * current
    let (a, b) = (0.5 * more, more + 0.5 * k)
    let square = (-b + (b * b + 4 * a * (drive / damping - k)).squareRoot()) / (2 * a)
    return (k + more * square) / (4 * .pi * .pi * 4e-3 / 1.764e11)
  }()

  @Test(arguments: cases) func agreesWithALongTransient(_ item: Case) throws {
    let text = item.circuit + "\n.options reltol=1e-5"
    let periodic = try PeriodicCase(text + "\n.pss v(\(item.node)) fund=\(item.guess)")
    let solution = try periodic.solve()
    #expect(solution.quality.isAccurate)
    #expect(try #require(solution.multipliers.errorOfUnit) < 1e-4)
    // of strongly damped ones no other can be told from 0
    #expect((solution.multipliers.slowest?.modulus ?? 0) < 1)
    if let (expected, allowed) = item.closedForm {
      #expect(abs(solution.frequency / expected - 1) < allowed, "\(solution.frequency)")
    }

    let orbit = solution.orbit
    let row = try periodic.node(item.node)
    let values = (0..<orbit.stageCount).map { orbit.states[$0 * orbit.unknownCount + row] }
    let level = 0.5 * ((values.min() ?? 0) + (values.max() ?? 0))
    let count = item.settling + item.counted
    let times = try PassageTimes.run(
      text, from: try Self.start(item, periodic), stop: Double(count + 4) / solution.frequency,
      stepMaximum: 0.02 / solution.frequency, node: item.node, level: level)
    try #require(times.count > count)
    let frequency = Double(item.counted) / (times[count] - times[item.settling])
    #expect(
      abs(solution.frequency / frequency - 1) < 1e-3, "\(solution.frequency), not \(frequency)")
  }

  /// The operating point, devices' states as the deck has them, one node pulled aside.
  private static func start(_ item: Case, _ periodic: PeriodicCase) throws -> [Double] {
    var x = try periodic.deck.operatingPoint.solve(startsTransient: true).x
    guard let kick = item.kick else { return x }
    let inner = try periodic.node("xring.a")
    x[inner] += kick
    return try periodic.deck.operatingPoint.impose(x, duration: 1e-16).x
  }
}
