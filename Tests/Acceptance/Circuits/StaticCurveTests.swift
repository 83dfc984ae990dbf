import Foundation
import TestSupport
import Testing

/// Static curves of semiconductors against their textbook formulas.
@Suite struct StaticCurveTests {
  private let thermalVoltage = 1.380649e-23 / 1.602176634e-19 * 300.15
  private let gmin = 1e-12

  private func sweep(_ deck: String, _ quantity: String) throws -> (OwnRun, [Double]) {
    try Scratch.with { folder in
      let run = try OwnRun(deck, analysis: "dc", in: folder)
      return (run, try #require(run.values(quantity)))
    }
  }

  @Test(arguments: [1e-3, 1e-6]) func diodeIsExponential(_ tolerance: Double) throws {
    let deck = """
      diode
      V1 d 0 0
      D1 d 0 dx
      .model dx D(is=1e-14 n=1.2)
      .options reltol=\(tolerance)
      .dc V1 -0.05 0.75 0.01
      .print dc I(V1)
      .end
      """
    let (run, currents) = try sweep(deck, "I(V1)")
    #expect(run.abscissa.count == 81)
    for (voltage, current) in zip(run.abscissa, currents) {
      let exact = 1e-14 * (exp(voltage / (1.2 * thermalVoltage)) - 1) + gmin * voltage
      #expect(
        abs(-current - exact) <= tolerance * abs(exact) + 1e-18, "\(voltage): \(current) \(exact)")
    }
  }

  /// Shichman and Hodges: cut-off, triode and saturation, with body effect.
  @Test func transistorFollowsTheSquareLaw() throws {
    let deck = """
      transistor
      Vd d 0 0
      Vg g 0 0
      Vb b 0 -1
      M1 d g 0 b nx w=10u l=2u
      .model nx NMOS(level=1 vto=0.7 kp=110u gamma=0.4 phi=0.7 lambda=0.04 is=1e-30)
      .dc Vd 0 5 0.25 Vg 0 5 1
      .print dc V(g) V(d) I(Vd)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, analysis: "dc", in: folder)
      let gates = try #require(run.values("V(g)"))
      let drains = try #require(run.values("V(d)"))
      let currents = try #require(run.values("I(Vd)"))
      #expect(currents.count == 126)
      for index in gates.indices {
        let (gate, drain) = (gates[index], drains[index])
        let threshold = 0.7 + 0.4 * (1.7.squareRoot() - 0.7.squareRoot())
        let drive = max(0, gate - threshold)
        let beta = 110e-6 * 5 * (1 + 0.04 * drain)
        let exact =
          drain < drive ? beta * drain * (drive - drain / 2) : beta * drive * drive / 2
        // junctions and their gmin
        #expect(abs(-currents[index] - exact) <= 1e-9 * exact + 1e-11, "\(gate) \(drain)")
      }
    }
  }
}
