import Numerics
import Testing

@testable import Simulation

/// An insulator-metal transition with a resistor and a capacitor, against the period of instant
/// transitions.
@Suite struct RelaxationOscillatorTests {
  /// vimt 2 V, vmit 1 V, 100 kohm and 2 kohm, from 4 V through 20 kohm, 1 nF.
  static let period: Double = {
    func part(_ resistance: Double, _ from: Double, _ to: Double) -> Double {
      let level = 4 * resistance / (20e3 + resistance)
      let time = 1e-9 * 20e3 * resistance / (20e3 + resistance)
      return time * naturalLogarithm((level - from) / (level - to))
    }
    return part(100e3, 1, 2) + part(2e3, 2, 1)
  }()

  /// The faster the transition, the nearer: as tau^(2/3).
  @Test(arguments: [(10e-9, 0.02), (1e-9, 0.005), (0.1e-9, 0.0012)])
  func period(_ tau: Double, _ tolerance: Double) throws {
    let periodic = try PeriodicCase(
      """
      .model vo2 imt vimt=2 vmit=1 rins=100k rmet=2k tau=\(tau)
      v1 supply 0 4
      r1 supply a 20k
      c1 a 0 1n
      yimt x a 0 vo2
      .pss v(a)
      .options reltol=1e-4
      """)
    let solution = try periodic.solve()
    let error = solution.period / Self.period - 1
    #expect(error > 0 && error < tolerance, "\(error)")
    #expect(solution.quality.isAccurate)
  }

  /// Just inside and outside of what `imin` and `imax` print, 20.72 uA and 482.6 uA; and, through a
  /// resistor from the most favourable voltage, of `rmin`, 2165 ohm.
  @Test(arguments: [
    ("i1 0 a 20.5u", false), ("i1 0 a 21.0u", true), ("i1 0 a 478u", true),
    ("i1 0 a 487u", false), ("v1 s 0 2.03352\nr1 s a 2120", false),
    ("v1 s 0 2.05617\nr1 s a 2210", true),
  ])
  func window(_ supply: String, _ oscillates: Bool) throws {
    let text = """
      .model vo2 imt vimt=2 vmit=1 rins=100k rmet=2k tau=10n
      c1 a 0 1n
      yimt x a 0 vo2
      \(supply)
      """
    let rest = try DeckCase(text).rest()
    let times = try PassageTimes.run(
      text, from: rest, stop: 6e-3, stepMaximum: 20e-6, node: "a", level: 1.5)
    let late = times.filter { $0 > 1e-3 }.count
    #expect(oscillates ? late > 5 : late == 0, "\(late) passages")
  }
}
