import Foundation
import TestSupport
import Testing

/// Waveforms known exactly: their error stays within what `reltol` asks for, and falls with it.
@Suite struct ClosedFormTests {
  static let tolerances = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6]

  @Test(arguments: ClosedForm.all) func errorsFallWithTheTolerance(_ form: ClosedForm) throws {
    let errors = try Self.tolerances.map { try form.error(reltol: $0) }
    for (tolerance, error) in zip(Self.tolerances, errors) {
      // SPICE's vntol of 1 uV is there beside reltol
      #expect(error <= tolerance + 1e-6, "reltol \(tolerance): \(error); all: \(errors)")
    }
    // not merely small: vntol is a floor
    #expect(errors[4] <= max(0.03 * errors[0], 1e-6), "\(errors)")
  }

  /// Twice the thresholds' distance in each period; both flanks are exponentials.
  @Test func relaxationOscillatorKeepsItsPeriod() throws {
    let (on, off, series, supply) = (2e3, 1e8, 1e4, 5.0)
    func time(_ resistance: Double, from start: Double, to end: Double) -> Double {
      let level = supply * resistance / (resistance + series)
      let tau = 1e-9 * resistance * series / (resistance + series)
      return tau * log((level - start) / (level - end))
    }
    let exact = time(off, from: 1.5, to: 3.5) + time(on, from: 3.5, to: 1.5)
    var errors: [Double] = []
    for tolerance in Self.tolerances {
      let deck = """
        relaxation
        Vdd vdd 0 5
        R1 vdd c 10k
        C1 c 0 1n
        S1 c 0 c 0 sw
        .model sw SW(vt=2.5 vh=1 ron=2k roff=100meg)
        .ic V(c)=0
        .options reltol=\(tolerance)
        .tran 0 400u uic
        .print tran V(c)
        .end
        """
      let crossings = try Scratch.with { folder in
        let run = try OwnRun(deck, in: folder)
        return Curve(x: run.abscissa, y: try #require(run.values("V(c)"))).peaks
      }
      try #require(crossings.count > 30)
      let cycles = Double(crossings.count - 2)
      let period = (crossings[crossings.count - 1] - crossings[1]) / cycles
      errors.append(abs(period / exact - 1))
      #expect(errors.last! <= tolerance, "reltol \(tolerance): \(errors)")
    }
    #expect(errors[4] <= max(0.03 * errors[0], 1e-6), "\(errors)")
  }

  /// Closes above vt + vh, opens below vt - vh, at the instants of the control's straight flanks.
  @Test func hysteresisActsAtItsThresholds() throws {
    let deck = """
      hysteresis
      Vc c 0 PWL(0 0 1m 1 2m 0)
      V1 in 0 1
      R1 in out 1k
      S1 out 0 c 0 sw
      .model sw SW(vt=0.5 vh=0.2 ron=1 roff=1g)
      .tran 0 2m
      .print tran V(out)
      .end
      """
    try Scratch.with { folder in
      let run = try OwnRun(deck, in: folder)
      let values = try #require(run.values("V(out)"))
      let edges = values.indices.dropFirst().filter { abs(values[$0] - values[$0 - 1]) > 0.5 }
        .map { run.abscissa[$0] }
      #expect(edges.count == 2)
      // the first point behind an edge is two vanishing steps late
      for (edge, exact) in zip(edges, [0.7e-3, 1.7e-3]) { #expect(abs(edge - exact) < 2e-9) }
    }
  }
}
