import Numerics
import Testing

@testable import Simulation

/// The perturbation projection vector against what it tells: small charges are injected at many
/// phases of a transient analysis, and the shift in time that remains is measured.
@Suite struct PhaseResponseTests {
  struct Oscillator: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var node: String
    /// Where the charges go.
    var target: String
    var testDescription: String { name }
  }

  static let models = """
    .model nm nmos (level=1 vto=0.5 kp=200u lambda=0.05)
    .model pm pmos (level=1 vto=-0.5 kp=100u lambda=0.05)
    """
  static let ring = Oscillator(
    name: "ring of three inverters",
    text: models + """

      vdd vdd 0 1.8
      .subckt inv a y vdd
      mn y a 0 0 nm w=2u l=0.2u
      mp y a vdd vdd pm w=4u l=0.2u
      c y 0 20f
      .ends
      x1 a b vdd inv
      x2 b c vdd inv
      x3 c a vdd inv
      """, node: "a", target: "b")
  /// Bonhoeffer-van der Pol in its relaxation regime: a slow inductor beside a fast capacitor.
  static let relaxation = Oscillator(
    name: "relaxation oscillator",
    text: """
      c1 v 0 0.02
      b1 v 0 i={v(v)*v(v)*v(v)/3 - v(v)}
      l1 v w 1
      r1 w 0 0.1
      """, node: "v", target: "v")
  /// Two junctions' charges and exponentials.
  static let junctions = Oscillator(
    name: "clamped tank",
    text: """
      .model d d (is=1e-14 cjo=20p m=0.4 vj=0.8 tt=1n)
      c1 n 0 1n
      l1 n 0 1u
      g1 n 0 n 0 -5m
      r1 n 0 1k
      d1 n 0 d
      d2 0 n d
      """, node: "n", target: "n")

  @Test(arguments: [ring, relaxation, junctions])
  func smallCharges(_ oscillator: Oscillator) throws {
    let periodic = try PeriodicCase(
      oscillator.text + "\n.pss v(\(oscillator.node))\n.options reltol=1e-4")
    let solution = try periodic.solve()
    let projection = try #require(solution.projection)
    let orbit = solution.orbit
    let target = try periodic.node(oscillator.target)
    let node = try periodic.node(oscillator.node)
    let period = solution.period
    let largest = projection.values(ofRow: target).reduce(0) { max($0, abs($1)) }
    // so small that the response is linear
    let charge = 2e-4 * period / largest
    let level = orbit.state(at: 0)[node]
    func passage(_ pulse: String) throws -> Double {
      // a little behind phase 0, lest the start be a passage or none
      let x = orbit.state(at: 0.25)
      let times = try PassageTimes.run(
        oscillator.text + "\n\(pulse)\n.options reltol=1e-6 vntol=1e-10", from: x,
        stop: 7.5 * period, stepMaximum: period / 50, node: oscillator.node, level: level)
      #expect(times.count == 7)
      return times[times.count - 1]
    }
    let width = 1e-3 * period
    let reference = try passage(
      "i1 0 \(oscillator.target) pulse(0 0 \(0.5 * period) \(width) \(width) 0 \(1e3 * period))")
    for k in 0..<12 {
      let phase = (Double(k) + 0.5) / 12
      let delay = phase * period - width
      let pulse =
        "i1 0 \(oscillator.target) pulse(0 \(charge / width) \(delay) \(width) \(width) 0 "
        + "\(1e3 * period))"
      let shift = reference - (try passage(pulse))
      let at = (0.25 + phase).truncatingRemainder(dividingBy: 1)
      let expected = charge * projection.value(at: at, ofRow: target, orbit)
      #expect(abs(shift - expected) < 0.02 * charge * largest, "at phase \(at)")
    }
  }

  /// Johnson noise of a tank of quality Q, whose amplitude A a noiseless cubic holds: the phase
  /// diffuses with c = k T / (R C^2 A^2 w^2), and the line is k T / (2 pi R C^2 A^2) wide.
  @Test(arguments: [30.0, 100.0])
  func johnsonNoise(_ quality: Double) throws {
    let (capacitance, inductance) = (1e-9, 1e-6)
    let resistance = quality * (inductance / capacitance).squareRoot()
    let solution = try PeriodicCase(
      """
      c1 n 0 \(capacitance)
      l1 n 0 \(inductance)
      r1 n 0 \(resistance)
      b1 n 0 i={(-2*v(n) + 4/3*v(n)*v(n)*v(n))/\(resistance)}
      .pss v(n)
      """
    ).solve()
    let noise = try #require(solution.noise)
    let amplitude = 1.0
    let thermal = 1.380649e-23 * 300.15
    let size = resistance * capacitance * capacitance * amplitude * amplitude
    let line = thermal / (2 * .pi * size)
    #expect(abs(noise.linewidth / line - 1) < 1 / (quality * quality))
    let c = thermal / size * inductance * capacitance
    #expect(abs(noise.diffusion / c - 1) < 1 / (quality * quality))
    // far beside the carrier the line's wing falls with the square of the offset
    let offset = 1e-3 * solution.frequency
    let wing = solution.frequency * solution.frequency * c / (offset * offset)
    #expect(abs(noise.level(at: offset) - 10 * decimalLogarithm(wing)) < 0.01)
    #expect(noise.contributions.count == 1)
  }
}
