import Foundation
import TestSupport
import Testing

/// Values that a deck computes from the temperature.
@Suite struct TemperatureTests {
  @Test func valuesFollowASweep() throws {
    let deck = """
      temperature in values of models, instances and sources
      V1 1 0 1
      R1 1 0 film
      .model film r r={1000+temper}
      B2 2 0 V={temper/10}
      R2 2 0 1k tce=1
      .dc temp 10 30 10
      .print dc {-1/I(V1)} V(2) {V(2)/I(R2)}
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, analysis: "dc", in: folder)
      #expect(run.abscissa == [10, 20, 30])
      #expect(try #require(run.values("{-1/I(V1)}")) == [1010, 1020, 1030])
      #expect(try #require(run.values("V(2)")) == [1, 2, 3])
      let resistances = try #require(run.values("{V(2)/I(R2)}"))
      for (one, celsius) in zip(resistances, [10.0, 20, 30]) {
        #expect(abs(one / (1000 * pow(1.01, celsius - 27)) - 1) < 1e-9)
      }
    }
  }
}
