import Numerics
import Schematic
import Testing

@testable import Simulation

struct FourierAnalysisTests {
  typealias Feed = MeasureFeed

  private func analysis(_ frequency: Double) -> FourierAnalysis {
    FourierAnalysis(
      FourierCard(
        frequency: frequency,
        quantities: [Output(label: "v(a)", value: Feed.v("a"), origin: .none)], origin: .none))
  }

  private func table(
    _ frequency: Double, at points: [Double], dense: Bool = false,
    _ wave: @escaping (Double) -> Double
  ) -> HarmonicTable {
    var analysis = analysis(frequency)
    for x in points {
      let values = [wave(x)]
      analysis.record(time: x, values: values.span, dense: dense ? { wave($1) } : nil)
    }
    return analysis.finish()[0]
  }

  /// Random amplitudes and phases come back, from irregular points of a solver's kind.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func randomHarmonics(seed: UInt64) {
    var random = Feed.Generator(seed)
    let terms = (1...5).map { k in
      (k: Double(k), m: 0.1 + random.uniform(), phase: 2 * .pi * random.uniform() - .pi)
    }
    let wave: (Double) -> Double = { t in
      terms.reduce(0.7) { $0 + $1.m * sine(2 * .pi * $1.k * t + $1.phase) }
    }
    let points = Feed.irregular(to: 4, steps: 1600, seed: seed + 50)
    let table = table(1, at: points, dense: true, wave)
    #expect(table.failure == nil && table.harmonics.count == 10 && table.start == 3)
    #expect(abs(table.harmonics[0].magnitude - 0.7) < 1e-6)
    for term in terms {
      let found = table.harmonics[Int(term.k)]
      #expect(abs(found.magnitude - term.m) < 1e-5, "\(found)")
      let turn = (found.phase - term.phase * 180 / .pi) / 360
      #expect(abs(turn - turn.rounded()) < 1e-5, "\(found)")
    }
    for k in 6...9 { #expect(table.harmonics[k].magnitude < 1e-5) }
    let power = terms.dropFirst().reduce(0) { $0 + $1.m * $1.m }
    let exact = 100 * power.squareRoot() / terms[0].m
    #expect(abs(table.totalHarmonicDistortion - exact) < 1e-3 * exact)
  }

  /// An ideal square wave's harmonics are 4/(pi k) for odd k, 0 for even; its corners do not ring.
  @Test func aSquareWave() {
    var analysis = analysis(1)
    for k in 0..<6 {
      let t = Double(k) / 2
      let level = k % 2 == 0 ? 1.0 : -1.0
      if k > 0 { analysis.record(time: t, values: [-level].span) }
      analysis.record(time: t, values: [level].span)
      analysis.record(time: t + 0.2, values: [level].span)
    }
    analysis.record(time: 3, values: [-1].span)
    let table = analysis.finish()[0]
    for k in 1...9 {
      let exact = k % 2 == 1 ? 4 / (Double.pi * Double(k)) : 0
      #expect(abs(table.harmonics[k].magnitude - exact) < 5e-3, "\(table.harmonics[k])")
      if k % 2 == 1 { #expect(abs(table.harmonics[k].phase) < 2) }
    }
  }

  @Test func onlyTheLastPeriodCountsAndIsKept() {
    // an amplitude that has settled before the last period
    let table = table(1, at: (0...20_000).map { Double($0) / 200 }) { t in
      (t < 98 ? 5 : 1) * sine(2 * .pi * t)
    }
    #expect(abs(table.harmonics[1].magnitude - 1) < 1e-5)
    #expect(table.samples == 1024)
  }

  @Test func aResultShorterThanAPeriodHasNoTable() {
    let table = table(1, at: [0, 0.5, 0.9]) { $0 }
    #expect(table.harmonics.isEmpty && table.failure != nil)
  }

  @Test func straightLinesStayStraightAndJumpsDoNotRing() {
    let x = [0.0, 1, 2, 2, 3, 4, 5]
    let y = [0.0, 1, 2, 7, 7, 7, 6]
    let curve = AkimaCurve(x[...], y)
    let grid = [0.5, 1.25, 1.9, 2.1, 2.5, 3.25]
    for (found, exact) in zip(curve.values(at: grid), [0.5, 1.25, 1.9, 7, 7, 7]) {
      #expect(abs(found - exact) < 1e-12)
    }
  }
}
