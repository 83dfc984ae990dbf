import Numerics
import Testing

@testable import Simulation

/// The macrospin oscillator of the memory's neurons as behavioural sources: time in nanoseconds,
/// fields in millitesla, the current in microamperes as the voltage of a node. Its equations keep
/// |m| = 1 and leave it free to be anything else: one of its multipliers is 1 like the flow's.
@Suite struct MacrospinTests {
  static func circuit(_ current: Double, restoring: Double) -> String {
    """
    .param gam=0.1764 alpha=0.005 eta=0.537 lam={eta*eta} vol={pi*60n*60n*2n}
    .param aj={1.054571817e-34*eta*1u/(2*1.602176634e-19*1448k*vol)*1e3} k=\(restoring)
    .func a(x) {aj*v(i)/(1+lam*x)}
    .func bz(z) {17.9 + 0.1*z}
    .func keep(q) {k*(1 - v(x)*v(x) - v(y)*v(y) - v(z)*v(z))*q}
    cx x 0 1n
    cy y 0 1n
    cz z 0 1n
    vi i 0 \(current)
    b1 tx 0 v={-gam*v(y)*bz(v(z)) - gam*a(v(x))*(v(y)*v(y)+v(z)*v(z))}
    b2 ty 0 v={gam*v(x)*bz(v(z)) + gam*a(v(x))*v(x)*v(y)}
    b3 tz 0 v={gam*a(v(x))*v(x)*v(z)}
    bx x 0 i={-(v(tx)+alpha*(v(y)*v(tz)-v(z)*v(ty)))/(1+alpha*alpha) - keep(v(x))}
    by y 0 i={-(v(ty)+alpha*(v(z)*v(tx)-v(x)*v(tz)))/(1+alpha*alpha) - keep(v(y))}
    bz z 0 i={-(v(tz)+alpha*(v(x)*v(ty)-v(y)*v(tx)))/(1+alpha*alpha) - keep(v(z))}
    .ic v(x)=0.6 v(z)=0.8
    .pss v(x) uic fund=0.5g tstab=4u
    .options reltol=1e-5
    """
  }

  static func solve(_ text: String) throws -> (PeriodicCase, PeriodicSolution) {
    let periodic = try PeriodicCase(text)
    var start = [Double](repeating: 0, count: periodic.deck.equations.unknownCount)
    for (name, value) in [("x", 0.6), ("z", 0.8)] { start[try periodic.node(name)] = value }
    let x = try periodic.deck.operatingPoint.impose(start, duration: 1e-18).x
    let analysis = try PeriodicSteadyState(
      periodic.deck.equations, periodic.card, periodic.deck.options)
    return (periodic, try #require(try analysis.run(from: x)))
  }

  /// Against an integration of order 8: frequencies to 0.05 %, mean m_z at 1.1, 1.3 and 1.6 times
  /// the critical current of 115.68 uA; with |m| kept by nothing, and by a restoring rate.
  @Test(arguments: [(1.1, 504.676e6, 0.8962), (1.3, 504.096e6, 0.7454), (1.6, 503.394e6, 0.5968)])
  func frequency(_ ratio: Double, _ frequency: Double, _ height: Double) throws {
    for restoring in [0.0, 1.0] {
      let (periodic, solution) = try Self.solve(
        Self.circuit(ratio * 115.68, restoring: restoring))
      #expect(abs(solution.frequency / frequency - 1) < 2e-5)
      let orbit = solution.orbit
      let z = try periodic.node("z")
      let mean = (0..<orbit.stageCount).reduce(0.0) {
        $0 + orbit.weight(ofStage: $1) * orbit.states[$1 * orbit.unknownCount + z]
      }
      #expect(abs(mean / solution.period - height) < 2e-4)
      let neutral = solution.multipliers.others.first { ($0 - .one).modulus < 1e-5 }
      #expect((neutral != nil) == (restoring == 0))
    }
  }

  /// A sinusoidal current of 10 uA locks it within 9.3e6 rad/s in an independent integration of
  /// the same equations. That is as fast as its amplitude recovers, so that what holds for small
  /// currents is a few per cent off.
  @Test func lockRange() throws {
    let (periodic, solution) = try Self.solve(Self.circuit(1.3 * 115.68, restoring: 1))
    let row = try #require(
      (0..<solution.orbit.unknownCount).first { solution.name(of: $0) == "current of vi" })
    let projection = try #require(solution.projection)
    let half = 2 * Double.pi * 10 * projection.lockHalfRange(1, ofRow: row)
    #expect(abs(half / 9.3e6 - 1) < 0.06, "\(half) rad/s")
    #expect(periodic.card.frequency == 0.5e9)
  }
}
