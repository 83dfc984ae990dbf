import Foundation
import Numerics
import Schematic
import Testing

@testable import Simulation

/// Small-signal responses against closed forms.
struct SmallSignalTests {
  struct Keeper: SmallSignalObserver {
    let evaluator: ComplexOutputEvaluator
    var frequencies: [Double] = []
    var values: [[Complex]] = []
    mutating func output(_ point: SmallSignalPoint) {
      frequencies.append(point.frequency)
      values.append((0..<evaluator.count).map { evaluator.value($0, at: point) })
    }
  }

  static func run(_ text: String) throws -> Keeper {
    let deck = try DeckCase(text)
    var keeper = Keeper(evaluator: try ComplexOutputEvaluator(deck.printed(.ac), deck.equations))
    for case .ac(let card) in deck.circuit.cards {
      let frequencies = try FrequencyList.values(
        card.frequencies, data: card.data, in: deck.circuit, at: card.origin)
      let analysis = SmallSignalAnalysis(deck.equations, at: try deck.rest())
      #expect(try analysis.run(frequencies, &keeper))
    }
    return keeper
  }

  static func distance(_ a: Complex, _ b: Complex) -> Double {
    (a - b).modulus / max(b.modulus, 1e-300)
  }

  @Test func lowPass() throws {
    let result = try Self.run(
      """
      v1 in 0 dc 3 ac 2 30
      r1 in out 1k
      c1 out 0 1n
      .ac dec 5 1 1g
      .print ac v(out) vm(out) vp(out) vdb(out) vr(out) vi(out) i(v1) i(c1)
      """)
    #expect(result.frequencies.count == 46)
    for (frequency, row) in zip(result.frequencies, result.values) {
      let s = Complex(0, 2 * .pi * frequency * 1e-6)
      let drive = Complex(modulus: 2, argument: .pi / 6)
      let out = drive / (.one + s)
      #expect(Self.distance(row[0], out) < 1e-12)
      #expect(abs(row[1].real / out.modulus - 1) < 1e-12)
      #expect(abs(row[2].real - out.argument) < 1e-12)
      #expect(abs(row[3].real - 20 * decimalLogarithm(out.modulus)) < 1e-10)
      #expect(row[4] == Complex(row[0].real) && row[5] == Complex(row[0].imaginary))
      let current = (drive - out) / 1000
      #expect((row[6] + current).modulus < 1e-12 * drive.modulus / 1000)
      #expect(Self.distance(row[7], Complex(0, 2 * .pi * frequency * 1e-9) * out) < 1e-12)
    }
  }

  /// A capacitance nine orders below what its conductances drown in a floating-point sum.
  @Test func smallCapacitance() throws {
    let result = try Self.run(
      """
      i1 0 a ac 1
      c1 a 0 1e-20
      r1 a 0 1e-3
      r2 a 0 1e15
      .ac lin 1 1g 1g
      .print ac vi(a)
      """)
    let wanted = -2 * Double.pi * 1e9 * 1e-20 * 1e-6
    #expect(abs(result.values[0][0].real / wanted - 1) < 1e-9)
  }

  @Test func seriesResonance() throws {
    let result = try Self.run(
      """
      v1 in 0 ac 1
      r1 in a 10
      l1 a b 1m
      c1 b 0 1n
      .ac lin 101 100k 220k
      .print ac v(b) i(l1) im(v1)
      """)
    for (frequency, row) in zip(result.frequencies, result.values) {
      let omega = 2 * Double.pi * frequency
      let impedance = Complex(10, omega * 1e-3 - 1 / (omega * 1e-9))
      #expect(Self.distance(row[1], .one / impedance) < 1e-11)
      #expect(Self.distance(row[0], .one / (impedance * Complex(0, omega * 1e-9))) < 1e-11)
      #expect(abs(row[2].real * impedance.modulus - 1) < 1e-11)
    }
  }

  @Test func coupledInductors() throws {
    let result = try Self.run(
      """
      v1 in 0 ac 1
      r1 in p 50
      l1 p 0 1m
      l2 s 0 4m
      k1 l1 l2 0.5
      r2 s 0 200
      .ac dec 3 1k 1meg
      .print ac v(s)
      """)
    for (frequency, row) in zip(result.frequencies, result.values) {
      let s = Complex(0, 2 * .pi * frequency)
      // 1 = (50 + s L1) i1 + s M i2, 0 = (200 + s L2) i2 + s M i1, v(s) = -200 i2
      let (a, b, m) = (Complex(50) + 1e-3 * s, Complex(200) + 4e-3 * s, 1e-3 * s)
      let second = -m / (a * b - m * m)
      #expect(Self.distance(row[0], -200.0 * second) < 1e-12)
    }
  }

  @Test func matchedLine() throws {
    let result = try Self.run(
      """
      v1 in 0 ac 1
      r1 in a 50
      t1 a 0 b 0 z0=50 td=10n
      r2 b 0 50
      .ac lin 40 1meg 500meg
      .print ac v(b) v(a)
      """)
    for (frequency, row) in zip(result.frequencies, result.values) {
      let wanted = Complex(modulus: 0.5, argument: -2 * .pi * frequency * 10e-9)
      #expect((row[0] - wanted).modulus < 1e-12)
      #expect((row[1] - Complex(0.5)).modulus < 1e-12)
    }
  }

  @Test func openLine() throws {
    let result = try Self.run(
      """
      v1 in 0 ac 1
      r1 in a 50
      t1 a 0 b 0 z0=75 td=1n
      r2 b 0 1k
      .ac lin 37 3meg 700meg
      .print ac v(b)
      """)
    for (frequency, row) in zip(result.frequencies, result.values) {
      let angle = 2 * Double.pi * frequency * 1e-9
      let (c, s) = (cosine(angle), sine(angle))
      // chain matrix of the line between 50 ohm and 1 kohm
      let chain = Complex(c, 75 * s / 1000) + 50.0 * Complex(c / 1000, s / 75)
      #expect(Self.distance(row[0], .one / chain) < 1e-11)
    }
  }

  @Test func expressions() throws {
    let result = try Self.run(
      """
      i1 0 a ac 1m
      r1 a 0 1k
      c1 a 0 1n
      .ac lin 1 100k 100k
      .print ac {v(a)*v(a)} {m(v(a))} {db(v(a))} {ph(v(a))} {r(v(a))} {img(v(a))} {sqrt(v(a))}
      + {vm(a)*2} {exp(v(a))} {v(a)/i(r1)} i(i1) {tan(v(a))*cos(v(a)) - sin(v(a))} {freq}
      + {atanh(tanh(v(a))) - v(a)}
      """)
    let row = result.values[0]
    let v = Complex.one / Complex(1, 2 * .pi * 1e5 * 1e-6)
    #expect(Self.distance(row[0], v * v) < 1e-12)
    #expect(Self.distance(row[1], Complex(v.modulus)) < 1e-12)
    #expect(Self.distance(row[2], Complex(20 * decimalLogarithm(v.modulus))) < 1e-12)
    #expect(Self.distance(row[3], Complex(v.argument)) < 1e-12)
    #expect(Self.distance(row[4], Complex(v.real)) < 1e-12)
    #expect(Self.distance(row[5], Complex(v.imaginary)) < 1e-12)
    #expect(Self.distance(row[6] * row[6], v) < 1e-12)
    #expect(Self.distance(row[7], Complex(2 * v.modulus)) < 1e-12)
    #expect(
      Self.distance(row[8], Complex(modulus: exponential(v.real), argument: v.imaginary)) < 1e-12)
    #expect(Self.distance(row[9], Complex(1000)) < 1e-12)
    #expect(Self.distance(row[10], Complex(1e-3)) < 1e-15)
    #expect(row[11].modulus < 1e-15)
    #expect(row[12] == Complex(1e5))
    #expect(row[13].modulus < 1e-15)
    let isComplex = (0..<row.count).map { result.evaluator.isComplex($0) }
    #expect(
      isComplex == [
        true, false, false, false, false, false, true, false, true, true, true, true, false, true,
      ])
  }

  /// The junction's conductance and charge, against its current's own slope.
  @Test func diodeIsLinearised() throws {
    let result = try Self.run(
      """
      v1 a 0 dc 0.6 ac 1
      d1 a 0 dd
      .model dd d is=1e-14 n=1 tt=1n
      .ac dec 1 1k 1g
      .print ac i(v1)
      """)
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    let conductance = 1e-14 * exponential(0.6 / thermal) / thermal + 1e-12
    for (frequency, row) in zip(result.frequencies, result.values) {
      let wanted = Complex(conductance, 2 * .pi * frequency * 1e-9 * conductance)
      #expect(Self.distance(-row[0], wanted) < 1e-5)
    }
  }

  @Test func alternativeResistance() throws {
    let result = try Self.run(
      """
      v1 a 0 dc 1 ac 1
      r1 a b 1k
      r2 b 0 1k ac=3k
      .ac lin 1 1k 1k
      .print ac v(b)
      """)
    #expect((result.values[0][0] - Complex(0.75)).modulus < 1e-12)
  }

  @Test func singularEquationsAreNamed() throws {
    #expect(throws: AnalysisFailure.self) {
      _ = try Self.run(
        """
        v1 a 0 ac 1
        c1 a b 1n
        c2 b 0 1n
        .options gmin=1e-12
        .ac lin 2 0 1
        .print ac v(b)
        """)
    }
  }

  @Test func unknownProbesAreFaults() throws {
    let deck = try DeckCase("v1 a 0 1\nr1 a 0 1k\n.print ac p(r1)\n.ac lin 1 1 1")
    #expect(throws: Faults.self) {
      _ = try ComplexOutputEvaluator(deck.printed(.ac), deck.equations)
    }
  }
}
