import Foundation
import Numerics
import Schematic
import Testing

@testable import Simulation

/// Noise against closed forms.
struct NoiseTests {
  struct Keeper: NoiseObserver {
    let evaluator: NoiseOutputEvaluator
    var points: [NoisePoint] = []
    var values: [[Double]] = []
    mutating func output(_ point: NoisePoint) {
      points.append(point)
      values.append((0..<evaluator.count).map { evaluator.value($0, at: point) })
    }
  }

  static func run(_ text: String) throws -> (Keeper, NoiseTotals) {
    let deck = try DeckCase(text)
    var keeper = Keeper(evaluator: try NoiseOutputEvaluator(deck.printed(.noise), deck.equations))
    for case .noise(let card) in deck.circuit.cards {
      let analysis = try NoiseAnalysis(deck.equations, at: try deck.rest(), card)
      let totals = try analysis.run(card.frequencies.values, &keeper)
      return (keeper, totals)
    }
    throw DeckCase.Missing()
  }

  static let thermal = 4 * 1.380649e-23 * 300.15

  @Test func divider() throws {
    let (result, totals) = try Self.run(
      """
      v1 in 0 0 ac 1
      r1 in out 1k
      r2 out 0 3k
      .noise v(out) v1 lin 11 1k 11k
      .print noise onoise inoise dno(r1) dni(r2) dno(r2,thermal) {sqrt(dno(r1)+dno(r2))}
      """)
    let density = Self.thermal * 750
    for row in result.values {
      #expect(abs(row[0] / density - 1) < 1e-12)
      #expect(abs(row[1] / (density / 0.5625) - 1) < 1e-12)
      #expect(abs(row[2] / (Self.thermal * 1000 * 0.5625) - 1) < 1e-12)
      #expect(abs(row[3] / (Self.thermal * 3000 / 16 / 0.5625) - 1) < 1e-12)
      #expect(abs(row[4] / (Self.thermal * 3000 / 16) - 1) < 1e-12)
      #expect(abs(row[5] / row[0].squareRoot() - 1) < 1e-15)
    }
    #expect(abs(totals.output / (density * 10e3) - 1) < 1e-12)
    #expect(abs(totals.input / (density / 0.5625 * 10e3) - 1) < 1e-12)
    #expect(totals.isComplete && totals.contributions.count == 2)
  }

  /// Beside the noise, the response to the source's ac value.
  @Test func responses() throws {
    let (result, _) = try Self.run(
      """
      v1 in 0 0 ac 2
      r1 in out 1k
      r2 out 0 3k
      .noise v(out) v1 lin 3 1k 3k
      .print noise vm(out) vr(out) {im(v1)*1k} {onoise*vm(in)} v(out)
      """)
    for row in result.values {
      #expect(abs(row[0] - 1.5) < 1e-12 && abs(row[1] - 1.5) < 1e-12)
      #expect(abs(row[2] - 0.5) < 1e-12)
      #expect(abs(row[3] / (2 * Self.thermal * 750) - 1) < 1e-12)
      #expect(abs(row[4] - 1.5) < 1e-12)
    }
  }

  /// Whatever the resistance, the noise of an RC low pass integrates to kT/C.
  @Test(arguments: [1e3, 1e6])
  func capacitorNoise(_ resistance: Double) throws {
    let (_, totals) = try Self.run(
      """
      v1 in 0 0
      r1 in out \(resistance)
      c1 out 0 1p
      .noise v(out) v1 dec 50 \(1e5 / resistance) \(1e16 / resistance)
      """)
    let wanted = 1.380649e-23 * 300.15 / 1e-12
    #expect(abs(totals.output / wanted - 1) < 1e-3)
  }

  /// 2 q I of a diode, beside the thermal noise of nothing else.
  @Test func shotNoise() throws {
    let (result, _) = try Self.run(
      """
      i1 0 a 1m
      d1 a 0 dd
      .model dd d is=1e-14
      .noise v(a) i1 dec 1 1k 10k
      .print noise inoise onoise dno(d1)
      """)
    let row = result.values[0]
    #expect(abs(row[0] / (2 * 1.602176634e-19 * 1e-3) - 1) < 1e-6)
    let slope = 1.380649e-23 * 300.15 / 1.602176634e-19 / 1e-3
    #expect(abs(row[1] / (2 * 1.602176634e-19 * 1e-3 * slope * slope) - 1) < 1e-5)
    #expect(row[2] == row[1])
  }

  @Test func powersIntegrate() {
    for exponent in [-2.0, -1, -1 + 1e-9, -0.5, 0, 2] {
      let value = PowerLaw.integral(2, power(2, exponent), 5, power(5, exponent))
      let wanted =
        abs(exponent + 1) < 1e-6
        ? naturalLogarithm(2.5)
        : (power(5, exponent + 1) - power(2, exponent + 1)) / (exponent + 1)
      #expect(abs(value / wanted - 1) < 1e-8)
    }
    #expect(PowerLaw.integral(0, 2, 4, 0) == 4)
  }

  @Test func powersAreNotNoise() throws {
    let deck = try DeckCase("v1 a 0 1\nr1 a 0 1k\n.noise v(a) v1 lin 1 1 1\n.print noise p(r1)")
    #expect(throws: Faults.self) {
      _ = try NoiseOutputEvaluator(deck.printed(.noise), deck.equations)
    }
  }
}
