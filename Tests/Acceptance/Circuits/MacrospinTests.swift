import Foundation
import TestSupport
import Testing

/// Spin-torque oscillators as decks run them: trajectories, frequencies and energy.
@Suite struct MacrospinRunTests {
  struct Trajectory: CustomTestStringConvertible, Sendable {
    let name: String
    let anisotropy: Double
    let card: String
    let source: String
    var testDescription: String { name }
  }

  /// The neuron's anisotropy is a tenth of a millitesla above mu0 Ms.
  static let neuronAnisotropy = 1.25663706212e-6 * 1448e3 + 1e-4

  static let trajectories = [
    Trajectory(
      name: "macrospin-6ghz", anisotropy: 1.8616, card: "bz=0.2", source: "1.8m"),
    Trajectory(
      name: "macrospin-neuron-injected", anisotropy: neuronAnisotropy, card: "bz=17.9m",
      source: "sin(150u 10u 504meg 0 0 90)"),
  ]

  static let integrators = ["implicit", "explicit"]

  @Test(arguments: trajectories, integrators)
  func followsTheReference(_ item: Trajectory, _ integrator: String) throws {
    let reference = try ReferenceTrajectory(item.name)
    let times = reference.vector("time")
    let deck = """
      trajectory
      .model j sto bk=\(item.anisotropy) \(item.card)
      i1 0 a \(item.source)
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      .tran \(times[1]) \(times.last!)
      .options reltol=1e-9 integrator=\(integrator)
      .print tran N(YSTO!s:mx) N(YSTO!s:my) N(YSTO!s:mz)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      for (axis, name) in ["mx", "my", "mz"].enumerated() {
        let own = try #require(run.values("n(ysto!s:\(name))"))
        let expected = reference.matrix("m").map { $0[axis] }
        try #require(own.count == expected.count)
        let worst = zip(own, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst < 1e-6, "\(name)")
      }
    }
  }

  struct Orbit: CustomTestStringConvertible, Sendable {
    let anisotropy: Double
    let field: Double
    let current: Double
    let frequency: Double
    let elevation: Double
    /// Relative.
    let allowed: Double
    var testDescription: String { "\(current) A" }
  }

  /// Computed independently: docs/physics.md. The elevation at 1.8 mA is that of the settled orbit,
  /// docs/decisions/0006-settled-orbits.md.
  static let orbits =
    [
      (1.8e-3, 6.574e9, 0.8180), (2.0e-3, 6.449e9, 0.7150), (2.5e-3, 6.245e9, 0.5460),
      (3.0e-3, 6.117e9, 0.4424),
    ].map {
      Orbit(
        anisotropy: 1.8616, field: 0.2, current: $0.0, frequency: $0.1, elevation: $0.2,
        allowed: 1e-3)
    }
    + [(1.1, 504.676e6, 0.8962), (1.3, 504.096e6, 0.7454), (1.6, 503.394e6, 0.5968)].map {
      Orbit(
        anisotropy: neuronAnisotropy, field: 17.9e-3, current: 115.68e-6 * $0.0,
        frequency: $0.1, elevation: $0.2, allowed: 5e-4)
    }

  @Test(arguments: orbits, integrators)
  func frequencyAndElevation(_ orbit: Orbit, _ integrator: String) throws {
    // amplitudes settle in some 1 / (alpha omega), slowly near the critical current
    let start = 250 / orbit.frequency * (orbit.current == 1.8e-3 ? 16 : 4)
    let stop = start + 100.5 / orbit.frequency
    let deck = """
      orbit
      .model j sto bk=\(orbit.anisotropy) bz=\(orbit.field)
      i1 0 a \(orbit.current)
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      .tran \(0.05 / orbit.frequency) \(stop) \(start)
      .options reltol=1e-5 energy integrator=\(integrator)
      .print tran N(YSTO!s:mx) N(YSTO!s:mz)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      let x = try #require(run.values("n(ysto!s:mx)"))
      let z = try #require(run.values("n(ysto!s:mz)"))
      var crossings: [Double] = []
      for k in 1..<x.count where x[k - 1] < 0 && x[k] >= 0 {
        let part = -x[k - 1] / (x[k] - x[k - 1])
        crossings.append(run.abscissa[k - 1] + part * (run.abscissa[k] - run.abscissa[k - 1]))
      }
      try #require(crossings.count > 90)
      let frequency = Double(crossings.count - 1) / (crossings.last! - crossings[0])
      #expect(abs(frequency / orbit.frequency - 1) < orbit.allowed, "\(frequency)")
      let elevation = z.reduce(0, +) / Double(z.count)
      #expect(abs(elevation / orbit.elevation - 1) < 1e-3, "\(elevation)")
    }
  }

  /// Both integrators see the same circuit: a junction with a field line and a load, switched on by
  /// a step, modulated, measured and accounted for.
  @Test func integratorsAgree() throws {
    func text(_ integrator: String) -> String {
      """
      two ways
      .model j sto oez=5 lfy=20 beta=0.1
      i1 0 a pwl(0 0 1n 0 1.001n 2m 4n 2m 4.001n 2.5m)
      v1 f 0 sin(0 20m 3g)
      r1 a b 10
      ysto s b 0 f 0 j mx=0.6 my=0 mz=0.8
      .tran 5p 6n
      .options reltol=1e-6 energy integrator=\(integrator)
      .print tran V(a) I(r1) P(YSTO!s) N(YSTO!s:mx) N(YSTO!s:r) {ddt(v(a))}
      .measure tran t1 when N(YSTO!s:mx)=0 rise=10
      .end
      """
    }
    try Scratch.with { folder in
      let both = try Self.integrators.map { try OwnRun(text($0), in: folder) }
      for name in both[0].columns.keys {
        let (a, b) = (both[0].columns[name]!, try #require(both[1].columns[name]))
        try #require(a.count == b.count)
        // at the corners themselves rates jump
        let worst = zip(a, b).map { abs($0 - $1) }.sorted().dropLast(4).last!
        let size = a.map(abs).max()!
        #expect(worst < 1e-4 * size, "\(name): \(worst) of \(size)")
      }
    }
  }

  /// The other oscillators, their shipped decks run in time: the two formulas follow one another.
  @Test(arguments: [
    ("spin-hall-oscillator", 6e9), ("vortex-oscillator", 180e6), ("auto-oscillator", 10e6),
  ]) func integratorsAgreeOn(_ item: (name: String, frequency: Double)) throws {
    let shipped = try String(
      contentsOf: Repository.file("netlists/\(item.name).cir"), encoding: .utf8)
    let period = 1 / item.frequency
    func text(_ integrator: String) -> String {
      shipped.split(separator: "\n", omittingEmptySubsequences: false).compactMap {
        line -> String? in
        if line.hasPrefix(".meas") { return nil }
        if line.hasPrefix(".pss") {
          return """
            .tran \(period / 20) \(20 * period) 0 \(period)
            .options reltol=1e-6 integrator=\(integrator)
            """
        }
        return String(line.replacing(".print pss", with: ".print tran"))
      }.joined(separator: "\n")
    }
    try Scratch.with { folder in
      let both = try Self.integrators.map { try OwnRun(text($0), in: folder) }
      try #require(both[0].columns.count > 1)
      for (name, values) in both[0].columns {
        let others = try #require(both[1].columns[name])
        let worst = zip(values, others).map { abs($0 - $1) }.max()!
        #expect(worst < 1e-4 * values.map(abs).max()!, "\(name): \(worst)")
      }
    }
  }

  /// What explicit formulas cannot integrate is told with the place of the option.
  @Test(arguments: [
    ("c1 a 0 1p", "capacitance at node a"), ("t1 a 0 b 0 z0=50 td=1n\nr2 b 0 50", "delays"),
    ("d1 a 0 d\n.model d d cjo=1p", "charges at node a"),
    ("s1 a 0 a 0 sw\n.model sw sw", "switches"), ("l1 a b 1n\nl2 b 0 1n\nk1 l1 l2 0.5", "others"),
  ]) func refusesOtherCircuits(_ item: (cards: String, says: String)) throws {
    let deck = """
      not for explicit formulas
      .model j sto
      i1 0 a 2m
      ysto s a 0 j
      r1 a 0 1k
      \(item.cards)
      .tran 1p 1n
      .options integrator=explicit
      .end
      """
    try Scratch.with { folder in
      let file = folder.appendingPathComponent("a.cir")
      try deck.write(to: file, atomically: true, encoding: .utf8)
      let run = try BuiltProgram.run("run", file.path, "-o", folder.path, "-q")
      #expect(run.status == 2)
      #expect(run.errors.contains("needs-implicit"), "\(run.errors)")
      #expect(run.errors.contains(item.says), "\(run.errors)")
      #expect(run.errors.contains("integrator=explicit"), "\(run.errors)")
    }
  }

  /// A hundred thousand turns of the neuron: |m| stays 1, and m where it was.
  @Test func directionsKeepTheirLength() throws {
    let stop = 1e5 / 504.096e6
    let deck = """
      many turns
      .model j sto bk=\(Self.neuronAnisotropy) bz=17.9m
      i1 0 a \(1.3 * 115.68e-6)
      ysto s a 0 j mx=0.6 my=0 mz=0.8
      .tran 50p \(stop) \(stop - 100e-9)
      .options reltol=1e-2
      .print tran N(YSTO!s:mx) N(YSTO!s:my) N(YSTO!s:mz)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      let m = try ["mx", "my", "mz"].map { try #require(run.values("n(ysto!s:\($0))")) }
      try #require(m[0].count > 1000 && (run.abscissa.last ?? 0) > 0.999 * stop)
      let lengths = m[0].indices.map { k in
        (m[0][k] * m[0][k] + m[1][k] * m[1][k] + m[2][k] * m[2][k]).squareRoot()
      }
      #expect(lengths.allSatisfy { abs($0 - 1) < 1e-9 })
      let elevation = m[2].reduce(0, +) / Double(m[2].count)
      #expect(abs(elevation / 0.7454 - 1) < 2e-3, "\(elevation)")
    }
  }
}
